using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>A series folded at one period: the mean profile of its deviations from a running mean, and how well it predicts cycles it was not made from.</summary>
internal sealed class SeasonFold
{
    /// <summary>Longer periods are folded on means of several samples.</summary>
    public const int BinsMax = 2048;

    // A period that is not whole sees its shape at more places than one a sample; as many bins as leave this many samples in each, at most four a sample.
    private const double SamplesPerBin = 20;
    private const int BinsPerSample = 4;

    private readonly SimdOps _simd;
    private readonly double[] _blocks;
    private readonly double _period;   // in blocks
    private SeasonTest? _test;

    /// <param name="simd">Kernels to use.</param>
    /// <param name="x">The series; no NaN; not changed while the fold is in use.</param>
    /// <param name="period">Samples, 2..x.Length / 2.</param>
    public SeasonFold(SimdOps simd, double[] x, double period)
    {
        _simd = simd;
        Period = period;
        int block = (int)Math.Ceiling(period / BinsMax);
        _blocks = Blocks(simd, x, block);
        _period = period / block;
        int n = _blocks.Length, whole = Math.Max(2, (int)Math.Round(_period));
        Profile = new double[_period == whole ? whole : whole * Math.Clamp((int)(n / _period / SamplesPerBin), 1, BinsPerSample)];
        double[] deviations = DeviationsFromMean(_blocks, (int)Math.Round(_period));
        int[] bins = Season.Bins(n, _period, Profile.Length), counts = new int[Profile.Length];
        Explained = block * Fold(deviations, Profile, bins, counts);
        double within = block == 1 ? 0 : simd.Dot(x, x) - block * simd.Dot(_blocks, _blocks);
        PredictionError = block * LeaveOneOutError(_blocks, deviations, bins, counts) + within;
    }

    public double Period { get; }

    public double[] Profile { get; }

    /// <summary>Sum of squares of the profile over the series.</summary>
    public double Explained { get; }

    /// <summary>Sum of squared errors when every sample is predicted by the profile of the other cycles.</summary>
    public double PredictionError { get; }

    /// <summary>The test of this fold; made at the first call.</summary>
    public SeasonTest Test => _test ??= new SeasonTest(_simd, _blocks, Profile, _period);

    private static double[] Blocks(SimdOps simd, double[] x, int block)
    {
        if (block == 1)
        {
            return x;
        }
        double[] means = new double[x.Length / block];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = simd.Sum(x.AsSpan(i * block, block)) / block;
        }
        return means;
    }

    // Centred means over one period, half weights at the ends of an even one; near the ends of the series the nearest whole window.
    private static double[] DeviationsFromMean(double[] x, int period)
    {
        int n = x.Length, half = period / 2, first = Math.Min(half, n - 1), last = Math.Max(first, n - 1 - half);
        double[] deviations = new double[n];
        bool even = period % 2 == 0 && period < n;
        double sum = 0;
        for (int t = 0; t <= Math.Min(2 * half, n - 1); t++)
        {
            sum += x[t];
        }
        double mean = Mean(first);
        for (int t = 0; t < first; t++)
        {
            deviations[t] = x[t] - mean;
        }
        for (int t = first; t <= last; t++)
        {
            if (t > first)
            {
                sum += x[t + half] - x[t - half - 1];
            }
            deviations[t] = x[t] - (mean = Mean(t));
        }
        for (int t = last + 1; t < n; t++)
        {
            deviations[t] = x[t] - mean;
        }
        return deviations;

        double Mean(int centre)
        {
            int from = centre - half, to = Math.Min(centre + half, n - 1);
            return even ? (sum - (x[from] + x[to]) / 2) / period : sum / (to - from + 1);
        }
    }

    /// <summary>Fills the profile (mean 0) and the number of samples of each bin; returns the sum of squares explained.</summary>
    private static double Fold(double[] deviations, double[] profile, int[] bins, int[] counts)
    {
        for (int t = 0; t < deviations.Length; t++)
        {
            int bin = bins[t];
            profile[bin] += deviations[t];
            counts[bin]++;
        }
        double mean = 0, explained = 0;
        for (int bin = 0; bin < profile.Length; bin++)
        {
            profile[bin] /= Math.Max(1, counts[bin]);
            mean += profile[bin] * counts[bin] / deviations.Length;
        }
        for (int bin = 0; bin < profile.Length; bin++)
        {
            profile[bin] -= mean;
            explained += counts[bin] * profile[bin] * profile[bin];
        }
        return explained;
    }

    private double LeaveOneOutError(double[] blocks, double[] deviations, int[] bins, int[] counts)
    {
        // (count profile - deviation) / (count - 1), as two factors a bin.
        double[] sums = new double[counts.Length], shares = new double[counts.Length];
        for (int bin = 0; bin < counts.Length; bin++)
        {
            shares[bin] = counts[bin] > 1 ? 1.0 / (counts[bin] - 1) : 0;
            sums[bin] = counts[bin] * Profile[bin] * shares[bin];
        }
        double error = 0;
        for (int t = 0; t < blocks.Length; t++)
        {
            int bin = bins[t];
            double rest = blocks[t] - sums[bin] + deviations[t] * shares[bin];
            error += rest * rest;
        }
        return error;
    }
}
