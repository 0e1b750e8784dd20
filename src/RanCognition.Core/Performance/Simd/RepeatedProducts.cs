using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>values * weights * weights ..., place by place, each product rounded.</summary>
/// <remarks>
/// An input may lie over the result as long as the result does not begin after it: every place is read before its own result, and those of later places, are
/// written. The last vector is computed first, from inputs that nothing has touched, and written last: it covers the tail without a scalar loop.
/// </remarks>
internal static unsafe class RepeatedProducts
{
    public static void Scalar(float* values, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming) =>
        Multiply<Width1<float>, float>(values, weights, n, rounds, result, apart, streaming);

    public static void Wide128(float* values, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming) =>
        Multiply<Width128<float>, Vector128<float>>(values, weights, n, rounds, result, apart, streaming);

    public static void Wide256(float* values, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming) =>
        Multiply<Width256<float>, Vector256<float>>(values, weights, n, rounds, result, apart, streaming);

    public static void Wide512(float* values, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming) =>
        Multiply<Width512<float>, Vector512<float>>(values, weights, n, rounds, result, apart, streaming);

    // Rounds are at least 1. Apart: the result shares no byte with an input, so its start may be written twice, which lines up the stores. Streaming: stores go
    // past the caches; only where apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TWidth, TVector>(float* values, float* weights, nuint n, uint rounds, float* result, bool apart, bool streaming)
        where TWidth : struct, IWidth<TVector, float>
        where TVector : struct
    {
        nuint width = (nuint)TWidth.Count;
        if (n < width)
        {
            for (nuint i = 0; i < n; i++)
            {
                result[i] = Power<Width1<float>, float>(values[i], weights[i], rounds);
            }
            return;
        }
        nuint ahead = 0, bytes = width * sizeof(float);
        float* end = result + n - width;
        TVector last = Power<TWidth, TVector>(TWidth.Load(values + n - width), TWidth.Load(weights + n - width), rounds);
        bool canAlign = apart && ((nuint)result & (sizeof(float) - 1)) == 0;
        if (canAlign)
        {
            ahead = (bytes - ((nuint)result & (bytes - 1))) % bytes / sizeof(float);
            TWidth.Store(Power<TWidth, TVector>(TWidth.Load(values), TWidth.Load(weights), rounds), result);
            values += ahead;
            weights += ahead;
            result += ahead;
            n -= ahead;
        }
        nuint done = rounds > 1 ? Repeat<TWidth, TVector>(values, weights, n, rounds, result)
            : streaming && canAlign ? Once<TWidth, TVector, True>(values, weights, n, result) : Once<TWidth, TVector, False>(values, weights, n, result);
        for (; n - done >= width; done += width)
        {
            TWidth.Store(Power<TWidth, TVector>(TWidth.Load(values + done), TWidth.Load(weights + done), rounds), result + done);
        }
        TWidth.Store(last, end);
    }

    /// <summary>Blocks of four vectors, one product each; returns the places done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Once<TWidth, TVector, TStreaming>(float* values, float* weights, nuint n, float* result)
        where TWidth : struct, IWidth<TVector, float>
        where TVector : struct
        where TStreaming : struct
    {
        nuint width = (nuint)TWidth.Count, blocks = n / (4 * width);
        for (nuint left = blocks; left > 0; left--, values += 4 * width, weights += 4 * width, result += 4 * width)
        {
            Put<TWidth, TVector, TStreaming>(TWidth.Multiply(TWidth.Load(values), TWidth.Load(weights)), result);
            Put<TWidth, TVector, TStreaming>(TWidth.Multiply(TWidth.Load(values + width), TWidth.Load(weights + width)), result + width);
            Put<TWidth, TVector, TStreaming>(TWidth.Multiply(TWidth.Load(values + 2 * width), TWidth.Load(weights + 2 * width)), result + 2 * width);
            Put<TWidth, TVector, TStreaming>(TWidth.Multiply(TWidth.Load(values + 3 * width), TWidth.Load(weights + 3 * width)), result + 3 * width);
        }
        return blocks * 4 * width;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TWidth, TVector, TStreaming>(TVector product, float* to)
        where TWidth : struct, IWidth<TVector, float>
        where TVector : struct
        where TStreaming : struct
    {
        if (typeof(TStreaming) == typeof(True))
        {
            TWidth.StoreStreaming(product, to);
        }
        else
        {
            TWidth.Store(product, to);
        }
    }

    /// <summary>
    /// Blocks of four vectors, many products each; returns the places done. A block ends early when two more rounds give back what was there: from then on
    /// nothing changes, or every other round is alike (weight -1). Magnitudes only ever shrink or grow, so most blocks get there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Repeat<TWidth, TVector>(float* values, float* weights, nuint n, uint rounds, float* result)
        where TWidth : struct, IWidth<TVector, float>
        where TVector : struct
    {
        nuint width = (nuint)TWidth.Count, blocks = n / (4 * width);
        for (nuint left = blocks; left > 0; left--, values += 4 * width, weights += 4 * width, result += 4 * width)
        {
            TVector v0 = TWidth.Load(values), v1 = TWidth.Load(values + width), v2 = TWidth.Load(values + 2 * width), v3 = TWidth.Load(values + 3 * width);
            TVector w0 = TWidth.Load(weights), w1 = TWidth.Load(weights + width), w2 = TWidth.Load(weights + 2 * width), w3 = TWidth.Load(weights + 3 * width);
            for (uint pairs = rounds / 2; pairs > 0; pairs--)
            {
                TVector x0 = TWidth.Multiply(TWidth.Multiply(v0, w0), w0), x1 = TWidth.Multiply(TWidth.Multiply(v1, w1), w1);
                TVector x2 = TWidth.Multiply(TWidth.Multiply(v2, w2), w2), x3 = TWidth.Multiply(TWidth.Multiply(v3, w3), w3);
                if (TWidth.SameBits(x0, v0) && TWidth.SameBits(x1, v1) && TWidth.SameBits(x2, v2) && TWidth.SameBits(x3, v3))
                {
                    break;
                }
                (v0, v1, v2, v3) = (x0, x1, x2, x3);
            }
            if (rounds % 2 == 1)
            {
                (v0, v1, v2, v3) = (TWidth.Multiply(v0, w0), TWidth.Multiply(v1, w1), TWidth.Multiply(v2, w2), TWidth.Multiply(v3, w3));
            }
            TWidth.Store(v0, result);
            TWidth.Store(v1, result + width);
            TWidth.Store(v2, result + 2 * width);
            TWidth.Store(v3, result + 3 * width);
        }
        return blocks * 4 * width;
    }

    /// <summary>The same for one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Power<TWidth, TVector>(TVector value, TVector weight, uint rounds)
        where TWidth : struct, IWidth<TVector, float>
        where TVector : struct
    {
        for (uint pairs = rounds / 2; pairs > 0; pairs--)
        {
            TVector next = TWidth.Multiply(TWidth.Multiply(value, weight), weight);
            if (TWidth.SameBits(next, value))
            {
                break;
            }
            value = next;
        }
        return rounds % 2 == 1 ? TWidth.Multiply(value, weight) : value;
    }

    private readonly struct True;

    private readonly struct False;
}
