namespace RanCognition.Numerics;

/// <summary>Triangular factors of a square matrix, with partial pivoting.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 3.4. Row by row, so that the inner loop runs along memory, eight columns of pivots at a time, so that each row is fetched seldom; rows are exchanged by their places only. Not thread-safe.</remarks>
internal sealed class LuFactors(int n)
{
    private const double SmallestPivot = 1e-14;   // of the largest number of its column: below it rounding alone decides

    private const int Block = 8;

    private readonly double[] _factors = new double[n * n];
    private readonly double[] _work = new double[n];
    private readonly int[] _places = new int[n];   // _places[i]: where the row that is now i-th stands

    /// <summary>Takes the matrix I - slopes.</summary>
    /// <param name="slopes">n rows of n numbers, finite.</param>
    /// <returns>Whether it can be solved with: false = singular, as far as rounding tells.</returns>
    public bool FactorizeOneMinus(ReadOnlySpan<double> slopes)
    {
        for (int i = 0; i < n * n; i++)
        {
            _factors[i] = -slopes[i];
        }
        for (int i = 0; i < n; i++)
        {
            _factors[i * n + i] += 1;
            _places[i] = i;
        }
        return Eliminate();
    }

    private bool Eliminate()
    {
        for (int column = 0; column < n; column++)
        {
            _work[column] = 0;
            for (int i = 0; i < n; i++)
            {
                _work[column] = Math.Max(_work[column], Math.Abs(_factors[i * n + column]));
            }
        }
        for (int first = 0; first < n; first += Block)
        {
            int end = Math.Min(first + Block, n);
            if (!EliminateWithin(first, end))
            {
                return false;
            }
            for (int step = first + 1; step < end; step++)
            {
                SubtractPivots(step, first, step, end);
            }
            for (int i = end; i < n; i++)
            {
                SubtractPivots(i, first, end, end);
            }
        }
        return true;
    }

    /// <summary>Eliminates in a few columns only; what is right of them follows later, with all their pivots at once.</summary>
    private bool EliminateWithin(int first, int end)
    {
        for (int step = first; step < end; step++)
        {
            int best = step;
            double largest = -1;
            for (int i = step; i < n; i++)
            {
                double size = Math.Abs(_factors[_places[i] * n + step]);
                if (size > largest)
                {
                    largest = size;
                    best = i;
                }
            }
            if (!(largest > SmallestPivot * Math.Max(_work[step], double.Epsilon)) || !double.IsFinite(largest))
            {
                return false;
            }
            (_places[step], _places[best]) = (_places[best], _places[step]);
            ReadOnlySpan<double> pivotRow = _factors.AsSpan(_places[step] * n + step, end - step);
            for (int i = step + 1; i < n; i++)
            {
                Span<double> row = _factors.AsSpan(_places[i] * n + step, end - step);
                if (row[0] != 0)
                {
                    row[0] /= pivotRow[0];
                    for (int k = 1; k < row.Length; k++)
                    {
                        row[k] -= row[0] * pivotRow[k];
                    }
                }
            }
        }
        return true;
    }

    /// <summary>Takes the pivot rows first, first + 1, .. before last from the i-th row, right of a column: four rows in a pass, in the order of one after the other.</summary>
    private void SubtractPivots(int i, int first, int last, int column)
    {
        int place = _places[i] * n, length = n - column, pivot = first;
        Span<double> row = _factors.AsSpan(place + column, length);
        for (; pivot + 4 <= last; pivot += 4)
        {
            DenseVectors.SubtractFour(_factors.AsSpan(place + pivot, 4), PivotRow(pivot, column), PivotRow(pivot + 1, column), PivotRow(pivot + 2, column), PivotRow(pivot + 3, column), row);
        }
        for (; pivot < last; pivot++)
        {
            double factor = _factors[place + pivot];
            if (factor != 0)
            {
                DenseVectors.Add(-factor, PivotRow(pivot, column), row);
            }
        }
    }

    private ReadOnlySpan<double> PivotRow(int pivot, int column) => _factors.AsSpan(_places[pivot] * n + column, n - column);

    /// <summary>Replaces b by the solution of A x = b.</summary>
    public void Solve(Span<double> b)
    {
        for (int i = 0; i < n; i++)
        {
            _work[i] = b[_places[i]] - DenseVectors.Dot(_factors.AsSpan(_places[i] * n, i), _work.AsSpan(0, i));
        }
        for (int i = n - 1; i >= 0; i--)
        {
            int row = _places[i] * n;
            b[i] = (_work[i] - DenseVectors.Dot(_factors.AsSpan(row + i + 1, n - i - 1), b[(i + 1)..])) / _factors[row + i];
        }
    }

    /// <summary>Replaces b by the solution of A' x = b.</summary>
    public void SolveTransposed(Span<double> b)
    {
        b.CopyTo(_work);
        for (int i = 0; i < n; i++)
        {
            int row = _places[i] * n;
            _work[i] /= _factors[row + i];
            DenseVectors.Add(-_work[i], _factors.AsSpan(row + i + 1, n - i - 1), _work.AsSpan(i + 1));
        }
        for (int i = n - 1; i >= 0; i--)
        {
            DenseVectors.Add(-_work[i], _factors.AsSpan(_places[i] * n, i), _work.AsSpan(0, i));
            b[_places[i]] = _work[i];
        }
    }
}
