using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>The integers 0..2^63-1 that satisfy a condition: an interval, empty when Low is above High, or an ascending set; or all others.</summary>
internal readonly record struct WholeNumbers(ulong Low, ulong High, ulong[]? Set = null, bool IsInverted = false)
{
    private const ulong Largest = long.MaxValue;

    public static WholeNumbers None => new(1, 0);

    public static WholeNumbers All => new(0, Largest);

    public bool IsEmpty => Set is null && Low > High && !IsInverted;

    public static WholeNumbers Of(FilterTerm term)
    {
        switch (term.Operator)
        {
            case FilterOperator.Exists:
                return ((MetadataValue.Truth)term.Values[0]).Value ? All : None;
            case FilterOperator.Contains:
                return None;
            case FilterOperator.In or FilterOperator.NotIn:
                return new WholeNumbers(1, 0, SetOf(term.Values), term.Operator == FilterOperator.NotIn);
        }
        bool isNumber = term.Values[0] is MetadataValue.Number { Value: not double.NaN };
        ulong floor = 0;
        bool isWhole = false;
        int side = isNumber ? NumberOrder.Floor((MetadataValue.Number)term.Values[0], out floor, out isWhole) : 0;
        if (side == 0 && floor > Largest)
        {
            side = 1;
        }
        switch (term.Operator)
        {
            case FilterOperator.Equal or FilterOperator.NotEqual:
                bool isOne = isNumber && side == 0 && isWhole;
                return (isOne ? new WholeNumbers(floor, floor) : None) with { IsInverted = term.Operator == FilterOperator.NotEqual };
            case FilterOperator.Greater or FilterOperator.GreaterOrEqual when isNumber:
                return side > 0 ? None : side < 0 ? All : new WholeNumbers(term.Operator == FilterOperator.GreaterOrEqual && isWhole ? floor : floor + 1, Largest);
            case FilterOperator.Less or FilterOperator.LessOrEqual when isNumber:
                bool isBelow = term.Operator == FilterOperator.Less && isWhole;
                return side > 0 ? All : side < 0 || (isBelow && floor == 0) ? None : new WholeNumbers(0, isBelow ? floor - 1 : floor);
            default:
                return None;
        }
    }

    private static ulong[] SetOf(IReadOnlyList<MetadataValue> values)
    {
        var set = new List<ulong>(values.Count);
        foreach (MetadataValue value in values)
        {
            if (value is MetadataValue.Number { Value: not double.NaN } number && NumberOrder.Floor(number, out ulong floor, out bool isWhole) == 0 && isWhole && floor <= Largest)
            {
                set.Add(floor);
            }
        }
        ulong[] ascending = [.. set.Distinct()];
        Array.Sort(ascending);
        return ascending;
    }
}
