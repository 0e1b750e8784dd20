using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>The doubles that satisfy a condition: an interval, empty when Low is above High, or an ascending set; or all others, with NaN, which stands for a missing field.</summary>
internal readonly record struct RealNumbers(double Low, double High, double[]? Set = null, bool IsInverted = false)
{
    public static RealNumbers None => new(1, 0);

    public static RealNumbers All => new(double.NegativeInfinity, double.PositiveInfinity);

    public bool Holds(double value) => (Set is null ? value >= Low && value <= High : Set.AsSpan().BinarySearch(value) >= 0) != IsInverted;

    public static RealNumbers Of(FilterTerm term)
    {
        switch (term.Operator)
        {
            case FilterOperator.Exists:
                return All with { IsInverted = !((MetadataValue.Truth)term.Values[0]).Value };
            case FilterOperator.Contains:
                return None;
            case FilterOperator.In or FilterOperator.NotIn:
                return new RealNumbers(1, 0, SetOf(term.Values), term.Operator == FilterOperator.NotIn);
            case FilterOperator.Equal or FilterOperator.NotEqual:
                bool isOne = TryPlace(term.Values[0], out double point, out int place) && place == 0;
                return (isOne ? new RealNumbers(point, point) : None) with { IsInverted = term.Operator == FilterOperator.NotEqual };
        }
        if (!TryPlace(term.Values[0], out double bound, out int side))
        {
            return None;
        }
        bool isIncluded = term.Operator switch
        {
            FilterOperator.Greater => side > 0,
            FilterOperator.GreaterOrEqual => side >= 0,
            FilterOperator.Less => side < 0,
            _ => side <= 0,
        };
        if (term.Operator is FilterOperator.Greater or FilterOperator.GreaterOrEqual)
        {
            return isIncluded ? All with { Low = bound } : double.IsPositiveInfinity(bound) ? None : All with { Low = Math.BitIncrement(bound) };
        }
        return isIncluded ? All with { High = bound } : double.IsNegativeInfinity(bound) ? None : All with { High = Math.BitDecrement(bound) };
    }

    /// <summary>The double next to the operand, and on which side of it the double lies.</summary>
    private static bool TryPlace(MetadataValue operand, out double value, out int side)
    {
        value = (operand as MetadataValue.Number)?.Value ?? double.NaN;
        side = 0;
        return operand is MetadataValue.Number number && NumberOrder.TryCompare(new MetadataValue.Number(value), number, out side);
    }

    private static double[] SetOf(IReadOnlyList<MetadataValue> values)
    {
        var set = new List<double>(values.Count);
        foreach (MetadataValue operand in values)
        {
            if (TryPlace(operand, out double value, out int side) && side == 0)
            {
                set.Add(value);
            }
        }
        double[] ascending = [.. set];
        Array.Sort(ascending);
        return ascending;
    }
}
