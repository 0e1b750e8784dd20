namespace RanCognition.Numerics;

/// <summary>Triangular factors of a square matrix, with partial pivoting.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 3.4. Row by row, so that the inner loop runs along memory; rows are exchanged by their places only. Not thread-safe.</remarks>
internal sealed class LuFactors(int n)
{
    private const double SmallestPivot = 1e-14;   // of the largest number of its column: below it rounding alone decides

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
        for (int step = 0; step < n; step++)
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
            ReadOnlySpan<double> pivotRow = _factors.AsSpan(_places[step] * n + step, n - step);
            for (int i = step + 1; i < n; i++)
            {
                Span<double> row = _factors.AsSpan(_places[i] * n + step, n - step);
                if (row[0] != 0)
                {
                    row[0] /= pivotRow[0];
                    DenseVectors.Add(-row[0], pivotRow[1..], row[1..]);
                }
            }
        }
        return true;
    }

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
