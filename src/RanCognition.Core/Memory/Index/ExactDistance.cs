using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>The distances that are reported: f64, summed in the order of the coordinates, without fused operations, so that they are the same on every machine.</summary>
internal static unsafe class ExactDistance
{
    /// <summary>Largest relative difference between a fast sum and the sum in order, for up to 4096 coordinates: each is within 4096 * 2^-53 of the true sum of its terms.</summary>
    public const double FastError = 2e-12;

    public static double SquaredL2(float* a, float* b, int dimension)
    {
        double sum = 0;
        for (int i = 0; i < dimension; i++)
        {
            double difference = (double)a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    public static double Dot(float* a, float* b, int dimension)
    {
        double sum = 0;
        for (int i = 0; i < dimension; i++)
        {
            sum += (double)a[i] * b[i];
        }
        return sum;
    }

    /// <summary>The reported distance. The query's norm is the square root of its <see cref="Dot"/> with itself; only the cosine uses it.</summary>
    public static double Between(DistanceMetric metric, float* query, double queryNorm, float* row, int dimension)
    {
        switch (metric)
        {
            case DistanceMetric.L2:
                return Math.Sqrt(SquaredL2(query, row, dimension));
            case DistanceMetric.InnerProduct:
                return 0 - Dot(query, row, dimension);   // not -0, which would sort before 0
            default:
                double norm = Math.Sqrt(Dot(row, row, dimension));
                if (queryNorm == 0 || norm == 0)
                {
                    return 1;
                }
                return Math.Clamp(1 - Dot(query, row, dimension) / (queryNorm * norm), 0, 2);
        }
    }

    /// <summary><see cref="SquaredL2"/> within <see cref="FastError"/> of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FastSquaredL2(float* a, float* b, int dimension)
    {
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i + 16 <= dimension; i += 16)
        {
            sum0 = AddSquare(sum0, a + i, b + i);
            sum1 = AddSquare(sum1, a + i + 4, b + i + 4);
            sum2 = AddSquare(sum2, a + i + 8, b + i + 8);
            sum3 = AddSquare(sum3, a + i + 12, b + i + 12);
        }
        for (; i + 4 <= dimension; i += 4)
        {
            sum0 = AddSquare(sum0, a + i, b + i);
        }
        double total = Vector256.Sum((sum0 + sum1) + (sum2 + sum3));
        for (; i < dimension; i++)
        {
            double difference = (double)a[i] - b[i];
            total += difference * difference;
        }
        return total;
    }

    /// <summary>Inner product, and the row's squared norm; both within <see cref="FastError"/> of the sum of the terms' magnitudes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FastDot(float* query, float* row, int dimension, out double rowSquared)
    {
        Vector256<double> dot0 = default, dot1 = default, square0 = default, square1 = default;
        int i = 0;
        for (; i + 8 <= dimension; i += 8)
        {
            Vector256<double> x0 = Widen(row + i), x1 = Widen(row + i + 4);
            dot0 = Vector256.MultiplyAddEstimate(Widen(query + i), x0, dot0);
            dot1 = Vector256.MultiplyAddEstimate(Widen(query + i + 4), x1, dot1);
            square0 = Vector256.MultiplyAddEstimate(x0, x0, square0);
            square1 = Vector256.MultiplyAddEstimate(x1, x1, square1);
        }
        double dot = Vector256.Sum(dot0 + dot1), square = Vector256.Sum(square0 + square1);
        for (; i < dimension; i++)
        {
            dot += (double)query[i] * row[i];
            square += (double)row[i] * row[i];
        }
        rowSquared = square;
        return dot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AddSquare(Vector256<double> sum, float* a, float* b)
    {
        Vector256<double> difference = Widen(a) - Widen(b);
        return Vector256.MultiplyAddEstimate(difference, difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* values)
    {
        if (System.Runtime.Intrinsics.X86.Avx.IsSupported)
        {
            return System.Runtime.Intrinsics.X86.Avx.ConvertToVector256Double(Vector128.Load(values));
        }
        (Vector128<double> low, Vector128<double> high) = Vector128.Widen(Vector128.Load(values));
        return Vector256.Create(low, high);
    }
}
