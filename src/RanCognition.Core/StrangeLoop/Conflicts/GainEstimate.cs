using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Least-squares gain L of changes[t + 1] = L changes[t].</summary>
/// <remarks>
/// QR by Householder's reflections (Golub and Van Loan, Matrix Computations, 5.3), one block of periods after the other onto the triangle so far, so that memory does not grow with the periods. The
/// function's changes are scaled by powers of two: units do not matter. The standard error of L[a][b] is s_a sqrt((X'X)^-1[b][b]) with s_a^2 the mean squared residual of a.
/// </remarks>
internal sealed class GainEstimate
{
    private const int BlockPeriods = 256;

    // What is left of a function's changes, as a share of them, once the others are taken out: below it nothing can be told.
    private const double ShareMin = 1e-11;

    private readonly int _n;
    private readonly int[] _exponents;
    private readonly double[] _triangle;    // column b: R of changes[t], then what belongs to it of changes[t + 1]; 2 n columns of n numbers
    private readonly double[] _residuals;   // sums of squares

    public GainEstimate(IReadOnlyList<string> names, IReadOnlyList<double[]> changes, string argument, IHost host)
    {
        _n = names.Count;
        int rows = changes.Count - 1;
        if (rows < _n)
        {
            InvalidInputException.Throw(argument, $"{changes.Count} periods do not determine the gain between {_n} functions: at least {_n + 1} are needed");
        }
        _exponents = Exponents(changes);
        _triangle = new double[2 * _n * _n];
        _residuals = new double[_n];
        double[] norms = Reduce(changes, rows, host);
        for (int b = 0; b < _n; b++)
        {
            if (!(Math.Abs(_triangle[b * _n + b]) > ShareMin * norms[b]))
            {
                InvalidInputException.Throw(argument, norms[b] == 0
                    ? $"function '{names[b]}' never changes before the last period: how the others answer it is not known"
                    : $"the changes of function '{names[b]}' follow from those of the functions before it: who is answered is not known");
            }
        }
        Gain = Solve();
        StandardError = rows > _n ? LargestError(rows) : null;
        foreach (double[] row in Gain)
        {
            foreach (double value in row)
            {
                if (!double.IsFinite(value))
                {
                    InvalidInputException.Throw(argument, "the gain is too large for a floating-point number");
                }
            }
        }
    }

    public double[][] Gain { get; }

    /// <summary>Largest of all gains'; null = there are only as many periods as unknowns.</summary>
    public double? StandardError { get; }

    /// <summary>Powers of two that bring the changes of each function to about 1.</summary>
    private int[] Exponents(IReadOnlyList<double[]> changes)
    {
        int[] exponents = new int[_n];
        double[] largest = new double[_n];
        foreach (double[] row in changes)
        {
            for (int i = 0; i < _n; i++)
            {
                largest[i] = Math.Max(largest[i], Math.Abs(row[i]));
            }
        }
        for (int i = 0; i < _n; i++)
        {
            exponents[i] = largest[i] > 0 ? Math.ILogB(largest[i]) : 0;
        }
        return exponents;
    }

    /// <summary>Brings all rows (changes[t], changes[t + 1]) into the triangle; norms of the columns of changes[t].</summary>
    private double[] Reduce(IReadOnlyList<double[]> changes, int rows, IHost host)
    {
        int columns = 2 * _n;
        double[] norms = new double[_n], block = new double[columns * BlockPeriods];
        for (int first = 0; first < rows; first += BlockPeriods)
        {
            host.Progress((double)first / rows, "loop gain");
            int count = Math.Min(BlockPeriods, rows - first);
            for (int t = 0; t < count; t++)
            {
                for (int i = 0; i < _n; i++)
                {
                    double now = Math.ScaleB(changes[first + t][i], -_exponents[i]);
                    norms[i] += now * now;
                    block[i * BlockPeriods + t] = now;
                    block[(_n + i) * BlockPeriods + t] = Math.ScaleB(changes[first + t + 1][i], -_exponents[i]);
                }
            }
            for (int b = 0; b < _n; b++)
            {
                Reflect(block, b, count);
            }
            for (int a = 0; a < _n; a++)
            {
                ReadOnlySpan<double> rest = block.AsSpan((_n + a) * BlockPeriods, count);
                foreach (double value in rest)
                {
                    _residuals[a] += value * value;
                }
            }
        }
        for (int i = 0; i < _n; i++)
        {
            norms[i] = Math.Sqrt(norms[i]);
        }
        return norms;
    }

    /// <summary>Clears column b of the block into row b of the triangle.</summary>
    private void Reflect(double[] block, int b, int count)
    {
        ReadOnlySpan<double> own = block.AsSpan(b * BlockPeriods, count);
        double square = 0;
        foreach (double value in own)
        {
            square += value * value;
        }
        if (square == 0)
        {
            return;
        }
        ref double corner = ref _triangle[b * _n + b];
        double norm = Math.Sqrt(corner * corner + square);
        norm = corner > 0 ? -norm : norm;
        double head = corner - norm, factor = -1 / (norm * head);   // v = (head, own), 2 / v'v
        corner = norm;
        for (int column = b + 1; column < 2 * _n; column++)
        {
            Span<double> other = block.AsSpan(column * BlockPeriods, count);
            ref double top = ref _triangle[column * _n + b];
            double sum = head * top;
            for (int t = 0; t < other.Length; t++)
            {
                sum += own[t] * other[t];
            }
            sum *= factor;
            top -= sum * head;
            for (int t = 0; t < other.Length; t++)
            {
                other[t] -= sum * own[t];
            }
        }
    }

    /// <summary>R L' = what belongs to it, from the last row up.</summary>
    private double[][] Solve()
    {
        double[][] gain = new double[_n][];
        for (int a = 0; a < _n; a++)
        {
            double[] row = gain[a] = new double[_n];
            for (int b = _n - 1; b >= 0; b--)
            {
                double sum = _triangle[(_n + a) * _n + b];
                for (int k = b + 1; k < _n; k++)
                {
                    sum -= _triangle[k * _n + b] * row[k];
                }
                row[b] = sum / _triangle[b * _n + b];
            }
            for (int b = 0; b < _n; b++)
            {
                row[b] = Math.ScaleB(row[b], _exponents[a] - _exponents[b]);
            }
        }
        return gain;
    }

    private double LargestError(int rows)
    {
        double[] inverse = new double[_n];   // a column of R^-1
        double[] spread = new double[_n];    // diagonal of (X'X)^-1 = R^-1 R^-T
        for (int column = 0; column < _n; column++)
        {
            for (int b = column; b >= 0; b--)
            {
                double sum = b == column ? 1 : 0;
                for (int k = b + 1; k <= column; k++)
                {
                    sum -= _triangle[k * _n + b] * inverse[k];
                }
                inverse[b] = sum / _triangle[b * _n + b];
                spread[b] += inverse[b] * inverse[b];
            }
        }
        double largest = 0;
        for (int a = 0; a < _n; a++)
        {
            double deviation = Math.Sqrt(_residuals[a] / (rows - _n));
            for (int b = 0; b < _n; b++)
            {
                largest = Math.Max(largest, Math.ScaleB(deviation * Math.Sqrt(spread[b]), _exponents[a] - _exponents[b]));
            }
        }
        return largest;
    }
}
