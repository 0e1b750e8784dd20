namespace RanCognition.Optimization.Search.Mixed;

/// <summary>A point and how good it is: less violation first, then the smaller value.</summary>
internal sealed class Standing(int dimension)
{
    public double[] Point { get; } = new double[dimension];

    public double Violation { get; private set; } = double.PositiveInfinity;

    public double Value { get; private set; } = Batch.Failed;

    public void Set(ReadOnlySpan<double> point, double violation, double value)
    {
        point.CopyTo(Point);
        Violation = violation;
        Value = value;
    }

    public void Set(Standing other) => Set(other.Point, other.Violation, other.Value);

    public void Set(Batch batch, int row) => Set(batch.Point(row), batch.Violation(row), batch.Value(row));

    /// <summary>Places it nowhere: every point is better.</summary>
    public void Clear()
    {
        Violation = double.PositiveInfinity;
        Value = Batch.Failed;
    }

    public bool IsBetterThan(Standing other) => IsBetter(Violation, Value, other.Violation, other.Value);

    public bool IsBeatenBy(Batch batch, int row) => IsBetter(batch.Violation(row), batch.Value(row), Violation, Value);

    public static bool IsBetter(double violation, double value, double otherViolation, double otherValue) =>
        violation < otherViolation || (violation == otherViolation && value < otherValue);
}
