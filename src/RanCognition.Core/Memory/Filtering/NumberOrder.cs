using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>Order of numbers as they were written: 9007199254740993 is not 9007199254740992, though both are the same double.</summary>
internal static class NumberOrder
{
    private const ulong WholeMax = 1UL << 53;   // up to it a whole double is the number that was written

    /// <summary>False when one of the two is not a number (NaN): then they are neither equal nor ordered.</summary>
    public static bool TryCompare(MetadataValue.Number left, MetadataValue.Number right, out int order)
    {
        order = left.Value.CompareTo(right.Value);
        if (double.IsNaN(left.Value) || double.IsNaN(right.Value))
        {
            return false;
        }
        if (left.Value == right.Value)
        {
            order = left.Exact is null && right.Exact is null ? 0 : DecimalNumber.Of(left).CompareTo(DecimalNumber.Of(right));
        }
        return true;   // rounding to a double keeps the order, so the doubles decide where they differ
    }

    public static bool AreEqual(MetadataValue.Number left, MetadataValue.Number right) => TryCompare(left, right, out int order) && order == 0;

    /// <summary>A number that holds all digits of the integer.</summary>
    public static MetadataValue.Number Of(ulong value) =>
        new(value, value > WholeMax ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);

    /// <summary>The largest integer that is not above the number, and whether it is the number; -1 below all of them, 1 above all of them, 0 otherwise.</summary>
    public static int Floor(MetadataValue.Number number, out ulong floor, out bool isWhole)
    {
        double value = number.Value;
        if (number.Exact is null && Math.Abs(value) <= WholeMax)
        {
            floor = value < 0 ? 0 : (ulong)value;
            isWhole = floor == value;
            return value < 0 ? -1 : 0;
        }
        return DecimalNumber.Of(number).Floor(out floor, out isWhole);
    }
}
