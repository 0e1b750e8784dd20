namespace RanCognition.Cognition.Outlooks;

/// <summary>What outcomes have said of one effect: sums over them of the logarithm of the factor for each step.</summary>
internal sealed class LearnedResponse
{
    /// <summary>Outcomes, each by how much it can be believed.</summary>
    public double Weight { get; private set; }

    public double Sum { get; private set; }

    public double Squares { get; private set; }

    /// <summary>Number of the last outcome that it learned from.</summary>
    public long LastOutcome { get; private set; }

    public void Add(double value, double weight, long outcome)
    {
        Weight += weight;
        Sum += weight * value;
        Squares += weight * value * value;
        LastOutcome = outcome;
    }
}
