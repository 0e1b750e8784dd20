using System.Numerics;
using RanCognition.Performance;

namespace RanCognition.Numerics;

/// <summary>Sorts only the values of large magnitude: both tails of a sample and the tail of its absolute values, in linear time.</summary>
/// <remarks>Buckets of equal width over the magnitude, then a near-sorted insertion sort. Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class TailSelector(SimdOps simd)
{
    private const int BucketsMax = 1024;
    private const int SortByInsertionUpTo = 24;   // values in one bucket

    private readonly int[] _counts = new int[2 * (BucketsMax + 1)];   // [2 * bucket + 1 if positive]: first counts, then places
    private readonly ScratchBuffer _tails = new();
    private ushort[] _bucketOf = [];
    private double* _sorted;
    private int _lowCount, _keptCount, _total;
    private bool _isConstant;
    private double _constant;

    /// <summary>
    /// Takes the values in; afterwards the lowest <paramref name="low"/>, the highest <paramref name="high"/> and the <paramref name="absolute"/> largest in
    /// magnitude can be read. Values must be finite, count at least 1 and not less than any of the three.
    /// </summary>
    public void Load(double* values, int count, int low, int high, int absolute)
    {
        (double least, double greatest) = simd.Range(new ReadOnlySpan<double>(values, count));
        double top = Math.Max(Math.Abs(least), Math.Abs(greatest));
        int buckets = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)count) / 4, 16, BucketsMax);
        double scale = buckets / top;
        _isConstant = least == greatest;
        _constant = least;
        _total = count;
        if (_isConstant)
        {
            return;
        }
        if (!(scale < 1e300))   // magnitudes near the smallest double: one bucket does
        {
            scale = 0;
        }
        if (_bucketOf.Length < count)
        {
            _bucketOf = new ushort[count];
        }
        fixed (int* counts = _counts)
        fixed (ushort* places = _bucketOf)
        {
            new Span<int>(counts, 2 * (buckets + 1)).Clear();
            for (int i = 0; i < count; i++)
            {
                double v = values[i];
                int place = 2 * (int)(Math.Abs(v) * scale) + (v > 0 ? 1 : 0);
                places[i] = (ushort)place;
                counts[place]++;
            }
            int bucket = buckets + 1, negative = 0, positive = 0, crowded = 0;
            while (bucket > 0 && (negative < low || positive < high || negative + positive < absolute))
            {
                bucket--;
                crowded = Math.Max(crowded, Math.Max(counts[2 * bucket], counts[2 * bucket + 1]));
                (counts[2 * bucket], negative) = (negative, negative + counts[2 * bucket]);
                positive += counts[2 * bucket + 1];
                counts[2 * bucket + 1] = -positive;   // from the end, known below
            }
            int kept = negative + positive, limit = 2 * bucket;
            double* sorted = _sorted = _tails.Ensure(kept);
            for (int i = 0; i < count; i++)
            {
                int place = places[i];
                if (place >= limit)
                {
                    int at = counts[place]++;
                    sorted[(place & 1) != 0 ? kept + at : at] = values[i];
                }
            }
            if (crowded > SortByInsertionUpTo)
            {
                NumberSort.Ascending(new Span<double>(sorted, kept));
            }
            else
            {
                InsertionSort(sorted, kept);
            }
            _lowCount = bucket == 0 ? kept : negative;    // everything is sorted when the last bucket had to be opened
            _keptCount = kept;
        }
    }

    /// <summary>Value of a rank from 0 among all, within the lowest or highest that were asked for.</summary>
    public double this[int rank]
    {
        get
        {
            if (_isConstant)
            {
                return _constant;
            }
            return rank < _lowCount ? _sorted[rank] : _sorted[_keptCount - (_total - rank)];
        }
    }

    /// <summary>Absolute values of two ranks from 0, inner below outer, both within the largest that were asked for.</summary>
    public (double Inner, double Outer) Magnitudes(int inner, int outer)
    {
        if (_isConstant)
        {
            return (Math.Abs(_constant), Math.Abs(_constant));
        }
        int left = 0, right = _keptCount - 1;
        double value = 0, outerValue = 0;
        for (int rank = _total - 1; rank >= inner; rank--)
        {
            double low = -_sorted[left], high = _sorted[right];
            bool fromLeft = low > high;
            value = fromLeft ? low : high;
            left += fromLeft ? 1 : 0;
            right -= fromLeft ? 0 : 1;
            if (rank == outer)
            {
                outerValue = value;
            }
        }
        return (Math.Abs(value), Math.Abs(outerValue));
    }

    private static void InsertionSort(double* values, int count)
    {
        for (int i = 1; i < count; i++)
        {
            double v = values[i];
            int j = i - 1;
            for (; j >= 0 && values[j] > v; j--)
            {
                values[j + 1] = values[j];
            }
            values[j + 1] = v;
        }
    }
}
