using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>The distances that are reported: f64, summed in the order of the coordinates, without fused operations, so that they are the same on every machine.</summary>
internal static unsafe partial class ExactDistance
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

    /// <summary>The reported distance. The query's norm is the square root of its inner product with itself; only the cosine uses it.</summary>
    public static double Between(DistanceMetric metric, float* query, double queryNorm, float* row, int dimension)
    {
        switch (metric)
        {
            case DistanceMetric.L2:
                return Math.Sqrt(SquaredL2(query, row, dimension));
            case DistanceMetric.InnerProduct:
                return 0 - Dot(query, row, dimension);   // not -0, which would sort before 0
            default:
                return Cosine(Dot(query, row, dimension), queryNorm, Math.Sqrt(Dot(row, row, dimension)));
        }
    }

    private static double Cosine(double dot, double queryNorm, double rowNorm)
        => queryNorm == 0 || rowNorm == 0 ? 1 : Math.Clamp(1 - dot / (queryNorm * rowNorm), 0, 2);

    /// <summary>Whether the squared distance is surely above the limit; false when f32 cannot tell.</summary>
    /// <remarks>Each difference is within 2^-24 of itself and nothing cancels, so the sum is within (dimension / 8 + 16) 2^-24 of itself where it neither overflows nor underflows.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSurelyBeyond(float* a, float* b, int dimension, double limit)
    {
        const float Least = 1e-25f, Most = 1e37f;
        Vector256<float> sum0 = default, sum1 = default;
        int i = 0;
        for (; i + 16 <= dimension; i += 16)
        {
            Vector256<float> difference0 = Vector256.Load(a + i) - Vector256.Load(b + i);
            Vector256<float> difference1 = Vector256.Load(a + i + 8) - Vector256.Load(b + i + 8);
            sum0 = Vector256.MultiplyAddEstimate(difference0, difference0, sum0);
            sum1 = Vector256.MultiplyAddEstimate(difference1, difference1, sum1);
        }
        float total = Vector256.Sum(sum0 + sum1);
        for (; i < dimension; i++)
        {
            float difference = a[i] - b[i];
            total += difference * difference;
        }
        return total > Least && total < Most && total * (1 - (dimension / 8 + 32) * CodeSpace.Unit) > limit;
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
    private static Vector256<double> Widen(float* values) => WidenAll(Vector128.Load(values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> WidenAll(Vector128<float> values)
    {
        if (Avx.IsSupported)
        {
            return Avx.ConvertToVector256Double(values);
        }
        (Vector128<double> low, Vector128<double> high) = Vector128.Widen(values);
        return Vector256.Create(low, high);
    }
}
