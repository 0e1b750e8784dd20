using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Numerics;

/// <summary>Sums and products of vectors, the same bits at every vector width.</summary>
/// <remarks>The order of additions of a sum is fixed: number i goes to partial sum i mod 4, then (0 + 2) + (1 + 3), then what is left of the last four, in order.</remarks>
internal static class DenseVectors
{
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        right = right[..left.Length];
        ref double first = ref MemoryMarshal.GetReference(left), second = ref MemoryMarshal.GetReference(right);
        int i = 0;
        double sum = 0;
        if (left.Length >= 4)
        {
            Vector256<double> sums = Vector256<double>.Zero;
            for (; i + 4 <= left.Length; i += 4)
            {
                sums += Vector256.LoadUnsafe(ref first, (nuint)i) * Vector256.LoadUnsafe(ref second, (nuint)i);
            }
            Vector128<double> pair = sums.GetLower() + sums.GetUpper();
            sum = pair.ToScalar() + pair.GetElement(1);
        }
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /// <summary>target += factor x.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> target)
    {
        target = target[..x.Length];
        ref double from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(target);
        int i = 0;
        Vector256<double> factors = Vector256.Create(factor);
        for (; i + 4 <= x.Length; i += 4)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) + factors * Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < x.Length; i++)
        {
            Unsafe.Add(ref to, i) += factor * Unsafe.Add(ref from, i);
        }
    }

    /// <summary>target = (((target - f0 a) - f1 b) - f2 c) - f3 d.</summary>
    public static void SubtractFour(ReadOnlySpan<double> factors, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, Span<double> target)
    {
        int length = target.Length, i = 0;
        a = a[..length];
        b = b[..length];
        c = c[..length];
        d = d[..length];
        double f0 = factors[0], f1 = factors[1], f2 = factors[2], f3 = factors[3];
        if (f0 == 0 && f1 == 0 && f2 == 0 && f3 == 0)
        {
            return;
        }
        ref double to = ref MemoryMarshal.GetReference(target), first = ref MemoryMarshal.GetReference(a), second = ref MemoryMarshal.GetReference(b);
        ref double third = ref MemoryMarshal.GetReference(c), fourth = ref MemoryMarshal.GetReference(d);
        Vector256<double> all0 = Vector256.Create(f0), all1 = Vector256.Create(f1), all2 = Vector256.Create(f2), all3 = Vector256.Create(f3);
        for (; i + 4 <= length; i += 4)
        {
            Vector256<double> sum = Vector256.LoadUnsafe(ref to, (nuint)i) - all0 * Vector256.LoadUnsafe(ref first, (nuint)i);
            sum -= all1 * Vector256.LoadUnsafe(ref second, (nuint)i);
            sum -= all2 * Vector256.LoadUnsafe(ref third, (nuint)i);
            sum -= all3 * Vector256.LoadUnsafe(ref fourth, (nuint)i);
            sum.StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < length; i++)
        {
            target[i] = target[i] - f0 * a[i] - f1 * b[i] - f2 * c[i] - f3 * d[i];
        }
    }

    /// <summary>target = left - right.</summary>
    public static void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = left[i] - right[i];
        }
    }

    public static void Scale(double factor, Span<double> x)
    {
        foreach (ref double value in x)
        {
            value *= factor;
        }
    }

    public static double LargestSize(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double value in x)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }
        return largest;
    }

    public static double SumOfSizes(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x)
        {
            sum += Math.Abs(value);
        }
        return sum;
    }

    /// <summary>Euclidean norm; of numbers beyond 1e150 too.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double square = Dot(x, x);
        if (square is > 1e-280 and < double.PositiveInfinity)
        {
            return Math.Sqrt(square);
        }
        double largest = LargestSize(x);
        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }
        double sum = 0;
        foreach (double value in x)
        {
            double share = value / largest;
            sum += share * share;
        }
        return largest * Math.Sqrt(sum);
    }
}
