using System.Numerics;
using System.Runtime.InteropServices;

namespace RanCognition.Optimization.Search;

/// <summary>Arithmetic on rows of numbers. The results are the same bits at every vector width.</summary>
internal static class Rows
{
    /// <summary>to += factor * from, place by place, each product and each sum rounded.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> from, Span<double> to)
    {
        int i = 0, width = Vector<double>.Count;
        ref double source = ref MemoryMarshal.GetReference(from);
        ref double target = ref MemoryMarshal.GetReference(to);
        Vector<double> factors = new(factor);
        for (; i <= to.Length - width; i += width)
        {
            (Vector.LoadUnsafe(ref target, (nuint)i) + factors * Vector.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }

    /// <summary>Sum of the products, in four interleaved sums.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.Length; i++)
        {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    public static void Scale(Span<double> row, double factor)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= factor;
        }
    }

    public static double LargestMagnitude(ReadOnlySpan<double> row)
    {
        double largest = 0;
        foreach (double value in row)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }
        return largest;
    }

    /// <summary>Makes a square matrix that is 0 outside of its diagonal.</summary>
    public static void SetDiagonal(Span<double> matrix, int dimension, double value)
    {
        matrix.Clear();
        for (int i = 0; i < dimension; i++)
        {
            matrix[i * dimension + i] = value;
        }
    }
}
