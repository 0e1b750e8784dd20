using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>A shape that a series shows more than once, apart from its seasons.</summary>
/// <param name="First">First sample of the earlier of the two most similar windows.</param>
/// <param name="Second">First sample of the later one.</param>
/// <param name="Length">Samples of a window.</param>
/// <param name="Occurrences">Windows, not overlapping, that are significantly similar to the first; itself included.</param>
/// <param name="Correlation">Of the two windows.</param>
/// <param name="PValue">Probability that white noise holds two windows as similar, corrected for all pairs.</param>
internal readonly record struct Motif(int First, int Second, int Length, int Occurrences, double Correlation, double PValue);

/// <summary>Finds the best-matching pair of windows: the minimum of the matrix profile (Yeh et al. 2016), on at most <see cref="PointsMax"/> block means.</summary>
/// <remarks>The block means are made white first, so that windows of one slow movement do not count as alike; then a t test gives the p-value.</remarks>
internal static class MotifSearch
{
    public const int PointsMax = 256;

    private const int PointsMin = 96;
    private const int WindowsInSeries = 12;
    private const int OrderMax = 4;
    private const double ClipDeviations = 4;

    /// <summary>Null when there is too little.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="rest">A series without seasons and lasting changes.</param>
    public static Motif? Find(SimdOps simd, ReadOnlySpan<double> rest)
    {
        int block = (rest.Length + PointsMax - 1) / PointsMax;
        if (rest.Length / Math.Max(1, block) < PointsMin)
        {
            return null;
        }
        double[] x = White(simd, rest, block, out int offset);
        int window = x.Length / WindowsInSeries, windows = x.Length - window + 1;
        (double[] means, double[] deviations) = Moments(simd, x, window);
        (int First, int Second, double Correlation) best = (0, 0, 0);
        for (int lag = window; lag < windows; lag++)
        {
            double product = simd.Dot(x.AsSpan(0, window), x.AsSpan(lag, window));
            for (int i = 0; i + lag < windows; i++)
            {
                if (i > 0)
                {
                    product += x[i + window - 1] * x[i + lag + window - 1] - x[i - 1] * x[i + lag - 1];
                }
                double correlation = (product / window - means[i] * means[i + lag]) * deviations[i] * deviations[i + lag];
                if (correlation > best.Correlation)
                {
                    best = (i, i + lag, correlation);
                }
            }
        }
        double pairs = (double)(windows - window) * (windows - window + 1) / 2;
        double pValue = Math.Min(1, pairs * Tail(best.Correlation, window));
        int occurrences = 1;
        for (int i = 0; i < windows; i++)
        {
            if (Math.Abs(i - best.First) < window)
            {
                continue;
            }
            double product = simd.Dot(x.AsSpan(best.First, window), x.AsSpan(i, window));
            double correlation = (product / window - means[best.First] * means[i]) * deviations[best.First] * deviations[i];
            if (windows * Tail(correlation, window) < .01)
            {
                occurrences++;
                i += window - 1;
            }
        }
        return new Motif((best.First + offset) * block, (best.Second + offset) * block, window * block, Math.Max(2, occurrences), best.Correlation, pValue);
    }

    // One-sided t test of a correlation of independent points.
    private static double Tail(double correlation, int window) =>
        correlation <= 0 ? 1
        : TailProbability.StudentTwoSided(correlation * Math.Sqrt((window - 2) / Math.Max(1e-15, 1 - correlation * correlation)), window - 2) / 2;

    /// <summary>Block means, clipped and made white; offset is how many of the first blocks are lost.</summary>
    private static double[] White(SimdOps simd, ReadOnlySpan<double> rest, int block, out int offset)
    {
        double[] means = new double[rest.Length / block];
        for (int i = 0; i < means.Length; i++)
        {
            foreach (double value in rest.Slice(i * block, block))
            {
                means[i] += value / block;
            }
        }
        double clip = ClipDeviations * ChangePointMedian.Deviation(simd, (double[])means.Clone());
        if (clip > 0)
        {
            foreach (ref double value in means.AsSpan())
            {
                value = Math.Clamp(value, -clip, clip);
            }
        }
        AutoregressiveNoise noise = AutoregressiveNoise.Fit(means, OrderMax);
        offset = noise.Order;
        return noise.Innovations(means);
    }

    /// <summary>Mean and 1 / standard deviation of every window; 0 for one that hardly moves.</summary>
    private static (double[] Means, double[] Inverse) Moments(SimdOps simd, double[] x, int window)
    {
        double[] means = new double[x.Length - window + 1], inverse = new double[means.Length];
        SlidingWindow.Deviations(x, window, new SlidingWindow.Moments[window], means, inverse);
        double variance = simd.Dot(x, x) / x.Length;
        foreach (ref double deviation in inverse.AsSpan())
        {
            deviation = deviation * deviation > .05 * variance ? 1 / deviation : 0;
        }
        return (means, inverse);
    }
}
