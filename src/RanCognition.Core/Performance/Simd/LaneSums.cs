using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>Sums whose order of additions is fixed: the same bits at every vector width, and on every processor.</summary>
/// <remarks>
/// The order: value i is added to partial sum i mod L, in the order of i, where L = 32 floats or 16 doubles (128 bytes: two vectors of 512 bits, four of 256,
/// eight of 128). At the end the upper half of the partial sums is added to the lower half until one is left. A partial sum starts at +0 and so never is -0,
/// which makes padding with zeros an addition of nothing.
/// </remarks>
internal static unsafe class LaneSums
{
    /// <summary>Partial sums side by side, bytes.</summary>
    public const int BlockBytes = 128;

    public static T Scalar<T, TTerm>(T* a, T* b, nuint n)
        where T : unmanaged, INumber<T>
        where TTerm : struct, ISumTerm
    {
        int lanes = BlockBytes / sizeof(T);
        T* sums = stackalloc T[BlockBytes / sizeof(T)];
        new Span<T>(sums, lanes).Clear();
        for (; n >= (nuint)lanes; n -= (nuint)lanes, a += lanes, b += lanes)
        {
            for (int k = 0; k < lanes; k++)
            {
                sums[k] += TTerm.Of<Width1<T>, T, T>(a[k], b[k]);
            }
        }
        for (int k = 0; k < (int)n; k++)
        {
            sums[k] += TTerm.Of<Width1<T>, T, T>(a[k], b[k]);
        }
        for (int half = lanes / 2; half > 0; half /= 2)
        {
            for (int k = 0; k < half; k++)
            {
                sums[k] += sums[k + half];
            }
        }
        return sums[0];
    }

    [SkipLocalsInit]
    public static T Wide128<T, TTerm>(T* a, T* b, nuint n)
        where T : unmanaged, INumber<T>
        where TTerm : struct, ISumTerm => Wide<Width128<T>, Vector128<T>, T, TTerm>(a, b, n);

    [SkipLocalsInit]
    public static T Wide256<T, TTerm>(T* a, T* b, nuint n)
        where T : unmanaged, INumber<T>
        where TTerm : struct, ISumTerm => Wide<Width256<T>, Vector256<T>, T, TTerm>(a, b, n);

    [SkipLocalsInit]
    public static T Wide512<T, TTerm>(T* a, T* b, nuint n)
        where T : unmanaged, INumber<T>
        where TTerm : struct, ISumTerm => Wide<Width512<T>, Vector512<T>, T, TTerm>(a, b, n);

    // Vectors of a block: 2, 4 or 8, known to the compiler, which drops the sums that a width does not need.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Wide<TWidth, TVector, T, TTerm>(T* a, T* b, nuint n)
        where TWidth : struct, IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
        where TTerm : struct, ISumTerm
    {
        int width = TWidth.Count, lanes = BlockBytes / sizeof(T);
        TVector s0 = TWidth.Broadcast(T.Zero), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        T* restA = stackalloc T[BlockBytes / sizeof(T)], restB = stackalloc T[BlockBytes / sizeof(T)];   // the last part of a block, padded with zeros
        while (true)
        {
            for (; n >= (nuint)lanes; n -= (nuint)lanes, a += lanes, b += lanes)
            {
                s0 = TWidth.Add(s0, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a), TWidth.Load(b)));
                s1 = TWidth.Add(s1, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + width), TWidth.Load(b + width)));
                if (lanes > 2 * width)
                {
                    s2 = TWidth.Add(s2, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + 2 * width), TWidth.Load(b + 2 * width)));
                    s3 = TWidth.Add(s3, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + 3 * width), TWidth.Load(b + 3 * width)));
                }
                if (lanes > 4 * width)
                {
                    s4 = TWidth.Add(s4, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + 4 * width), TWidth.Load(b + 4 * width)));
                    s5 = TWidth.Add(s5, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + 5 * width), TWidth.Load(b + 5 * width)));
                    s6 = TWidth.Add(s6, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + 6 * width), TWidth.Load(b + 6 * width)));
                    s7 = TWidth.Add(s7, TTerm.Of<TWidth, TVector, T>(TWidth.Load(a + 7 * width), TWidth.Load(b + 7 * width)));
                }
            }
            if (n == 0)
            {
                break;
            }
            a = Padded(a, (int)n, restA);
            b = Padded(b, (int)n, restB);
            n = (nuint)lanes;
        }
        if (lanes > 4 * width)
        {
            s0 = TWidth.Add(s0, s4);
            s1 = TWidth.Add(s1, s5);
            s2 = TWidth.Add(s2, s6);
            s3 = TWidth.Add(s3, s7);
        }
        if (lanes > 2 * width)
        {
            s0 = TWidth.Add(s0, s2);
            s1 = TWidth.Add(s1, s3);
        }
        return TWidth.Sum(TWidth.Add(s0, s1));
    }

    private static T* Padded<T>(T* from, int count, T* block)
        where T : unmanaged
    {
        int lanes = BlockBytes / sizeof(T);
        new Span<T>(from, count).CopyTo(new Span<T>(block, lanes));
        new Span<T>(block + count, lanes - count).Clear();
        return block;
    }
}
