using System.Runtime.Intrinsics;

namespace RanCognition.Numerics;

/// <summary>Triangular factors of s I - A for a matrix A without negative numbers: solves with it, and tells whether s is above A's spectral radius.</summary>
/// <remarks>
/// Elimination without exchanges. By a theorem on M-matrices (Berman and Plemmons, Nonnegative Matrices in the Mathematical Sciences, chapter 6) all pivots are positive exactly when s exceeds the
/// spectral radius; then the inverse has no negative numbers either. Rows are padded to whole vectors of four. Not thread-safe.
/// </remarks>
internal sealed unsafe class ShiftedFactors
{
    private readonly int _n;
    private readonly int _stride;
    private readonly ScratchBuffer _upper = new();
    private readonly ScratchBuffer _lower = new();
    private readonly double[] _inversePivots;

    public ShiftedFactors(int n)
    {
        _n = n;
        _stride = Stride(n);
        _upper.Ensure(n * _stride);
        _lower.Ensure(n * _stride);
        _inversePivots = new double[n];
    }

    /// <summary>Length of a row of n numbers with its padding.</summary>
    public static int Stride(int n) => (n + 3) & ~3;

    /// <summary>Factorizes s I - A.</summary>
    /// <param name="shift">s.</param>
    /// <param name="matrix">A, rows of Stride(n) numbers, none negative, the padding 0.</param>
    /// <returns>Whether s is above the spectral radius of A; if not, there are no factors.</returns>
    public bool Factorize(double shift, double* matrix)
    {
        double* upper = _upper.Pointer, lower = _lower.Pointer;
        for (int i = 0; i < _n; i++)
        {
            double* from = matrix + (nint)i * _stride, to = upper + (nint)i * _stride;
            for (int j = 0; j < _stride; j += 4)
            {
                Vector256.Store(Vector256<double>.Zero - Vector256.Load(from + j), to + j);
            }
            to[i] += shift;
        }
        for (int k = 0; k < _n; k++)
        {
            double* pivotRow = upper + (nint)k * _stride;
            double pivot = pivotRow[k];
            if (!(pivot > 0 && double.IsFinite(pivot)))
            {
                return false;
            }
            double inverse = _inversePivots[k] = 1 / pivot;
            int start = (k + 1) & ~3;   // what lies left of the diagonal is of no use any more, so a vector may begin there
            int i = k + 1;
            for (; i + 1 < _n; i += 2)
            {
                double* row0 = upper + (nint)i * _stride, row1 = row0 + _stride;
                double factor0 = row0[k] * inverse, factor1 = row1[k] * inverse;
                lower[(nint)i * _stride + k] = factor0;
                lower[(nint)(i + 1) * _stride + k] = factor1;
                Vector256<double> wide0 = Vector256.Create(factor0), wide1 = Vector256.Create(factor1);
                for (int j = start; j < _stride; j += 4)
                {
                    Vector256<double> above = Vector256.Load(pivotRow + j);
                    Vector256.Store(Vector256.Load(row0 + j) - wide0 * above, row0 + j);
                    Vector256.Store(Vector256.Load(row1 + j) - wide1 * above, row1 + j);
                }
            }
            if (i < _n)
            {
                double factor = upper[(nint)i * _stride + k] * inverse;
                lower[(nint)i * _stride + k] = factor;
                Subtract(factor, pivotRow, upper + (nint)i * _stride, start);
            }
        }
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
        return true;
    }

    /// <summary>Solves (s I - A) x = b in place.</summary>
    /// <param name="b">b, then x; n numbers.</param>
    public void Solve(double* b)
    {
        double* upper = _upper.Pointer, lower = _lower.Pointer;
        for (int i = 0; i < _n; i++)
        {
            double* row = lower + (nint)i * _stride;
            double sum = b[i];
            for (int j = 0; j < i; j++)
            {
                sum -= row[j] * b[j];
            }
            b[i] = sum;
        }
        for (int i = _n - 1; i >= 0; i--)
        {
            double* row = upper + (nint)i * _stride;
            double sum = b[i];
            for (int j = i + 1; j < _n; j++)
            {
                sum -= row[j] * b[j];
            }
            b[i] = sum * _inversePivots[i];
        }
        GC.KeepAlive(this);
    }

    /// <summary>Writes the inverse of s I - A.</summary>
    /// <param name="inverse">Rows of Stride(n) numbers; the padding becomes 0.</param>
    public void Invert(double* inverse)
    {
        new Span<double>(inverse, _n * _stride).Clear();
        double* upper = _upper.Pointer, lower = _lower.Pointer;
        for (int i = 0; i < _n; i++)
        {
            double* row = inverse + (nint)i * _stride;
            row[i] = 1;
            for (int j = 0; j < i; j++)
            {
                Subtract(lower[(nint)i * _stride + j], inverse + (nint)j * _stride, row, 0);
            }
        }
        for (int i = _n - 1; i >= 0; i--)
        {
            double* row = inverse + (nint)i * _stride;
            for (int j = i + 1; j < _n; j++)
            {
                Subtract(upper[(nint)i * _stride + j], inverse + (nint)j * _stride, row, 0);
            }
            for (int j = 0; j < _n; j++)
            {
                row[j] *= _inversePivots[i];
            }
        }
        GC.KeepAlive(this);
    }

    private void Subtract(double factor, double* from, double* row, int start)
    {
        Vector256<double> wide = Vector256.Create(factor);
        for (int j = start; j < _stride; j += 4)
        {
            Vector256.Store(Vector256.Load(row + j) - wide * Vector256.Load(from + j), row + j);
        }
    }
}
