using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>Least and greatest of an array; NaN are passed over, and a zero comes out as +0, so that the order of comparisons cannot be seen.</summary>
internal static unsafe class LaneRange
{
    /// <summary>Of values[0..n); for an array without a number the least is +infinity and the greatest -infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Least, T Greatest) Of<TWidth, TVector, T>(T* values, nuint n)
        where TWidth : struct, IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T least = T.PositiveInfinity, greatest = T.NegativeInfinity;
        int width = TWidth.Count;
        if (n >= 2 * (nuint)width)
        {
            TVector leastA = TWidth.Broadcast(least), leastB = leastA, greatestA = TWidth.Broadcast(greatest), greatestB = greatestA;
            for (; n >= 2 * (nuint)width; n -= 2 * (nuint)width, values += 2 * width)
            {
                TVector a = TWidth.Load(values), b = TWidth.Load(values + width);
                leastA = TWidth.Lesser(a, leastA);
                leastB = TWidth.Lesser(b, leastB);
                greatestA = TWidth.Greater(a, greatestA);
                greatestB = TWidth.Greater(b, greatestB);
            }
            leastA = TWidth.Lesser(leastA, leastB);
            greatestA = TWidth.Greater(greatestA, greatestB);
            for (int k = 0; k < width; k++)
            {
                least = Width1<T>.Lesser(TWidth.At(leastA, k), least);
                greatest = Width1<T>.Greater(TWidth.At(greatestA, k), greatest);
            }
        }
        for (; n > 0; n--, values++)
        {
            least = Width1<T>.Lesser(*values, least);
            greatest = Width1<T>.Greater(*values, greatest);
        }
        return (least + T.Zero, greatest + T.Zero);
    }
}
