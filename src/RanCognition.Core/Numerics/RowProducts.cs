using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Numerics;

/// <summary>Products of a matrix, whose rows are padded to whole vectors of four, with a vector.</summary>
/// <remarks>The order of additions is fixed: four partial sums a row, number i in sum i mod 4, then (0 + 2) + (1 + 3).</remarks>
internal static unsafe class RowProducts
{
    /// <summary>Inner products of four rows that follow each other.</summary>
    /// <param name="rows">First number of the first row.</param>
    /// <param name="stride">Length of a row, a multiple of four.</param>
    /// <param name="x">As long as a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Four(double* rows, int stride, double* x)
    {
        double* row1 = rows + stride, row2 = row1 + stride, row3 = row2 + stride;
        Vector256<double> sum0 = Vector256<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int k = 0; k < stride; k += 4)
        {
            Vector256<double> factor = Vector256.Load(x + k);
            sum0 += Vector256.Load(rows + k) * factor;
            sum1 += Vector256.Load(row1 + k) * factor;
            sum2 += Vector256.Load(row2 + k) * factor;
            sum3 += Vector256.Load(row3 + k) * factor;
        }
        return Vector256.Create(Total(sum0), Total(sum1), Total(sum2), Total(sum3));
    }

    /// <summary>y = A x.</summary>
    /// <param name="matrix">n rows of the stride.</param>
    /// <param name="n">Rows.</param>
    /// <param name="stride">Length of a row, a multiple of four.</param>
    /// <param name="x">As long as a row.</param>
    /// <param name="y">Gets n numbers.</param>
    public static void Multiply(double* matrix, int n, int stride, double* x, double* y)
    {
        int i = 0;
        for (; i + 4 <= n; i += 4)
        {
            Vector256.Store(Four(matrix + (nint)i * stride, stride, x), y + i);
        }
        for (; i < n; i++)
        {
            double* row = matrix + (nint)i * stride;
            Vector256<double> sum = Vector256<double>.Zero;
            for (int k = 0; k < stride; k += 4)
            {
                sum += Vector256.Load(row + k) * Vector256.Load(x + k);
            }
            y[i] = Total(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Total(Vector256<double> sums)
    {
        Vector128<double> pair = sums.GetLower() + sums.GetUpper();
        return pair.ToScalar() + pair.GetElement(1);
    }
}
