namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Violation and value of the best of some points.</summary>
internal sealed class BestSeen
{
    public double Violation { get; private set; } = double.PositiveInfinity;

    public double Value { get; private set; } = Batch.Failed;

    public void Offer(double violation, double value)
    {
        if (violation < Violation || (violation == Violation && value < Value))
        {
            Violation = violation;
            Value = value;
        }
    }

    public bool IsBetterThan(BestSeen other) => Violation < other.Violation || (Violation == other.Violation && Value < other.Value);
}
