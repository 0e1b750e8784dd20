namespace RanCognition.RadioNetwork;

/// <summary>The smallest value at or below which users hold at least a share of the weight.</summary>
/// <remarks>Buckets of equal width over the range, then the same within the bucket that is met, until few values are left. Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class WeightedPercentiles
{
    private const int Buckets = 512;
    private const int SortUpTo = 24;

    // A share that is met but for rounding is met.
    private const double Rounding = 1e-12;

    private readonly double[] _shares = new double[Buckets];
    private readonly double[] _first;
    private readonly double[] _firstWeights;
    private readonly double[] _second;
    private readonly double[] _secondWeights;

    /// <param name="capacity">Most values of a call.</param>
    public WeightedPercentiles(int capacity)
    {
        _first = new double[capacity];
        _firstWeights = new double[capacity];
        _second = new double[capacity];
        _secondWeights = new double[capacity];
    }

    /// <summary>One percentile.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="weights">One per value, none negative, with the sum 1.</param>
    /// <param name="share">0..1.</param>
    public double Of(double* values, double[] weights, double share)
    {
        fixed (double* weightsPointer = weights, first = _first, firstWeights = _firstWeights, second = _second, secondWeights = _secondWeights)
        {
            double* from = values, fromWeights = weightsPointer, to = first, toWeights = firstWeights;
            int count = weights.Length;
            double below = 0, wanted = share - Rounding;
            while (count > SortUpTo)
            {
                (double least, double scale) = Scale(from, count);
                if (scale == 0)
                {
                    return least;
                }
                int bucket = Find(from, fromWeights, count, least, scale, wanted, ref below);
                int kept = 0;
                for (int i = 0; i < count; i++)
                {
                    to[kept] = from[i];
                    toWeights[kept] = fromWeights[i];
                    kept += Bucket(from[i], least, scale) == bucket ? 1 : 0;
                }
                if (kept == count)
                {
                    break;   // all in one bucket: nothing more is gained
                }
                count = kept;
                from = to;
                fromWeights = toWeights;
                to = to == first ? second : first;
                toWeights = toWeights == firstWeights ? secondWeights : firstWeights;
            }
            return Smallest(from, fromWeights, count, wanted, below);
        }
    }

    private static (double Least, double Scale) Scale(double* values, int count)
    {
        double least = values[0], greatest = values[0];
        for (int i = 1; i < count; i++)
        {
            least = Math.Min(least, values[i]);
            greatest = Math.Max(greatest, values[i]);
        }
        double scale = Buckets / (greatest - least);
        return (least, double.IsFinite(scale) ? scale : 0);
    }

    private static int Bucket(double value, double least, double scale) => Math.Min((int)((value - least) * scale), Buckets - 1);

    /// <summary>The bucket in which the share is met; below becomes the weight before it.</summary>
    private int Find(double* values, double* weights, int count, double least, double scale, double wanted, ref double below)
    {
        Array.Clear(_shares);
        for (int i = 0; i < count; i++)
        {
            _shares[Bucket(values[i], least, scale)] += weights[i];
        }
        int last = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            if (_shares[bucket] == 0)
            {
                continue;
            }
            last = bucket;
            if (below + _shares[bucket] >= wanted)
            {
                return bucket;
            }
            below += _shares[bucket];
        }
        below -= _shares[last];
        return last;   // the weights' sum is short of 1 by rounding
    }

    private static double Smallest(double* values, double* weights, int count, double wanted, double below)
    {
        double value = double.NegativeInfinity, sum = below;
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
                return value;
            }
            value = next;
            sum += weight;
            if (sum >= wanted && weight > 0)
            {
                return value;
            }
        }
    }
}
