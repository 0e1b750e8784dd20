using System.Numerics;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Medians by selection.</summary>
internal static class ChangePointMedian
{
    private const int Few = 24;
    private const int Many = 192;   // from here on buckets beat the unpredictable branches of a quickselect

    /// <summary>Median (mean of the middle two for an even count); reorders <paramref name="values"/>, which may not be empty.</summary>
    public static unsafe double Of(SimdOps simd, Span<double> values)
    {
        if (values.Length > Many)
        {
            fixed (double* first = values)
            {
                return new RankSelector(simd).Median(first, values.Length);
            }
        }
        var middle = values.Length / 2;
        Select(values, middle);
        return values.Length % 2 == 1 ? values[middle] : .5 * (Largest(values[..middle]) + values[middle]);
    }

    /// <summary>Median distance from the median, scaled to the standard deviation of a normal; reorders and changes the values.</summary>
    public static double Deviation(SimdOps simd, Span<double> values)
    {
        var middle = Of(simd, values);
        foreach (ref var value in values)
        {
            value = Math.Abs(value - middle);
        }
        return 1.4826 * Of(simd, values);
    }

    // Puts the value of that rank in its place, smaller ones before it. Quickselect; sorts when the pivots turn out badly, so never quadratic.
    private static void Select(Span<double> values, int rank)
    {
        var rounds = 3 * BitOperations.Log2((uint)values.Length + 1);
        while (values.Length > Few && rounds-- > 0)
        {
            var pivot = Middle(values[0], values[values.Length / 2], values[^1]);
            int low = 0, high = values.Length - 1;
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }
                while (values[high] > pivot)
                {
                    high--;
                }
                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }
            if (rank <= high)
            {
                values = values[..(high + 1)];
            }
            else if (rank >= low)
            {
                values = values[low..];
                rank -= low;
            }
            else
            {
                return;   // between the two parts: equal to the pivot
            }
        }
        NumberSort.Ascending(values);
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = value > largest ? value : largest;
        }
        return largest;
    }

    private static double Middle(double a, double b, double c)
        => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
