using System.Diagnostics.CodeAnalysis;

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
    public static ChangePointInput? Prepare(ReadOnlySpan<double> values)
    {
        var known = 0;
        foreach (var value in values)
        {
            known += double.IsFinite(value) ? 1 : 0;
        }
        if (known < ChangePoints.ValuesMin || !TryFill(values, out var x))
        {
            return null;
        }
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var value in x)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        if (least == most)
        {
            return null;
        }
        var top = Math.Max(most, -least);
        foreach (ref var value in x.AsSpan())
        {
            value /= top;
        }
        if (least >= 0)
        {
            TakeLogs(x, least / top, most / top);
        }
        var period = ChangePointSeason.Period(x);
        if (period > 0)
        {
            ChangePointSeason.Remove(x, period);
            if (x.Length >= PeriodsForWeek * period)
            {
                ChangePointSeason.Remove(x, 7 * period);
            }
        }
        return new ChangePointInput(x, period);
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

    private static void TakeLogs(double[] x, double least, double most)
    {
        var offset = LogOffset * ChangePointMedian.Of((double[])x.Clone());
        if (offset > 0 && most > WideRange * Math.Max(least, offset))
        {
            foreach (ref var value in x.AsSpan())
            {
                value = Math.Log(value + offset);
            }
        }
    }
}
