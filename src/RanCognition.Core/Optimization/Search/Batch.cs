namespace RanCognition.Optimization.Search;

/// <summary>Points that a strategy wants to know, and then what they gave. Rows are independent of each other: they may be evaluated in any order and at the same time.</summary>
internal sealed class Batch(int dimension, int objectives, int constraints)
{
    /// <summary>What a point that failed counts as.</summary>
    public const double Failed = 1e300;

    private double[] _points = new double[dimension];
    private double[] _objectives = new double[objectives];
    private double[] _constraints = new double[constraints];
    private double[] _violations = new double[1];

    public int Count { get; private set; }

    /// <summary>Values of the points, row by row, where they are known better than their coordinates say; null = those of the coordinates.</summary>
    public double[]? GivenValues { get; set; }

    /// <summary>Sets the number of points. Their contents are what was there.</summary>
    public void Resize(int count)
    {
        if (count > _violations.Length)
        {
            int room = Math.Max(count, _violations.Length * 2);
            Array.Resize(ref _points, room * dimension);
            Array.Resize(ref _objectives, room * objectives);
            Array.Resize(ref _constraints, room * constraints);
            Array.Resize(ref _violations, room);
        }
        Count = count;
    }

    /// <summary>A point in the unit cube.</summary>
    public Span<double> Point(int row) => _points.AsSpan(row * dimension, dimension);

    /// <summary>Its first objective; smaller is better. Failed = 1e300.</summary>
    public double Value(int row) => _objectives[row * objectives];

    /// <summary>Its objectives; smaller is better.</summary>
    public Span<double> Objectives(int row) => _objectives.AsSpan(row * objectives, objectives);

    /// <summary>Its constraints; each holds when it is at most 0.</summary>
    public Span<double> Constraints(int row) => _constraints.AsSpan(row * constraints, constraints);

    /// <summary>Objectives of all points, row by row.</summary>
    public Span<double> AllObjectives => _objectives;

    /// <summary>Constraints of all points, row by row.</summary>
    public Span<double> AllConstraints => _constraints;

    /// <summary>Sum of the constraints that are above 0; infinite when it failed.</summary>
    public ref double Violation(int row) => ref _violations[row];
}
