namespace RanCognition.Optimization.Search.Constrained;

/// <summary>
/// First and second order of a problem around a point, in coordinates y with u = point + M y, in which the Lagrangian curves by about 1 in every direction. M M' is the inverse of its Hessian.
/// </summary>
/// <remarks>
/// Differences are taken along the columns of M: they need no solve, and their steps fit the curvature. BFGS in product form (Brodlie, Gourlay and Greenstadt 1973), damped after Powell, "A fast
/// algorithm for nonlinearly constrained optimization calculations", 1978.
/// </remarks>
internal sealed class LocalModel
{
    private const double Epsilon = 2.2e-16;
    private const double LongestStep = 1e-5;      // of a difference, in the cube
    private const double LeastCurvature = 0.2;    // of what the model expected, after damping

    private readonly int[] _moving;
    private readonly int _n;
    private readonly int _constraints;
    private readonly ElasticProjection _projection;
    private readonly double[] _steps;
    private readonly double[] _newGradient;
    private readonly double[] _newRows;
    private readonly double[] _change;
    private readonly double[] _moved;
    private readonly List<int> _again = [];
    private readonly double[] _directions;        // of the differences, as columns
    private readonly int[] _order;                // coordinates: free ones first, then those at a bound
    private int _held;                            // coordinates at a bound

    /// <param name="moving">The coordinates that may move.</param>
    /// <param name="constraints">Number of constraints.</param>
    /// <param name="projection">Its Centre, Rows and BoxRows are the gradient, the rows of the Jacobian and M.</param>
    public LocalModel(int[] moving, int constraints, ElasticProjection projection)
    {
        _moving = moving;
        _n = moving.Length;
        _constraints = constraints;
        _projection = projection;
        _steps = new double[_n];
        _newGradient = new double[_n];
        _newRows = new double[_n * constraints];
        _change = new double[_n];
        _moved = new double[_n];
        _directions = new double[_n * _n];
        _order = new int[_n];
        RowScales = new double[constraints];
    }

    /// <summary>Whether M has seen curvature.</summary>
    public bool IsScaled { get; private set; }

    /// <summary>About the largest change of each constraint per unit of the cube.</summary>
    public double[] RowScales { get; }

    /// <summary>Steps of the differences are this many times as long, for functions with noise.</summary>
    public double Coarseness { get; set; } = 1;

    private double[] Factor => _projection.BoxRows;

    /// <summary>M = scale x identity.</summary>
    public void Reset(double scale)
    {
        Array.Clear(Factor);
        for (int i = 0; i < _n; i++)
        {
            Factor[i * _n + i] = scale;
        }
        IsScaled = false;
    }

    /// <summary>M times a factor; gradients that are known follow.</summary>
    public void Rescale(double factor)
    {
        Scale(Factor, factor);
        Scale(_projection.Centre, factor);
        Scale(_projection.Rows, factor);
    }

    /// <summary>Fills the points whose values give the gradients at a point.</summary>
    public void AskGradient(Batch batch, ReadOnlySpan<double> point, double value)
    {
        batch.Resize(_n);
        double size = 2 * Math.Sqrt(4 * Epsilon * Math.Max(Math.Abs(value), 1e-3));
        ChooseDirections(point, size);
        int free = _n - _held;
        for (int k = 0; k < _n; k++)
        {
            if (k >= free)
            {
                _steps[k] = (point[_moving[_order[k]]] < 0.5 ? 1e-7 : -1e-7) * Coarseness;
            }
            else
            {
                double length = 0;
                for (int i = 0; i < _n; i++)
                {
                    length += _directions[i * _n + k] * _directions[i * _n + k];
                }
                length = Math.Max(Math.Sqrt(length), 1e-150);
                double step = IsScaled ? Math.Clamp(size, 1e-9 / length, LongestStep / length) : 1e-7 / length;
                _steps[k] = step * Coarseness;
            }
            if (!Place(batch.Point(k), point, k) && k < free)
            {
                _steps[k] = -_steps[k];
                Place(batch.Point(k), point, k);
            }
        }
    }

    /// <summary>Takes the values; where points failed, fills others.</summary>
    /// <returns>False = the batch has to be evaluated again.</returns>
    public bool TakeGradient(Batch batch, ReadOnlySpan<double> point, double value, ReadOnlySpan<double> constraints, bool withObjective)
    {
        bool isSecond = _again.Count > 0, isCurved = IsScaled && _held == 0;
        List<int> failed = [];
        for (int row = 0; row < batch.Count; row++)
        {
            int k = isSecond ? _again[row] : row;
            bool isFailed = double.IsInfinity(batch.Violation(row));
            double step = _steps[k];
            _newGradient[k] = isFailed || !withObjective ? 0 : (batch.Value(row) - value) / step - (isCurved ? 0.5 * step : 0);
            for (int j = 0; j < _constraints; j++)
            {
                _newRows[j * _n + k] = isFailed ? 0 : (batch.Constraints(row)[j] - constraints[j]) / step;
            }
            if (isFailed)
            {
                failed.Add(k);
            }
        }
        _again.Clear();
        if (failed.Count > 0 && !isSecond)
        {
            _again.AddRange(failed);
            batch.Resize(failed.Count);
            for (int row = 0; row < failed.Count; row++)
            {
                _steps[failed[row]] *= failed[row] < _n - _held ? -0.1 : 0.1;
                Place(batch.Point(row), point, failed[row]);
            }
            return false;
        }
        if (_held > 0)
        {
            ToModel(_newGradient);
            for (int j = 0; j < _constraints; j++)
            {
                ToModel(_newRows.AsSpan(j * _n, _n));
            }
        }
        double scale = Math.Sqrt(Vectors.Dot(Factor, Factor) / _n);
        for (int j = 0; j < _constraints; j++)
        {
            ReadOnlySpan<double> row = _newRows.AsSpan(j * _n, _n);
            RowScales[j] = Math.Max(RowScales[j], Math.Sqrt(Vectors.Dot(row, row)) / scale);
        }
        return true;
    }

