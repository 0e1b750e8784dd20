using System.Runtime.Intrinsics;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>Triangular factors of a square matrix, by elimination with the largest pivot of each column.</summary>
/// <remarks>
/// A matrix that is singular has factors too: a pivot of 0 is replaced by rounding, so that what is solved with them runs along the directions that the matrix takes to 0 (inverse iteration; Golub and Van Loan,
/// Matrix Computations, section 7.6). Rows are padded to whole vectors of four. Not thread-safe.
/// </remarks>
internal sealed unsafe class PivotedFactors
{
    private const double Rounding = 1.1102230246251565e-16;   // 2^-53

    private readonly int _n;
    private readonly int _stride;
    private readonly ScratchBuffer _factors = new();   // below the diagonal those of the rows, else the triangle that is left
    private readonly int[] _rows;   // row of the matrix that stands at each place
    private readonly double[] _scratch;

    public PivotedFactors(int n)
    {
        _n = n;
        _stride = ShiftedFactors.Stride(n);
        _factors.Ensure(n * _stride);
        _rows = new int[n];
        _scratch = new double[n];
    }

    /// <summary>Factorizes a matrix.</summary>
    /// <param name="matrix">Rows of Stride(n) numbers, the padding 0.</param>
    public void Factorize(double* matrix)
    {
        double* factors = _factors.Pointer;
        double largest = 0;
        for (nint i = 0; i < (nint)_n * _stride; i++)
        {
            factors[i] = matrix[i];
            largest = Math.Max(largest, Math.Abs(matrix[i]));
        }
        for (int i = 0; i < _n; i++)
        {
            _rows[i] = i;
        }
        double least = largest > 0 ? largest * Rounding : 1;
        for (int k = 0; k < _n; k++)
        {
            double* pivotRow = factors + (nint)k * _stride;
            MoveLargestTo(k);
            if (pivotRow[k] == 0)
            {
                pivotRow[k] = least;
            }
            double pivot = pivotRow[k];
            int start = (k + 1) & ~3;   // what lies left of the diagonal within that vector is put back
            for (int i = k + 1; i < _n; i++)
            {
                double* row = factors + (nint)i * _stride;
                if (row[k] == 0)
                {
                    continue;
                }
                double factor = row[k] / pivot;
                Vector256<double> kept = Vector256.Load(row + start);
                Subtract(factor, pivotRow, row, start);
                for (int j = start; j <= k; j++)
                {
                    row[j] = kept.GetElement(j - start);
                }
                row[k] = factor;
            }
        }
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }

    /// <summary>Solves M x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        for (int i = 0; i < _n; i++)
        {
            double* row = _factors.Pointer + (nint)i * _stride;
            double sum = b[_rows[i]];
            for (int j = 0; j < i; j++)
            {
                sum -= row[j] * _scratch[j];
            }
            _scratch[i] = sum;
        }
        for (int i = _n - 1; i >= 0; i--)
        {
            double* row = _factors.Pointer + (nint)i * _stride;
            double sum = _scratch[i];
            for (int j = i + 1; j < _n; j++)
            {
                sum -= row[j] * b[j];
            }
            b[i] = sum / row[i];
        }
        GC.KeepAlive(this);
    }

    /// <summary>Solves x M = b in place.</summary>
    public void SolveTransposed(Span<double> b)
    {
        for (int i = 0; i < _n; i++)
        {
            double* row = _factors.Pointer + (nint)i * _stride;
            double value = _scratch[i] = b[i] / row[i];
            for (int j = i + 1; j < _n; j++)
            {
                b[j] -= row[j] * value;
            }
        }
        for (int i = _n - 1; i >= 0; i--)
        {
            double* row = _factors.Pointer + (nint)i * _stride;
            double value = _scratch[i];
            for (int j = 0; j < i; j++)
            {
                _scratch[j] -= row[j] * value;
            }
        }
        for (int i = 0; i < _n; i++)
        {
            b[_rows[i]] = _scratch[i];
        }
        GC.KeepAlive(this);
    }

    /// <summary>Writes the inverse.</summary>
    /// <param name="inverse">Rows of Stride(n) numbers; the padding becomes 0.</param>
    public void Invert(double* inverse)
    {
        double* factors = _factors.Pointer;
        new Span<double>(inverse, _n * _stride).Clear();
        for (int i = 0; i < _n; i++)
        {
            double* row = inverse + (nint)i * _stride;
            row[_rows[i]] = 1;
            for (int j = 0; j < i; j++)
            {
                Subtract(factors[(nint)i * _stride + j], inverse + (nint)j * _stride, row, 0);
            }
        }
        for (int i = _n - 1; i >= 0; i--)
        {
            double* row = inverse + (nint)i * _stride;
            for (int j = i + 1; j < _n; j++)
            {
                Subtract(factors[(nint)i * _stride + j], inverse + (nint)j * _stride, row, 0);
            }
            double pivot = factors[(nint)i * _stride + i];
            for (int j = 0; j < _n; j++)
            {
                row[j] /= pivot;
            }
        }
        GC.KeepAlive(this);
    }

    /// <summary>Puts the row with the largest number of a column at its place.</summary>
    private void MoveLargestTo(int k)
    {
        double* factors = _factors.Pointer;
        int best = k;
        double most = Math.Abs(factors[(nint)k * _stride + k]);
        for (int i = k + 1; i < _n; i++)
        {
            double size = Math.Abs(factors[(nint)i * _stride + k]);
            if (size > most)
            {
                most = size;
                best = i;
            }
        }
        if (best != k)
        {
            double* row = factors + (nint)k * _stride, other = factors + (nint)best * _stride;
            for (int j = 0; j < _n; j++)
            {
                (row[j], other[j]) = (other[j], row[j]);
            }
            (_rows[k], _rows[best]) = (_rows[best], _rows[k]);
        }
    }

    private void Subtract(double factor, double* from, double* row, int start)
    {
        if (factor == 0)
        {
            return;
        }
        Vector256<double> wide = Vector256.Create(factor);
        for (int j = start; j < _stride; j += 4)
        {
            Vector256.Store(Vector256.Load(row + j) - wide * Vector256.Load(from + j), row + j);
        }
    }
}
