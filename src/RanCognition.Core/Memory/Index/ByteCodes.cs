using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Memory.Index;

/// <summary>One signed byte a coordinate: what it stands for is centre + step * byte.</summary>
internal static unsafe class ByteCodes
{
    /// <summary>Sums of codes times weights, of four rows. They are exact: the weights are small enough that no sum leaves an int.</summary>
    /// <remarks>The number of bytes is a multiple of 16.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dots(sbyte* row0, sbyte* row1, sbyte* row2, sbyte* row3, short* weights, int bytes)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int i = 0;
            for (; i + 32 <= bytes; i += 32)
            {
                Vector256<short> weight = Vector256.Load(weights + i), other = Vector256.Load(weights + i + 16);
                sum0 += Pair(row0 + i, weight, other);
                sum1 += Pair(row1 + i, weight, other);
                sum2 += Pair(row2 + i, weight, other);
                sum3 += Pair(row3 + i, weight, other);
            }
            if (i < bytes)
            {
                Vector256<short> weight = Vector256.Load(weights + i);
                sum0 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row0 + i), weight);
                sum1 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row1 + i), weight);
                sum2 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row2 + i), weight);
                sum3 += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row3 + i), weight);
            }
            Vector256<int> sums = Avx2.HorizontalAdd(Avx2.HorizontalAdd(sum0, sum1), Avx2.HorizontalAdd(sum2, sum3));
            return sums.GetLower() + sums.GetUpper();
        }
        if (Sse41.IsSupported)
        {
            Vector128<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int i = 0; i < bytes; i += 8)
            {
                Vector128<short> weight = Vector128.Load(weights + i);
                sum0 += Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(row0 + i), weight);
                sum1 += Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(row1 + i), weight);
                sum2 += Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(row2 + i), weight);
                sum3 += Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(row3 + i), weight);
            }
            return Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(sum0, sum1), Ssse3.HorizontalAdd(sum2, sum3));
        }
        return DotsPortable(row0, row1, row2, row3, weights, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pair(sbyte* row, Vector256<short> weight, Vector256<short> other)
        => Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row), weight) + Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(row + 16), other);

    /// <summary>The same, one number at a time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<int> DotsPortable(sbyte* row0, sbyte* row1, sbyte* row2, sbyte* row3, short* weights, int bytes)
    {
        int sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        for (int i = 0; i < bytes; i++)
        {
            sum0 += row0[i] * weights[i];
            sum1 += row1[i] * weights[i];
            sum2 += row2[i] * weights[i];
            sum3 += row3[i] * weights[i];
        }
        return Vector128.Create(sum0, sum1, sum2, sum3);
    }
}
