namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Which of two points is better: constraints are weighed by what they are worth over the space, so that none drowns the others.</summary>
internal sealed class ConstraintOrder(int constraints)
{
    private readonly double[] _scales = new double[constraints];

    /// <summary>The constraints that count; null = all.</summary>
    public bool[]? Chosen { get; init; }

    /// <summary>Violation that still counts as none.</summary>
    public double Allowance { get; set; }

    /// <summary>Takes as the scale of each constraint the median of its positive values, of all absolute values when it has none.</summary>
    public void Learn(Batch batch)
    {
        List<double> values = [];
        for (int j = 0; j < constraints; j++)
        {
            values.Clear();
            for (int pass = 0; pass < 2 && values.Count == 0; pass++)
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    double value = pass == 0 ? batch.Constraints(row)[j] : Math.Abs(batch.Constraints(row)[j]);
                    if (value > 0 && value < Batch.Failed)
                    {
                        values.Add(value);
                    }
                }
            }
            values.Sort();
            _scales[j] = values.Count == 0 ? 1 : values[values.Count / 2];
        }
    }

    /// <summary>Sum of the violations, each in its scale; infinite when the point failed.</summary>
    public double Violation(Batch batch, int row) => double.IsInfinity(batch.Violation(row)) ? double.PositiveInfinity : Violation(batch.Constraints(row));

    /// <summary>Sum of the violations, each in its scale.</summary>
    public double Violation(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int j = 0; j < constraints; j++)
        {
            sum += Chosen is null || Chosen[j] ? Math.Max(0, values[j]) / _scales[j] : 0;
        }
        return sum;
    }

    /// <summary>Whether the first point is better than the second, or as good.</summary>
    public bool IsNotWorse(double violation, double value, double otherViolation, double otherValue)
    {
        bool isAllowed = violation <= Allowance && otherViolation <= Allowance;
        return isAllowed || violation == otherViolation ? value <= otherValue : violation < otherViolation;
    }
}
