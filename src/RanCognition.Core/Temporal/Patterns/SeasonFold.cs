namespace RanCognition.Temporal.Patterns;

/// <summary>A series folded at one period: the mean profile of its deviations from a running mean, and how well it predicts cycles it was not made from.</summary>
internal sealed class SeasonFold
{
    /// <summary>Longer periods are folded on means of several samples.</summary>
    public const int BinsMax = 2048;

    // A period that is not whole sees its shape at more places than one a sample; as many bins as leave this many samples in each, at most four a sample.
    private const double SamplesPerBin = 20;
    private const int BinsPerSample = 4;

    private readonly double[] _deviations;   // from the centred mean of one period, one a block
    private readonly int _block;             // samples
    private readonly double _period;         // in blocks

    /// <param name="x">The series; no NaN.</param>
    /// <param name="period">Samples, 2..x.Length / 2.</param>
    public SeasonFold(ReadOnlySpan<double> x, double period)
    {
        Period = period;
        int block = _block = (int)Math.Ceiling(period / BinsMax);
        double[] blocks = Blocks(x, block);
        _period = period / block;
        _deviations = DeviationsFromMean(blocks, (int)Math.Round(_period));
        int whole = Math.Max(2, (int)Math.Round(_period));
        Profile = new double[_period == whole ? whole : whole * Math.Clamp((int)(blocks.Length / _period / SamplesPerBin), 1, BinsPerSample)];
        int[] bins = Season.Bins(blocks.Length, _period, Profile.Length), counts = new int[Profile.Length];
        Explained = block * Fold(_deviations, Profile, bins, counts);
        PredictionError = block * LeaveOneOutError(blocks, bins, counts) + SumOfSquares(x) - block * SumOfSquares(blocks);
    }

    public double Period { get; }

    public double[] Profile { get; }

    /// <summary>Sum of squares of the profile over the series.</summary>
    public double Explained { get; }

    /// <summary>Sum of squared errors when every sample is predicted by the profile of the other cycles.</summary>
    public double PredictionError { get; }

    /// <summary>The test of this fold.</summary>
    public SeasonTest Test(ReadOnlySpan<double> x)
    {
        return new SeasonTest(Blocks(x, _block), Profile, _period);
    }

    public static double SumOfSquares(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x)
        {
            sum += value * value;
        }
        return sum;
    }

    private static double[] Blocks(ReadOnlySpan<double> x, int block)
    {
        if (block == 1)
        {
            return x.ToArray();
        }
        double[] means = new double[x.Length / block];
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            foreach (double value in x.Slice(i * block, block))
            {
                sum += value;
            }
            means[i] = sum / block;
        }
        return means;
    }

    // Centred means over one period, half weights at the ends of an even one; near the ends of the series the nearest whole window.
    private static double[] DeviationsFromMean(double[] x, int period)
    {
        int n = x.Length, half = period / 2;
        double[] sums = new double[n + 1], deviations = new double[n];
        for (int t = 0; t < n; t++)
        {
            sums[t + 1] = sums[t] + x[t];
        }
        bool even = period % 2 == 0;
        for (int t = 0; t < n; t++)
        {
            int centre = Math.Clamp(t, half, Math.Max(half, n - 1 - half));
            int from = centre - half, to = Math.Min(centre + half, n - 1);
            double sum = sums[to + 1] - sums[from];
            double weight = to - from + 1;
            if (even && weight > period)
            {
                sum -= (x[from] + x[to]) / 2;
                weight = period;
            }
            deviations[t] = x[t] - sum / weight;
        }
        return deviations;
    }

    /// <summary>Fills the profile (mean 0) and the number of samples of each bin; returns the sum of squares explained.</summary>
    private static double Fold(double[] deviations, double[] profile, int[] bins, int[] counts)
    {
        for (int t = 0; t < deviations.Length; t++)
        {
            profile[bins[t]] += deviations[t];
            counts[bins[t]]++;
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

    private double LeaveOneOutError(double[] blocks, int[] bins, int[] counts)
    {
        double error = 0;
        for (int t = 0; t < blocks.Length; t++)
        {
            int bin = bins[t], count = counts[bin];
            double others = count > 1 ? (count * Profile[bin] - _deviations[t]) / (count - 1) : 0;
            error += (blocks[t] - others) * (blocks[t] - others);
        }
        return error;
    }
}
