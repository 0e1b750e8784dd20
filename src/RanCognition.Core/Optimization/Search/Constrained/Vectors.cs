using System.Runtime.Intrinsics;

namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Sums over vectors, four lanes in a fixed order, so that they are the same bits on every machine.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Vector256<double> lanes = Vector256<double>.Zero;
        int i = 0;
        for (; i <= left.Length - 4; i += 4)
        {
            lanes += Vector256.Create(left.Slice(i, 4)) * Vector256.Create(right.Slice(i, 4));
        }
        double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /// <summary>target += factor * vector.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> vector)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * vector[i];
        }
    }
}
