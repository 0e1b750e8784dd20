using System.Numerics;
using RanCognition.Performance;

namespace RanCognition.Numerics;

/// <summary>Several order statistics of one array in linear time: equal-width buckets first, then a small sort.</summary>
/// <remarks>Three passes without unpredictable branches; quickselect on the same sizes is 5 to 10 times slower. Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class RankSelector(SimdOps simd)
{
    /// <summary>Most ranks one call may ask for.</summary>
    public const int RanksMax = 8;

    private const int BucketsMax = 2048;
    private const int SortDirectlyUpTo = 48;

    private readonly int[] _counts = new int[BucketsMax + 1];
    private readonly byte[] _slotOf = new byte[BucketsMax + 1];   // 1 + slot of a wanted bucket, 0 = not wanted; cleared after each call
    private readonly ScratchBuffer _wanted = new();
    private ushort[] _bucketOf = [];

    /// <summary>Writes the values of the given ranks (from 0, ascending) of values[0..count); all values must be finite, count at least 1.</summary>
    public void Select(double* values, int count, ReadOnlySpan<int> ranks, Span<double> results)
    {
        (double low, double high) = simd.Range(new ReadOnlySpan<double>(values, count));
        int buckets = count <= 128 ? 64 : (int)Math.Min(BucketsMax, BitOperations.RoundUpToPowerOf2((uint)count) / 2);
        double scale = buckets / (high - low);
        if (!(scale > 0 && scale < 1e300))
        {
            SelectWithoutBuckets(values, count, ranks, results);
            return;
        }
        if (_bucketOf.Length < count)
        {
            _bucketOf = new ushort[count];
        }
        var counts = _counts.AsSpan(0, buckets + 1);
        counts.Clear();
        fixed (int* pc = counts)
        fixed (ushort* pb = _bucketOf)
        {
            for (int i = 0; i < count; i++)
            {
                int b = (int)((values[i] - low) * scale);   // the largest value may land in the extra bucket
                pb[i] = (ushort)b;
                pc[b]++;
            }
        }

        Span<int> slotStart = stackalloc int[RanksMax], slotFill = stackalloc int[RanksMax], rankSlot = stackalloc int[RanksMax], rankOffset = stackalloc int[RanksMax],
            slotBucket = stackalloc int[RanksMax];
        int slots = 0, total = 0, below = 0, bucket = 0;
        for (int r = 0; r < ranks.Length; r++)
        {
            while (below + counts[bucket] <= ranks[r])
            {
                below += counts[bucket++];
            }
            if (slots == 0 || slotBucket[slots - 1] != bucket)
            {
                slotBucket[slots] = bucket;
                slotStart[slots] = slotFill[slots] = total;
                total += counts[bucket];
                _slotOf[bucket] = (byte)++slots;
            }
            rankSlot[r] = slots - 1;
            rankOffset[r] = ranks[r] - below;
        }

        double* wanted = _wanted.Ensure(total);
        fixed (ushort* pb = _bucketOf)
        fixed (byte* ps = _slotOf)
        {
            for (int i = 0; i < count; i++)
            {
                int slot = ps[pb[i]];
                if (slot != 0)
                {
                    wanted[slotFill[slot - 1]++] = values[i];
                }
            }
        }
        for (int s = 0; s < slots; s++)
        {
            _slotOf[slotBucket[s]] = 0;
            Sort(wanted + slotStart[s], slotFill[s] - slotStart[s]);
        }
        for (int r = 0; r < ranks.Length; r++)
        {
            results[r] = wanted[slotStart[rankSlot[r]] + rankOffset[r]];
        }
    }

    /// <summary>Median; the mean of the two middle values when count is even. All values must be finite, count at least 1.</summary>
    public double Median(double* values, int count)
    {
        Span<double> middle = stackalloc double[2];
        if ((count & 1) == 1)
        {
            Select(values, count, [count / 2], middle);
            return middle[0];
        }
        Select(values, count, [count / 2 - 1, count / 2], middle);
        return (middle[0] + middle[1]) / 2;
    }

    private void SelectWithoutBuckets(double* values, int count, ReadOnlySpan<int> ranks, Span<double> results)
    {
        double* copy = _wanted.Ensure(count);
        new ReadOnlySpan<double>(values, count).CopyTo(new Span<double>(copy, count));
        NumberSort.Ascending(new Span<double>(copy, count));
        for (int r = 0; r < ranks.Length; r++)
        {
            results[r] = copy[ranks[r]];
        }
    }

    private static void Sort(double* values, int count)
    {
        if (count > SortDirectlyUpTo)
        {
            NumberSort.Ascending(new Span<double>(values, count));
            return;
        }
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
