namespace RanCognition.Cognition.Learning;

/// <summary>The share of events that happened, as a piecewise linear function of the probability that was claimed for them: what no logistic function can follow.</summary>
/// <remarks>Knots are equally far apart on the arcsine scale, on which a share has the same variance everywhere (Anscombe 1948): closer near 0 and 1.</remarks>
internal sealed class OutcomeKnots(double memory)
{
    private const int Steps = 16;
    private const double PriorCount = 4;   // outcomes that the prior is worth at a knot

    private readonly double _kept = 1 - 1 / memory;
    private readonly double[] _count = new double[Steps + 1];
    private readonly double[] _held = new double[Steps + 1];

    /// <param name="claimed">Within 0..1.</param>
    /// <param name="prior">Probability where little was seen.</param>
    public double Predict(double claimed, double prior)
    {
        (int knot, double upper) = Place(claimed);
        return (1 - upper) * Share(knot, prior) + upper * Share(knot + 1, prior);
    }

    public void Learn(double claimed, bool held)
    {
        (int knot, double upper) = Place(claimed);
        for (int i = 0; i <= Steps; i++)
        {
            _count[i] *= _kept;
            _held[i] *= _kept;
        }
        _count[knot] += 1 - upper;
        _count[knot + 1] += upper;
        if (held)
        {
            _held[knot] += 1 - upper;
            _held[knot + 1] += upper;
        }
    }

    private double Share(int knot, double prior) => (_held[knot] + PriorCount * prior) / (_count[knot] + PriorCount);

    private static (int Knot, double Upper) Place(double claimed)
    {
        double place = Math.Asin(Math.Sqrt(claimed)) * (2 / Math.PI) * Steps;
        int knot = Math.Clamp((int)place, 0, Steps - 1);
        return (knot, Math.Clamp(place - knot, 0, 1));
    }
}
