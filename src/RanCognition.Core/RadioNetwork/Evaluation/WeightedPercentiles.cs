namespace RanCognition.RadioNetwork;

/// <summary>Weighted percentiles: the smallest value at or below which users hold at least a share of the weight.</summary>
/// <remarks>
/// Buckets over the range, then the same within the bucket that is met, until few values are left. The buckets have equal widths in the bits of the numbers, whose order is that of the numbers and
/// whose scale is about logarithmic: powers and rates spread evenly there. Keeps buffers; not thread-safe.
/// </remarks>
internal sealed unsafe class WeightedPercentiles
{
    private const int Buckets = 1024;
    private const int SortUpTo = 24;

    // A share that is met but for rounding is met.
    private const double Rounding = 1e-12;

    private readonly double[] _shares = new double[Buckets];
    private readonly ushort[] _bucketOf;
    private readonly ushort[] _bucketOfKept;
    private readonly double[] _kept;
    private readonly double[] _keptWeights;

    /// <param name="capacity">Most values of a call.</param>
    public WeightedPercentiles(int capacity)
    {
        _bucketOf = new ushort[capacity];
        _bucketOfKept = new ushort[capacity];
        _kept = new double[capacity];
        _keptWeights = new double[capacity];
    }

    /// <summary>Several percentiles of the same values.</summary>
    /// <param name="values">Finite values, none negative.</param>
    /// <param name="weights">One per value, none negative, with the sum 1.</param>
    /// <param name="shares">0..1, ascending.</param>
    /// <param name="results">One per share.</param>
    public void Of(double* values, double[] weights, ReadOnlySpan<double> shares, Span<double> results)
    {
        int count = weights.Length;
        fixed (double* weightOf = weights, kept = _kept, keptWeights = _keptWeights)
        fixed (ushort* bucketOf = _bucketOf, bucketOfKept = _bucketOfKept)
        {
            if (count <= SortUpTo || !Fill(values, weightOf, count, bucketOf))
            {
                for (int i = 0; i < shares.Length; i++)
                {
                    results[i] = Smallest(values, weightOf, count, shares[i] - Rounding, 0);
                }
                return;
            }
            Span<int> buckets = stackalloc int[shares.Length];
            Span<double> below = stackalloc double[shares.Length];
            for (int i = 0; i < shares.Length; i++)
            {
                buckets[i] = Find(shares[i] - Rounding, ref below[i]);
            }
            for (int i = 0; i < shares.Length; i++)
            {
                int left = Keep(values, weightOf, count, bucketOf, buckets[i], kept, keptWeights);
                while (left > SortUpTo && Fill(kept, keptWeights, left, bucketOfKept))
                {
                    int bucket = Find(shares[i] - Rounding, ref below[i]);
                    left = Keep(kept, keptWeights, left, bucketOfKept, bucket, kept, keptWeights);
                }
                results[i] = Smallest(kept, keptWeights, left, shares[i] - Rounding, below[i]);
            }
        }
    }

    /// <summary>Weighs the buckets.</summary>
    /// <returns>False = all values are equal.</returns>
    private bool Fill(double* values, double* weights, int count, ushort* bucketOf)
    {
        long* keys = (long*)values;
        long least = keys[0], greatest = keys[0];
        for (int i = 1; i < count; i++)
        {
            least = keys[i] < least ? keys[i] : least;
            greatest = keys[i] > greatest ? keys[i] : greatest;
        }
        if (greatest == least)
        {
            return false;
        }
        double scale = (Buckets - 0.5) / (greatest - least);
        Array.Clear(_shares);
        fixed (double* shares = _shares)
        {
            for (int i = 0; i < count; i++)
            {
                int bucket = (int)((keys[i] - least) * scale);
                bucketOf[i] = (ushort)bucket;
                shares[bucket] += weights[i];
            }
        }
        return true;
    }

    /// <summary>The bucket in which the share is met; the weight before it is added to below.</summary>
    private int Find(double wanted, ref double below)
    {
        int last = 0;
        double sum = below;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            if (_shares[bucket] == 0)
            {
                continue;
            }
            last = bucket;
            below = sum;
            sum += _shares[bucket];
            if (sum >= wanted)
            {
                break;
            }
        }
        return last;   // the last one with weight when the sum is short of 1 by rounding
    }

    private static int Keep(double* values, double* weights, int count, ushort* bucketOf, int bucket, double* kept, double* keptWeights)
    {
        int left = 0;
        for (int i = 0; i < count; i++)
        {
            kept[left] = values[i];
            keptWeights[left] = weights[i];
            left += bucketOf[i] == bucket ? 1 : 0;
        }
        return left;
    }

    private static double Smallest(double* values, double* weights, int count, double wanted, double below)
    {
        double value = double.NegativeInfinity, met = value, sum = below;
        while (true)
        {
            double next = double.PositiveInfinity, weight = 0;
            for (int i = 0; i < count; i++)
            {
                if (values[i] > value && values[i] <= next)
                {
                    weight = values[i] < next ? weights[i] : weight + weights[i];
                    next = values[i];
                }
            }
            if (next == double.PositiveInfinity)
            {
                return double.IsInfinity(met) ? value : met;
            }
            value = next;
            sum += weight;
            met = weight > 0 ? value : met;
            if (sum >= wanted && weight > 0)
            {
                return value;
            }
        }
    }
}
