using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Numerics;

/// <summary>Brings a matrix to zeros below its first subdiagonal, its eigenvalues unchanged.</summary>
/// <remarks>Householder's reflections from both sides: Golub and Van Loan, Matrix Computations, algorithm 7.4.2. Sums are made in one order at every vector width.</remarks>
internal static class HessenbergForm
{
    /// <summary>Reduces it in place.</summary>
    /// <param name="a">n rows of n finite numbers, none far above 1.</param>
    /// <param name="n">1 or more.</param>
    public static void Reduce(double[] a, int n)
    {
        double[] normal = new double[n], sums = new double[n];
        for (int k = 0; k + 2 < n; k++)
        {
            int first = k + 1, length = n - first;
            Span<double> v = normal.AsSpan(0, length), w = sums.AsSpan(0, length);
            double largest = 0;
            for (int i = 1; i < length; i++)
            {
                largest = Math.Max(largest, Math.Abs(a[(first + i) * n + k]));
            }
            if (largest == 0)
            {
                continue;   // nothing to remove
            }
            largest = Math.Max(largest, Math.Abs(a[first * n + k]));
            double square = 0;
            for (int i = 0; i < length; i++)
            {
                v[i] = a[(first + i) * n + k] / largest;
                square += v[i] * v[i];
            }
            double norm = v[0] > 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
            v[0] -= norm;
            double factor = -1 / (norm * v[0]);   // 2 / v'v
            a[first * n + k] = norm * largest;
            for (int i = 1; i < length; i++)
            {
                a[(first + i) * n + k] = 0;
            }
            w.Clear();
            for (int i = 0; i < length; i++)
            {
                Add(w, v[i], a.AsSpan((first + i) * n + first, length));
            }
            for (int i = 0; i < length; i++)
            {
                Add(a.AsSpan((first + i) * n + first, length), -factor * v[i], w);
            }
            for (int i = 0; i < n; i++)
            {
                Span<double> row = a.AsSpan(i * n + first, length);
                Add(row, -factor * Dot(row, v), v);
            }
        }
    }

    private static void Add(Span<double> to, double factor, ReadOnlySpan<double> what)
    {
        Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(to);
        ReadOnlySpan<Vector<double>> other = MemoryMarshal.Cast<double, Vector<double>>(what);
        var factors = new Vector<double>(factor);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] += factors * other[i];
        }
        for (int i = wide.Length * Vector<double>.Count; i < to.Length; i++)
        {
            to[i] += factor * what[i];
        }
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ReadOnlySpan<Vector256<double>> wide = MemoryMarshal.Cast<double, Vector256<double>>(left), other = MemoryMarshal.Cast<double, Vector256<double>>(right);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < wide.Length; i++)
        {
            sums += wide[i] * other[i];
        }
        double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (int i = wide.Length * 4; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
