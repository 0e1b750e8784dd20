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
        Vector256<double> factors = Vector256.Create(factor);
        int i = 0;
        for (; i <= target.Length - 4; i += 4)
        {
            (Vector256.Create<double>(target.Slice(i, 4)) + factors * Vector256.Create(vector.Slice(i, 4))).CopyTo(target[i..]);
        }
        for (; i < target.Length; i++)
        {
            target[i] += factor * vector[i];
        }
    }

    /// <summary>Turns two vectors in their plane: (c a + s b, c b - s a).</summary>
    public static void Rotate(Span<double> first, Span<double> second, double cosine, double sine)
    {
        Vector256<double> cosines = Vector256.Create(cosine), sines = Vector256.Create(sine);
        int i = 0;
        for (; i <= first.Length - 4; i += 4)
        {
            Vector256<double> a = Vector256.Create<double>(first.Slice(i, 4)), b = Vector256.Create<double>(second.Slice(i, 4));
            (cosines * a + sines * b).CopyTo(first[i..]);
            (cosines * b - sines * a).CopyTo(second[i..]);
        }
        for (; i < first.Length; i++)
        {
            double a = first[i], b = second[i];
            first[i] = cosine * a + sine * b;
            second[i] = cosine * b - sine * a;
        }
    }
}
