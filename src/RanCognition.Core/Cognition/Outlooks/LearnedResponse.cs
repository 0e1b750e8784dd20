namespace RanCognition.Cognition.Outlooks;

/// <summary>What outcomes have said of one effect: a mean, and squares of how far each was from what was known before it.</summary>
/// <remarks>
/// The conjugate update in its sequential form: an outcome of weight w that is r off adds w r^2 k / (k + w) to twice the scale, k being the weight before it. Of r^2
/// only the part w is the effect's own, the rest being noise of the measurement.
/// </remarks>
internal sealed class LearnedResponse
{
    /// <summary>Outcomes, each by how much it can be believed.</summary>
    public double Weight { get; private set; }

    public double Sum { get; private set; }

    public double Squares { get; private set; }

    /// <summary>Number of the last outcome that it learned from.</summary>
    public long LastOutcome { get; private set; }

    /// <param name="value">Logarithm of the factor for each step.</param>
    /// <param name="weight">Part of its variance that is not noise, 0..1.</param>
    /// <param name="priorMean">Of the effect, before any outcome.</param>
    /// <param name="priorWeight">Outcomes that the prior counts as.</param>
    /// <param name="outcome">Number of the outcome.</param>
    public void Add(double value, double weight, double priorMean, double priorWeight, long outcome)
    {
        double before = priorWeight + Weight, off = before > 0 ? value - (priorWeight * priorMean + Sum) / before : 0;
        Squares += weight * (weight * off * off) * before / (before + weight);
        Weight += weight;
        Sum += weight * value;
        LastOutcome = outcome;
    }
}
