using System.Numerics;
using System.Runtime.InteropServices;

namespace RanCognition.Numerics;

/// <summary>Eigenvalues of a matrix in Hessenberg form by QR steps with two shifts at once, in real numbers.</summary>
/// <remarks>
/// Francis, The QR transformation (Computer Journal 4, 1961); Golub and Van Loan, Matrix Computations, algorithms 7.5.1 and 7.5.2; the test for small subdiagonals, the start in mid-matrix and the
/// exceptional shifts after Martin, Peters and Wilkinson, The QR algorithm for real Hessenberg matrices (Numerische Mathematik 14, 1970), as in EISPACK's hqr.
/// </remarks>
internal static class FrancisSteps
{
    private const int StepsPerRow = 30;
    private const int StepsMin = 300;
    private const int ExceptionEvery = 10;

    /// <summary>Finds them; the matrix is overwritten.</summary>
    /// <returns>False when the steps do not settle.</returns>
    public static bool Run(double[] h, int n, Span<double> real, Span<double> imaginary)
    {
        double norm = 0;
        foreach (double value in h.AsSpan(0, n * n))
        {
            norm = Math.Max(norm, Math.Abs(value));
        }
        int steps = 0, stepsMax = Math.Max(StepsMin, StepsPerRow * n), tries = 0;
        for (int end = n - 1; end >= 0;)
        {
            int start = StartOfBlock(h, n, end, norm);
            if (start == end)
            {
                (real[end], imaginary[end]) = (h[end * n + end], 0);
                end--;
                tries = 0;
            }
            else if (start == end - 1)
            {
                Pair(h, n, start, real, imaginary);
                end -= 2;
                tries = 0;
            }
            else if (++steps > stepsMax)
            {
                return false;
            }
            else
            {
                tries++;
                Step(h, n, start, end, tries % ExceptionEvery == 0);
            }
        }
        return true;
    }

    /// <summary>First row of the block that ends there and has no negligible subdiagonal.</summary>
    private static int StartOfBlock(double[] h, int n, int end, double norm)
    {
        for (int row = end; row > 0; row--)
        {
            double around = Math.Abs(h[(row - 1) * n + row - 1]) + Math.Abs(h[row * n + row]);
            if (around == 0)
            {
                around = norm;
            }
            ref double below = ref h[row * n + row - 1];
            if (around + Math.Abs(below) == around)
            {
                below = 0;
                return row;
            }
        }
        return 0;
    }

    /// <summary>Both eigenvalues of the block of two rows.</summary>
    private static void Pair(double[] h, int n, int first, Span<double> real, Span<double> imaginary)
    {
        int last = first + 1;
        double end = h[last * n + last], half = .5 * (h[first * n + first] - end), product = h[last * n + first] * h[first * n + last];
        double square = half * half + product, root = Math.Sqrt(Math.Abs(square));
        if (square >= 0)
        {
            double far = half + (half < 0 ? -root : root);   // the sum that does not cancel
            real[first] = end + far;
            real[last] = far == 0 ? end : end - product / far;
            imaginary[first] = imaginary[last] = 0;
        }
        else
        {
            real[first] = real[last] = end + half;
            (imaginary[first], imaginary[last]) = (root, -root);
        }
    }

