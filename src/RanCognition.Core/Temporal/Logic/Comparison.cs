namespace RanCognition.Temporal.Logic;

/// <summary>A metric, or a statistic of it, against a limit in its unit.</summary>
public sealed record Comparison : Formula
{
    /// <summary>Makes a comparison.</summary>
    /// <param name="operand">What is measured.</param>
    /// <param name="comparison">How it is compared.</param>
    /// <param name="limit">Finite limit, in the operand's unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite.</exception>
    public Comparison(Operand operand, ComparisonOperator comparison, double limit)
    {
        ArgumentNullException.ThrowIfNull(operand);
        if (!double.IsFinite(limit))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), "a limit must be finite");
        }
        Operand = operand;
        Operator = comparison;
        Limit = limit + 0.0;   // -0 becomes +0: the sign of a zero carries the verdict in Robustness
    }

    public Operand Operand { get; }

    public ComparisonOperator Operator { get; }

    public double Limit { get; }

    internal override IReadOnlyList<Formula> Children => [];
}
