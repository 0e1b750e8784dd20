using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>Statistics of one path; samples that are not finite are skipped.</summary>
public static class PathStatistics
{
    /// <summary>The statistic of the finite samples, finite or NaN when there is none.</summary>
    /// <param name="simd">Kernels to use; they differ in speed alone.</param>
    /// <param name="samples">Values in order of time.</param>
    /// <param name="kind">A statistic; <see cref="OperandKind.Value"/> stands for the mean.</param>
    /// <param name="percent">1..99 for <see cref="OperandKind.Percentile"/>.</param>
    /// <param name="scratch">Room for as many values as there are samples; overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is no statistic, or the room is too small.</exception>
    public static double Of(SimdOps simd, ReadOnlySpan<double> samples, OperandKind kind, int percent, Span<double> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, samples.Length, nameof(scratch));
        var count = 0;
        foreach (var sample in samples)
        {
            if (double.IsFinite(sample))
            {
                scratch[count++] = sample;
            }
        }
        var values = scratch[..count];
        if (count == 0)
        {
            return double.NaN;
        }
        var statistic = kind switch
        {
            OperandKind.Value or OperandKind.Mean => Mean(simd, values),
            OperandKind.Median => Sorted(values, 0.5),
            OperandKind.Percentile => Sorted(values, percent / 100.0),
            OperandKind.Minimum => Robustness.Extremum(simd, values, smallest: true),
            OperandKind.Maximum => Robustness.Extremum(simd, values, smallest: false),
            OperandKind.Sum => Sum(simd, values),
            OperandKind.Last => values[^1],
            OperandKind.StandardDeviation => StandardDeviation(simd, values),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return Math.Clamp(statistic, -double.MaxValue, double.MaxValue);
    }

    /// <summary>Quantile of ascending finite values, linear between them (Hyndman and Fan 1996, type 7).</summary>
    internal static double Quantile(ReadOnlySpan<double> ascending, double share)
    {
        var position = Math.Clamp(share, 0, 1) * (ascending.Length - 1);
        var index = (int)position;
        var fraction = position - index;
        if (fraction == 0)
        {
            return ascending[index];
        }
        var (low, high) = (ascending[index], ascending[index + 1]);
        var gap = high - low;
        // Between equal neighbours this is exact, so that a limit equal to both is met; halves keep the gap of large values finite.
        return Math.Min(high, double.IsFinite(gap) ? low + gap * fraction : low + (high / 2 - low / 2) * fraction * 2);
    }

    private static double Sorted(Span<double> values, double share)
    {
        values.Sort();
        return Quantile(values, share);
    }

    private static double Sum(SimdOps simd, ReadOnlySpan<double> values)
    {
        var sum = simd.Sum(values);
        // Terms that overflow on the way may still cancel; the scaled mean tells.
        return double.IsFinite(sum) ? sum : ScaledMean(values) * values.Length;
    }

    private static double Mean(SimdOps simd, ReadOnlySpan<double> values)
    {
        var sum = simd.Sum(values);
        return double.IsFinite(sum) ? sum / values.Length : ScaledMean(values);
    }

    private static double ScaledMean(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }
        return mean;
    }

    private static double StandardDeviation(SimdOps simd, ReadOnlySpan<double> values)
    {
        var mean = Mean(simd, values);
        var scale = 0.0;
        foreach (var value in values)
        {
            scale = Math.Max(scale, Math.Abs(value / 2 - mean / 2));
        }
        if (scale == 0)
        {
            return 0;
        }
        // Halved and scaled to 1, so that neither a difference nor a square overflows.
        var sum = 0.0;
        foreach (var value in values)
        {
            var deviation = (value / 2 - mean / 2) / scale;
            sum += deviation * deviation;
        }
        return 2 * scale * Math.Sqrt(sum / values.Length);
    }
}
