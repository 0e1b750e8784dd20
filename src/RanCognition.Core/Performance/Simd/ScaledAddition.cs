using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>y += scale * x, place by place, each product and each sum rounded.</summary>
internal static unsafe class ScaledAddition
{
    /// <summary>The two arrays are the same or apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TWidth, TVector, T>(T scale, T* x, T* y, nuint n)
        where TWidth : struct, IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
    {
        int width = TWidth.Count;
        TVector scales = TWidth.Broadcast(scale);
        for (; n >= 4 * (nuint)width; n -= 4 * (nuint)width, x += 4 * width, y += 4 * width)
        {
            TVector y0 = TWidth.Add(TWidth.Load(y), TWidth.Multiply(scales, TWidth.Load(x)));
            TVector y1 = TWidth.Add(TWidth.Load(y + width), TWidth.Multiply(scales, TWidth.Load(x + width)));
            TVector y2 = TWidth.Add(TWidth.Load(y + 2 * width), TWidth.Multiply(scales, TWidth.Load(x + 2 * width)));
            TVector y3 = TWidth.Add(TWidth.Load(y + 3 * width), TWidth.Multiply(scales, TWidth.Load(x + 3 * width)));
            TWidth.Store(y0, y);
            TWidth.Store(y1, y + width);
            TWidth.Store(y2, y + 2 * width);
            TWidth.Store(y3, y + 3 * width);
        }
        for (; n >= (nuint)width; n -= (nuint)width, x += width, y += width)
        {
            TWidth.Store(TWidth.Add(TWidth.Load(y), TWidth.Multiply(scales, TWidth.Load(x))), y);
        }
        for (; n > 0; n--, x++, y++)
        {
            *y += scale * *x;
        }
    }
}
