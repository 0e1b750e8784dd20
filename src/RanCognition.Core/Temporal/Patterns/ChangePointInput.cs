using System.Diagnostics.CodeAnalysis;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>A series made ready for the search: filled, scaled, as logarithms where that helps, without its season.</summary>
/// <param name="Level">The values; numbers of magnitude around 1.</param>
/// <param name="Period">Length of the season that was taken out, in points; 0 = none.</param>
internal sealed record ChangePointInput(double[] Level, int Period)
{
    // Beyond it differences of values overflow.
    private const double MagnitudeMax = 1e300;
    private const double LogOffset = .1;      // of the median
    private const double WideRange = 3;
    private const int PeriodsForWeek = 28;

    /// <summary>Null when there are fewer than 8 known values or all are equal.</summary>
    public static ChangePointInput? Prepare(SimdOps simd, ReadOnlySpan<double> values)
    {
        if (!TryNormalise(simd, values, out var x, out _, out _))
        {
            return null;
        }
        var period = ChangePointSeason.Period(simd, x);
        if (period > 0)
        {
            ChangePointSeason.Remove(simd, x, period);
            if (x.Length >= PeriodsForWeek * period)
            {
                ChangePointSeason.Remove(simd, x, 7 * period);
            }
        }
        return new ChangePointInput(x, period);
    }

    /// <summary>Filled, scaled to magnitude around 1, as logarithms where the range is wide; false when there are fewer than 8 known values or all are equal.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="values">NaN and infinities are missing.</param>
    /// <param name="normalised">As many numbers.</param>
    /// <param name="unitsPerOne">What a small change of 1 in them is in the unit of the values; of logarithms at their median.</param>
    /// <param name="isLogarithm">Whether they are logarithms.</param>
    public static bool TryNormalise(
        SimdOps simd, ReadOnlySpan<double> values, [NotNullWhen(true)] out double[]? normalised, out double unitsPerOne, out bool isLogarithm)
    {
        normalised = null;
        unitsPerOne = 1;
        isLogarithm = false;
        var known = 0;
        foreach (var value in values)
        {
            known += double.IsFinite(value) ? 1 : 0;
        }
        if (known < ChangePoints.ValuesMin || !TryFill(values, out var x))
        {
            return false;
        }
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var value in x)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        if (least == most)
        {
            return false;
        }
        var top = Math.Max(most, -least);
        foreach (ref var value in x.AsSpan())
        {
            value /= top;
        }
        unitsPerOne = top;
        if (least >= 0 && LogOffsetOf(simd, x, least / top, most / top) is { } offset)
        {
            isLogarithm = true;
            unitsPerOne = top * offset * (1 + 1 / LogOffset);   // the median, and the offset, which is a share of it
            foreach (ref var value in x.AsSpan())
            {
                value = Math.Log(value + offset);
            }
        }
        normalised = x;
        return true;
    }

    /// <summary>Replaces missing values by straight lines, at the ends by the nearest known value; false when none is known.</summary>
    public static bool TryFill(ReadOnlySpan<double> values, [NotNullWhen(true)] out double[]? filled)
    {
        filled = null;
        var x = new double[values.Length];
        var last = -1;
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                continue;
            }
            x[i] = Math.Clamp(values[i], -MagnitudeMax, MagnitudeMax);
            if (last < 0)
            {
                x.AsSpan(0, i).Fill(x[i]);
            }
            else
            {
                var slope = (x[i] - x[last]) / (i - last);
                for (var j = last + 1; j < i; j++)
                {
                    x[j] = slope * (j - last) + x[last];
                }
            }
            last = i;
        }
        if (last < 0)
        {
            return false;
        }
        x.AsSpan(last).Fill(x[last]);
        filled = x;
        return true;
    }

    // What is added before the logarithm is taken; null when the range is too narrow for one.
    private static double? LogOffsetOf(SimdOps simd, double[] x, double least, double most)
    {
        var offset = LogOffset * ChangePointMedian.Of(simd, (double[])x.Clone());
        return offset > 0 && most > WideRange * Math.Max(least, offset) ? offset : null;
    }
}
