namespace RanCognition.Cognition.Learning;

/// <summary>The share of events that happened, as a piecewise linear function of the probability that was claimed for them: what no logistic function can follow.</summary>
/// <remarks>Knots are about equally far apart on the arcsine scale, on which a share has the same variance everywhere (Anscombe 1948): closer near 0 and 1.</remarks>
internal sealed class OutcomeKnots(double memory)
{
    private const double PriorCount = 4;   // outcomes that the prior is worth at a knot

    private readonly double _kept = 1 - 1 / memory;
    private readonly double[] _count = new double[Knots.Length];
    private readonly double[] _held = new double[Knots.Length];

    private static ReadOnlySpan<double> Knots => [0, 0.01, 0.04, 0.085, 0.15, 0.22, 0.31, 0.4, 0.5, 0.6, 0.69, 0.78, 0.85, 0.915, 0.96, 0.99, 1];

    /// <param name="claimed">Within 0..1.</param>
    /// <param name="prior">Probability where little was seen.</param>
    public double Predict(double claimed, double prior)
    {
        int knot = KnotBelow(claimed, out double upper);
        return (1 - upper) * Share(knot, prior) + upper * Share(knot + 1, prior);
    }

    public void Learn(double claimed, bool held)
    {
        int knot = KnotBelow(claimed, out double upper);
        for (int i = 0; i < _count.Length; i++)
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

    /// <param name="claimed">Within 0..1.</param>
    /// <param name="upper">Weight of the knot above.</param>
    private static int KnotBelow(double claimed, out double upper)
    {
        int knot = 0;
        while (knot < Knots.Length - 2 && claimed >= Knots[knot + 1])
        {
            knot++;
        }
        upper = (claimed - Knots[knot]) / (Knots[knot + 1] - Knots[knot]);
        return knot;
    }
}
