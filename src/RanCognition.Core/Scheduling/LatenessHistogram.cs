using System.Numerics;
using System.Runtime.CompilerServices;
using RanCognition.Contracts;

namespace RanCognition.Scheduling;

/// <summary>Counts of times in ns, from which quantiles are read to within 1/32 of their size (the idea of HdrHistogram; 15 KB whatever is recorded).</summary>
/// <remarks>Values below 32 have a bucket each, every further power of two is cut into 32.</remarks>
internal sealed class LatenessHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;

    private readonly ulong[] _counts = new ulong[(64 - SubBits + 1) * SubBuckets];

    public ulong Count { get; private set; }

    public ulong Max { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(ulong nanoseconds)
    {
        _counts[IndexOf(nanoseconds)]++;
        Count++;
        if (nanoseconds > Max)
        {
            Max = nanoseconds;
        }
    }

    /// <summary>Upper end of the bucket in which the value of this rank lies, at most Max; 0 when nothing was recorded.</summary>
    public ulong Quantile(double share)
    {
        ulong rank = (ulong)Math.Ceiling(share * Count);
        ulong passed = 0;
        for (int index = 0; index < _counts.Length && Count > 0; index++)
        {
            passed += _counts[index];
            if (passed >= Math.Max(rank, 1))
            {
                return Math.Min(UpperEndOf(index), Max);
            }
        }
        return Max;
    }

    public LatenessSummary Summary() => new(Count, Quantile(.5), Quantile(.99), Quantile(.999), Max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(ulong value)
    {
        if (value < SubBuckets)
        {
            return (int)value;
        }
        int exponent = BitOperations.Log2(value) - SubBits;
        return (exponent << SubBits) + (int)(value >> exponent);
    }

    private static ulong UpperEndOf(int index)
    {
        if (index < 2 * SubBuckets)
        {
            return (ulong)index;
        }
        int exponent = (index >> SubBits) - 1;
        ulong lower = (ulong)(index - (exponent << SubBits)) << exponent;
        return lower + ((1UL << exponent) - 1);
    }
}