    /// <summary>Directions of the differences: the columns of M; where bounds are too near for them, those coordinates one by one and for the others the Cholesky factor of their part of M M'.</summary>
    private void ChooseDirections(ReadOnlySpan<double> point, double size)
    {
        _held = 0;
        int free = 0;
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = Factor.AsSpan(i * _n, _n);
            double reach = Coarseness * (IsScaled ? Math.Min(LongestStep, Math.Max(size * Math.Sqrt(Vectors.Dot(row, row)), 1e-9)) : 1e-7), at = point[_moving[i]];
            if (Math.Min(at, 1 - at) <= reach)
            {
                _order[_n - ++_held] = i;
            }
            else
            {
                _order[free++] = i;
            }
        }
        if (_held == 0)
        {
            Factor.CopyTo(_directions, 0);
            return;
        }
        Array.Clear(_directions);
        for (int a = 0; a < free; a++)
        {
            ReadOnlySpan<double> row = Factor.AsSpan(_order[a] * _n, _n);
            Span<double> own = _directions.AsSpan(_order[a] * _n, _n);
            for (int b = 0; b <= a; b++)
            {
                double value = Vectors.Dot(row, Factor.AsSpan(_order[b] * _n, _n));
                double least = 1e-12 * value;
                ReadOnlySpan<double> other = _directions.AsSpan(_order[b] * _n, _n);
                value -= Vectors.Dot(own[..b], other[..b]);
                own[b] = a == b ? Math.Sqrt(Math.Max(value, Math.Max(least, 1e-300))) : value / other[b];
            }
        }
        for (int k = free; k < _n; k++)
        {
            _directions[_order[k] * _n + k] = 1;
        }
    }

    /// <summary>Turns slopes along the directions into slopes along the columns of M.</summary>
    private void ToModel(Span<double> slopes)
    {
        for (int k = _n - _held - 1; k >= 0; k--)
        {
            double value = slopes[k];
            for (int a = k + 1; a < _n - _held; a++)
            {
                value -= _directions[_order[a] * _n + k] * slopes[a];
            }
            slopes[k] = value / _directions[_order[k] * _n + k];
        }
        _change.AsSpan().Clear();
        for (int k = 0; k < _n; k++)
        {
            Vectors.AddScaled(_change, slopes[k], Factor.AsSpan(_order[k] * _n, _n));
        }
        _change.CopyTo(slopes);
    }

    /// <summary>Makes the gradients taken last those of the model.</summary>
    public void Move()
    {
        _newGradient.CopyTo(_projection.Centre, 0);
        _newRows.CopyTo(_projection.Rows, 0);
    }

    /// <summary>Learns the curvature of the Lagrangian from the gradients taken last, which lie a step from the model's, in coordinates y.</summary>
    public void Learn(ReadOnlySpan<double> step, ReadOnlySpan<double> multipliers)
    {
        for (int k = 0; k < _n; k++)
        {
            _change[k] = _newGradient[k] - _projection.Centre[k];
            _moved[k] = step[k];
        }
        for (int j = 0; j < _constraints; j++)
        {
            if (multipliers[j] != 0)
            {
                Vectors.AddScaled(_change, multipliers[j], _newRows.AsSpan(j * _n, _n));
                Vectors.AddScaled(_change, -multipliers[j], _projection.Rows.AsSpan(j * _n, _n));
            }
        }
        double curved = Vectors.Dot(_moved, _change), length = Vectors.Dot(_moved, _moved);
        if (!double.IsFinite(curved) || length == 0)
        {
            return;
        }
        IsScaled = true;
        if (curved < LeastCurvature * length)
        {
            double share = (1 - LeastCurvature) * length / (length - curved);
            for (int k = 0; k < _n; k++)
            {
                _change[k] = share * _change[k] + (1 - share) * _moved[k];
            }
            curved = Vectors.Dot(_moved, _change);
        }
        double inverse = 1 / curved, weight = Math.Sqrt(inverse / length);
        for (int k = 0; k < _n; k++)
        {
            _change[k] = weight * _moved[k] - inverse * _change[k];   // v of M (I + s v')
        }
        for (int i = 0; i < _n; i++)
        {
            Span<double> row = Factor.AsSpan(i * _n, _n);
            Vectors.AddScaled(row, Vectors.Dot(row, _moved), _change);
        }
        Vectors.AddScaled(_newGradient, Vectors.Dot(_newGradient, _moved), _change);
        for (int j = 0; j < _constraints; j++)
        {
            Span<double> row = _newRows.AsSpan(j * _n, _n);
            Vectors.AddScaled(row, Vectors.Dot(row, _moved), _change);
        }
    }

    private static void Scale(Span<double> numbers, double factor)
    {
        foreach (ref double number in numbers)
        {
            number *= factor;
        }
    }

    /// <summary>Point + step x column; false when it lies outside of the cube.</summary>
    private bool Place(Span<double> target, ReadOnlySpan<double> point, int column)
    {
        point.CopyTo(target);
        bool isInside = true;
        for (int i = 0; i < _n; i++)
        {
            double value = point[_moving[i]] + _steps[column] * _directions[i * _n + column];
            isInside &= value is >= 0 and <= 1;
            target[_moving[i]] = Math.Clamp(value, 0, 1);
        }
        return isInside;
    }
}
