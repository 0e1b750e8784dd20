using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Temporal.Patterns;

/// <summary>Median and quartiles of a few dozen numbers without a data-dependent branch.</summary>
/// <remarks>
/// Even and odd places are sorted as the two lanes of vectors by one network (Batcher's merge exchange; Knuth, The Art of Computer
/// Programming 3, 5.2.2M); ranks of the union of two sorted lists a, b are then min over i + j = rank of max(a_i, b_j).
/// </remarks>
internal static class AnomalyOrder
{
    /// <summary>Numbers it takes: 14 days and four repeats, or three rows of 14 days and four repeats, padded with infinity.</summary>
    public const int Small = 18;
    public const int Large = 48;

    private static readonly byte[] SmallNetwork = MergeExchange(Small / 2);
    private static readonly byte[] LargeNetwork = MergeExchange(Large / 2);

    /// <summary>Reorders <paramref name="work"/> (finite numbers and positive infinity for "none"); false when there is no finite one.</summary>
    public static bool TryQuartiles(Span<double> work, out double median, out double lower, out double upper)
    {
        Debug.Assert(work.Length is Small or Large);
        var network = work.Length == Small ? SmallNetwork : LargeNetwork;
        ref var pairs = ref Unsafe.As<double, Vector128<double>>(ref MemoryMarshal.GetReference(work));
        var length = work.Length / 2;
        var infinity = Vector128.Create(double.PositiveInfinity);
        var finite = Vector128<long>.Zero;
        for (var i = 0; i < length; i++)
        {
            finite -= Vector128.LessThan(Unsafe.Add(ref pairs, i), infinity).AsInt64();
        }
        var count = (int)Vector128.Sum(finite);
        median = lower = upper = 0;
        if (count == 0)
        {
            return false;
        }
        ref var step = ref MemoryMarshal.GetArrayDataReference(network);
        ref var end = ref Unsafe.Add(ref step, network.Length);
        while (Unsafe.IsAddressLessThan(ref step, ref end))
        {
            ref var low = ref Unsafe.Add(ref pairs, (int)step);
            ref var high = ref Unsafe.Add(ref pairs, (int)Unsafe.Add(ref step, 1));
            var (x, y) = (low, high);
            low = Vector128.MinNative(x, y);
            high = Vector128.MaxNative(x, y);
            step = ref Unsafe.Add(ref step, 2);
        }
        lower = OfRank(work, count / 4);
        upper = OfRank(work, count - 1 - count / 4);
        median = OfRank(work, count / 2);
        if (count % 2 == 0)
        {
            median = .5 * (median + OfRank(work, count / 2 - 1));
        }
        return true;
    }

    // rank counts from 0; even places are one sorted list, odd places the other.
    private static double OfRank(ReadOnlySpan<double> work, int rank)
    {
        var length = work.Length / 2;
        ref var a = ref MemoryMarshal.GetReference(work);
        ref var b = ref Unsafe.Add(ref a, 1);
        var best = double.PositiveInfinity;
        if (rank < length)
        {
            // Nothing from one list, rank + 1 numbers from the other.
            best = Min(Unsafe.Add(ref a, 2 * rank), Unsafe.Add(ref b, 2 * rank));
        }
        var first = Math.Max(0, rank - length);
        for (var i = first; i < rank - first; i++)
        {
            best = Min(best, Max(Unsafe.Add(ref a, 2 * i), Unsafe.Add(ref b, 2 * (rank - 1 - i))));
        }
        return best;
    }

    // One instruction each, without the branches of Math.Min and Math.Max for NaN.
    private static double Min(double a, double b)
        => Vector128.MinNative(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    private static double Max(double a, double b)
        => Vector128.MaxNative(Vector128.CreateScalarUnsafe(a), Vector128.CreateScalarUnsafe(b)).ToScalar();

    /// <summary>The comparators (low, high) of Batcher's network for n numbers, in order.</summary>
    internal static byte[] MergeExchange(int n)
    {
        var comparators = new List<byte>();
        var top = 1 << (32 - int.LeadingZeroCount(n - 1) - 1);
        for (var p = top; p > 0; p >>= 1)
        {
            var (q, r, d) = (top, 0, p);
            while (true)
            {
                for (var i = 0; i < n - d; i++)
                {
                    if ((i & p) == r)
                    {
                        comparators.Add((byte)i);
                        comparators.Add((byte)(i + d));
                    }
                }
                if (q == p)
                {
                    break;
                }
                (d, q, r) = (q - p, q >> 1, p);
            }
        }
        return [.. comparators];
    }
}
