using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Performance;

/// <summary>Exact inner products and squared distances of 8-bit vectors. Integers: the order of additions does not matter.</summary>
internal static unsafe class Int8Sums
{
    /// <summary>Values whose sum of squared differences, 255^2 each, still fits 32 bits; longer arrays are summed in such chunks.</summary>
    private const int ChunkValues = 32768;

    public static long Scalar<TTerm>(sbyte* a, sbyte* b, nuint n)
        where TTerm : struct, IInt8Term
    {
        long total = 0;
        for (nuint i = 0; i < n; i++)
        {
            total += TTerm.Of(a[i], b[i]);
        }
        return total;
    }

    public static long Wide128<TTerm>(sbyte* a, sbyte* b, nuint n)
        where TTerm : struct, IInt8Term
    {
        long total = 0;
        while (n >= 16)
        {
            nuint chunk = Math.Min(n, ChunkValues) & ~(nuint)15;
            n -= chunk;
            Vector128<int> sums = default;
            for (; chunk > 0; chunk -= 16, a += 16, b += 16)
            {
                (Vector128<short> aLow, Vector128<short> aHigh) = Vector128.Widen(Vector128.Load(a));
                (Vector128<short> bLow, Vector128<short> bHigh) = Vector128.Widen(Vector128.Load(b));
                sums += PairSums(TTerm.First(aLow, bLow), TTerm.Second(aLow, bLow)) + PairSums(TTerm.First(aHigh, bHigh), TTerm.Second(aHigh, bHigh));
            }
            total += Vector128.Sum(sums);
        }
        return total + Scalar<TTerm>(a, b, n);
    }

    public static long Wide256<TTerm>(sbyte* a, sbyte* b, nuint n)
        where TTerm : struct, IInt8Term
    {
        long total = 0;
        while (n >= 32)
        {
            nuint chunk = Math.Min(n, ChunkValues) & ~(nuint)31;
            n -= chunk;
            Vector256<int> sums0 = default, sums1 = default;
            for (; chunk > 0; chunk -= 32, a += 32, b += 32)
            {
                Vector256<short> a0 = Widened(a), a1 = Widened(a + 16), b0 = Widened(b), b1 = Widened(b + 16);
                sums0 += PairSums(TTerm.First(a0, b0), TTerm.Second(a0, b0));
                sums1 += PairSums(TTerm.First(a1, b1), TTerm.Second(a1, b1));
            }
            total += Vector256.Sum(sums0 + sums1);
        }
        return total + Wide128<TTerm>(a, b, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widened(sbyte* from)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int16(from);
        }
        (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Load(from));
        return Vector256.Create(low, high);
    }

    /// <summary>Products of 16-bit values, two and two added up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> PairSums(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(a, b);
        }
        (Vector128<int> aLow, Vector128<int> aHigh) = Vector128.Widen(a);
        (Vector128<int> bLow, Vector128<int> bHigh) = Vector128.Widen(b);
        return aLow * bLow + aHigh * bHigh;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> PairSums(Vector256<short> a, Vector256<short> b) =>
        Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(a, b)
        : Vector256.Create(PairSums(a.GetLower(), b.GetLower()), PairSums(a.GetUpper(), b.GetUpper()));
}