    /// <summary>One double step on rows and columns start..end.</summary>
    private static void Step(double[] h, int n, int start, int end, bool exceptional)
    {
        double x = h[end * n + end], y = h[(end - 1) * n + end - 1], w = h[end * n + end - 1] * h[(end - 1) * n + end];
        if (exceptional)
        {
            double size = Math.Abs(h[end * n + end - 1]) + Math.Abs(h[(end - 1) * n + end - 2]);
            x = y = x + .75 * size;
            w = -.4375 * size * size;
        }
        // The first column of (H - shift)(H - other shift), from the lowest row that can be cut off above.
        double p, q, r;
        int from = end - 2;
        for (; ; from--)
        {
            double z = h[from * n + from], below = h[(from + 1) * n + from], next = h[(from + 1) * n + from + 1];
            double right = x - z, left = y - z;
            p = (right * left - w) / below + h[from * n + from + 1];
            q = next - z - right - left;
            r = h[(from + 2) * n + from + 1];
            double size = Math.Abs(p) + Math.Abs(q) + Math.Abs(r);
            (p, q, r) = (p / size, q / size, r / size);
            if (from == start)
            {
                break;
            }
            double cut = Math.Abs(h[from * n + from - 1]) * (Math.Abs(q) + Math.Abs(r));
            double kept = Math.Abs(p) * (Math.Abs(h[(from - 1) * n + from - 1]) + Math.Abs(z) + Math.Abs(next));
            if (kept + cut == kept)
            {
                break;
            }
        }
        for (int k = from; k < end; k++)
        {
            bool isLast = k == end - 1;
            double size = 1;
            if (k > from)
            {
                p = h[k * n + k - 1];
                q = h[(k + 1) * n + k - 1];
                r = isLast ? 0 : h[(k + 2) * n + k - 1];
                size = Math.Abs(p) + Math.Abs(q) + Math.Abs(r);
                if (size == 0)
                {
                    continue;
                }
                (p, q, r) = (p / size, q / size, r / size);
            }
            else if (isLast)
            {
                r = 0;
            }
            double length = Math.Sqrt(p * p + q * q + r * r);
            if (p < 0)
            {
                length = -length;
            }
            if (k > from)
            {
                h[k * n + k - 1] = -length * size;
                h[(k + 1) * n + k - 1] = 0;
                if (!isLast)
                {
                    h[(k + 2) * n + k - 1] = 0;
                }
            }
            else if (from > start)
            {
                h[k * n + k - 1] = -h[k * n + k - 1];
            }
            p += length;
            Reflect(h, n, start, end, k, isLast ? 2 : 3, p / length, q / length, r / length, q / p, r / p);
        }
    }

    /// <summary>The reflection I - (x, y, z)' (1, q, r) of 2 or 3 rows, then of the same columns.</summary>
    private static void Reflect(double[] h, int n, int start, int end, int k, int rows, double x, double y, double z, double q, double r)
    {
        int length = end - k + 1;
        Span<double> first = h.AsSpan(k * n + k, length), second = h.AsSpan((k + 1) * n + k, length);
        Span<double> third = rows == 3 ? h.AsSpan((k + 2) * n + k, length) : default;
        ReflectRows(first, second, third, x, y, z, q, r);
        int last = Math.Min(end, k + 3);
        for (int i = start; i <= last; i++)
        {
            Span<double> row = h.AsSpan(i * n + k, rows);
            if (rows == 3)
            {
                double sum = x * row[0] + y * row[1] + z * row[2];
                row[0] -= sum;
                row[1] -= sum * q;
                row[2] -= sum * r;
            }
            else
            {
                double sum = x * row[0] + y * row[1];
                row[0] -= sum;
                row[1] -= sum * q;
            }
        }
    }

    private static void ReflectRows(Span<double> first, Span<double> second, Span<double> third, double x, double y, double z, double q, double r)
    {
        int done = 0;
        if (third.Length > 0)
        {
            Span<Vector<double>> wideFirst = MemoryMarshal.Cast<double, Vector<double>>(first), wideSecond = MemoryMarshal.Cast<double, Vector<double>>(second);
            Span<Vector<double>> wideThird = MemoryMarshal.Cast<double, Vector<double>>(third);
            for (int i = 0; i < wideFirst.Length; i++)
            {
                Vector<double> sum = wideFirst[i] + q * wideSecond[i] + r * wideThird[i];
                wideFirst[i] -= sum * x;
                wideSecond[i] -= sum * y;
                wideThird[i] -= sum * z;
            }
            done = wideFirst.Length * Vector<double>.Count;
        }
        for (int j = done; j < first.Length; j++)
        {
            double sum = first[j] + q * second[j];
            if (third.Length > 0)
            {
                sum += r * third[j];
                third[j] -= sum * z;
            }
            first[j] -= sum * x;
            second[j] -= sum * y;
        }
    }
}
