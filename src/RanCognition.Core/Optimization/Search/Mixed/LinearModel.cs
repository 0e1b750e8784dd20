namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Least squares for several values of the same terms, kept up to date row by row; what came long ago counts less.</summary>
/// <remarks>Ridge regression (Hoerl and Kennard 1970) by normal equations and a Cholesky factor. Products of variables are held back more than the others, so that they stay out of it while there are few rows.</remarks>
internal sealed class LinearModel
{
    private const double Memory = 0.998;   // weight of all earlier rows when one comes
    private const double Ridge = 1e-7;
    private const double ProductRidge = 1e-4;

    private readonly int _terms;
    private readonly int _plain;
    private readonly int _outputs;
    private readonly double[] _matrix;    // terms x terms, the lower triangle
    private readonly double[] _right;     // outputs x terms
    private readonly double[] _factor;
    private double _weight = 1;

    public LinearModel(int terms, int plain, int outputs)
    {
        _terms = terms;
        _plain = plain;
        _outputs = outputs;
        _matrix = new double[terms * terms];
        _factor = new double[terms * terms];
        _right = new double[outputs * terms];
        Coefficients = new double[outputs * terms];
    }

    /// <summary>Rows learnt from.</summary>
    public int Rows { get; private set; }

    /// <summary>Output by output.</summary>
    public double[] Coefficients { get; }

    public void Add(ReadOnlySpan<double> terms, ReadOnlySpan<double> values)
    {
        // Instead of all sums becoming smaller, the new ones become larger.
        _weight /= Memory;
        if (_weight > 1e100)
        {
            Search.Rows.Scale(_matrix, 1 / _weight);
            Search.Rows.Scale(_right, 1 / _weight);
            _weight = 1;
        }
        for (int i = 0; i < _terms; i++)
        {
            if (terms[i] != 0)
            {
                Search.Rows.AddScaled(_weight * terms[i], terms[..(i + 1)], _matrix.AsSpan(i * _terms, i + 1));
            }
        }
        for (int output = 0; output < _outputs; output++)
        {
            Search.Rows.AddScaled(_weight * values[output], terms, _right.AsSpan(output * _terms, _terms));
        }
        Rows++;
    }

    /// <summary>Computes the coefficients; false = the rows do not allow it.</summary>
    public bool Fit()
    {
        double scale = _matrix[0];   // sum of the weights
        for (int i = 0; i < _terms; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = _matrix[i * _terms + j] - Search.Rows.Dot(_factor.AsSpan(i * _terms, j), _factor.AsSpan(j * _terms, j));
                if (j < i)
                {
                    _factor[i * _terms + j] = sum / _factor[j * _terms + j];
                    continue;
                }
                sum += scale * (i == 0 ? 1e-12 : i < _plain ? Ridge : ProductRidge);
                if (!(sum > 0) || !double.IsFinite(sum))
                {
                    return false;
                }
                _factor[i * _terms + i] = Math.Sqrt(sum);
            }
        }
        for (int output = 0; output < _outputs; output++)
        {
            Solve(_right.AsSpan(output * _terms, _terms), Coefficients.AsSpan(output * _terms, _terms));
        }
        return true;
    }

    public double Value(int output, ReadOnlySpan<double> terms) => Search.Rows.Dot(Coefficients.AsSpan(output * _terms, _terms), terms);

    private void Solve(ReadOnlySpan<double> right, Span<double> solution)
    {
        for (int i = 0; i < _terms; i++)
        {
            solution[i] = (right[i] - Search.Rows.Dot(_factor.AsSpan(i * _terms, i), solution[..i])) / _factor[i * _terms + i];
        }
        for (int i = _terms - 1; i >= 0; i--)
        {
            solution[i] /= _factor[i * _terms + i];
            Search.Rows.AddScaled(-solution[i], _factor.AsSpan(i * _terms, i), solution[..i]);
        }
    }
}
