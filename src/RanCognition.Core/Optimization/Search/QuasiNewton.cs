namespace RanCognition.Optimization.Search;

/// <summary>Local search for smooth functions: a quasi-Newton method whose differences are taken along the columns of the factor of its own inverse curvature.</summary>
/// <remarks>
/// Keeps L with H^-1 = L L' (BFGS in product form: Brodlie, Gourlay and Greenstadt, "Rank-one and rank-two corrections to positive definite matrices expressed in product form", 1973). Along the columns of L the
/// curvature is about 1, so that one width of difference suits every direction, however badly the function is scaled. The gradient is one batch of n points.
/// </remarks>
internal sealed class QuasiNewton(SearchArea area)
{
    private const double Epsilon = 2.2e-16;
    private const double GiveUp = 1e-7;   // share of the distance to the best value below which a step counts as slow
    private readonly int _n = area.Dimension;
    private readonly double[] _trial = new double[area.Dimension];
    private readonly double[] _next = new double[area.Dimension];
    private readonly double[] _direction = new double[area.Dimension];
    private readonly double[] _widths = new double[area.Dimension];
    private readonly int[] _rows = new int[area.Dimension];
    private readonly double[] _s = new double[area.Dimension];
    private readonly double[] _y = new double[area.Dimension];
    private readonly double[] _moved = new double[area.Dimension];
    private readonly LineSearch _line = new();
    private double[] _gradient = new double[area.Dimension];
    private double[] _newGradient = new double[area.Dimension];
    private int _failedCount;

    /// <summary>Where the search is.</summary>
    public double[] Point { get; } = new double[area.Dimension];

    /// <summary>Its value.</summary>
    public double Value { get; private set; } = Batch.Failed;

    /// <summary>The columns of L, one after the other.</summary>
    public double[] Columns { get; } = new double[area.Dimension * area.Dimension];

    /// <summary>Whether L holds a curvature that was measured.</summary>
    public bool IsScaled { get; set; }

    /// <summary>Whether the last run ended where the gradient vanishes.</summary>
    public bool IsClean { get; private set; }

    /// <summary>Places the search at a point, its curvature as it is.</summary>
    public void Place(ReadOnlySpan<double> point, double value)
    {
        point.CopyTo(Point);
        Value = value;
    }

    /// <summary>Forgets the curvature.</summary>
    public void Forget()
    {
        Rows.SetDiagonal(Columns, _n, 1);
        IsScaled = false;
    }

    /// <summary>Takes point, value and curvature of another search.</summary>
    public void Take(QuasiNewton other)
    {
        Place(other.Point, other.Value);
        TakeCurvature(other);
    }

    public void TakeCurvature(QuasiNewton other)
    {
        other.Columns.CopyTo(Columns, 0);
        IsScaled = other.IsScaled;
    }

    /// <summary>Runs from the present point.</summary>
    /// <param name="iterationsMax">Largest number of gradients.</param>
    /// <param name="hope">How many times the decrease in sight has to reach below the best value known for the search to go on; infinite = always.</param>
    public IEnumerable<Batch> Run(int iterationsMax, double hope)
    {
        IsClean = false;
        int slow = 0, hopeless = 0;
        _failedCount = 0;
        double lastDecrease = 0;
        SetDifferences(Point, Value, -1);
        yield return area.Batch;
        if (ReadDifferences(Value, _gradient))
        {
            SetDifferences(Point, Value, _failedCount);
            yield return area.Batch;
            ReadDifferences(Value, _gradient);
        }
        for (int iteration = 0; iteration < iterationsMax; iteration++)
        {
            double squared = Rows.Dot(_gradient, _gradient);
            if (IsScaled && squared * 0.5 < 1e-15 * Math.Max(1e-6, Math.Abs(Value)))
            {
                IsClean = true;
                yield break;
            }
            if (!(squared > 0) || squared >= Batch.Failed)
            {
                yield break;   // flat, or too steep to be squared
            }
            if (IsScaled && Value - hope * Math.Max(0.5 * squared, lastDecrease) > area.BestValue)
            {
                if (++hopeless >= 3)
                {
                    yield break;
                }
            }
            else
            {
                hopeless = 0;
            }
            SetDirection();
            double reach = Rows.LargestMagnitude(_direction);
            if (!(reach > 0) || reach >= Batch.Failed)
            {
                yield break;
            }
            double step = Math.Min(IsScaled ? 1 : 0.05 / reach, 0.5 / reach);
            _line.Begin(Value, -squared, step, 0.5 / reach, reach);
            while (!_line.IsDone)
            {
                Move(_line.Step, _trial);
                area.Resize(1);
                area.Set(0, _trial);
                yield return area.Batch;
                _line.Tell(area.Value(0));
            }
            double decrease = Value - _line.BestValue;
            if (_line.BestStep == 0)
            {
                yield break;
            }
            Move(_line.BestStep, _next);
            double nextValue = _line.BestValue;
            SetDifferences(_next, nextValue, -1);
            yield return area.Batch;
            if (ReadDifferences(nextValue, _newGradient))
            {
                SetDifferences(_next, nextValue, _failedCount);
                yield return area.Batch;
                ReadDifferences(nextValue, _newGradient);
            }
            Update(_line.BestStep);
            Place(_next, nextValue);
            lastDecrease = decrease;
            (_gradient, _newGradient) = (_newGradient, _gradient);
            slow = decrease < GiveUp * Math.Max(1e-300, Value - area.BestValue + Math.Abs(Value) * 1e-9) ? slow + 1 : 0;
            if (slow >= 3)
            {
                yield break;
            }
        }
    }

    /// <summary>Runs again and again from where it is with the curvature forgotten, as long as that gains something: at most five times.</summary>
    /// <remarks>
    /// Where a function is flatter than a square at its optimum, the curvature learnt on the way is too large, every slope looks too small, and a search ends clean but short of the optimum. A point that
    /// remains the best unfinished would make all later searches of its basin look hopeless.
    /// </remarks>
    public IEnumerable<Batch> Polish()
    {
        for (int round = 0; round < 5; round++)
        {
            double before = Value;
            Forget();
            foreach (Batch batch in Run(int.MaxValue, double.PositiveInfinity))
            {
                yield return batch;
            }
            if (!(Value < before - 1e-12 * Math.Abs(before)))
            {
                yield break;
            }
        }
    }

    /// <summary>Fills the batch with a point a little along each column; with <paramref name="again"/> points, those that failed, to the other side.</summary>
    private void SetDifferences(double[] at, double value, int again)
    {
        area.Resize(again < 0 ? _n : again);
        double width = 2 * Math.Sqrt(4 * Epsilon * Math.Max(Math.Abs(value), 1e-3));
        for (int row = 0; row < area.Batch.Count; row++)
        {
            int k = again < 0 ? row : _rows[row];
            ReadOnlySpan<double> column = Columns.AsSpan(k * _n, _n);
            if (again < 0)
            {
                double length = Math.Sqrt(Rows.Dot(column, column));
                if (!(length > 1e-100 && length < 1e100))
                {
                    ResetColumn(k);
                    length = 1;
                }
                double h = Math.Min(Math.Max(IsScaled ? width : 1e-6 / length, 1e-11 / length), 1e-3 / length);
                _widths[k] = Leaves(at, column, h) ? -h : h;
                _rows[row] = row;
            }
            else
            {
                _widths[k] = -_widths[k];
            }
            for (int i = 0; i < _n; i++)
            {
                _trial[i] = Inside(at[i] + _widths[k] * column[i]);
            }
            area.Set(row, _trial);
        }
    }

    /// <summary>A column that vanished or grew without bound begins again as its axis.</summary>
    private void ResetColumn(int k)
    {
        Columns.AsSpan(k * _n, _n).Clear();
        Columns[k * _n + k] = 1;
    }

    private static bool Leaves(ReadOnlySpan<double> at, ReadOnlySpan<double> column, double h)
    {
        for (int i = 0; i < at.Length; i++)
        {
            double moved = at[i] + h * column[i];
            if (moved < 0 || moved > 1)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Reads derivatives along the columns off the batch. A point that failed counts as no slope.</summary>
    /// <returns>Whether some points failed that have not been tried to the other side.</returns>
    private bool ReadDifferences(double value, double[] gradient)
    {
        bool isFirst = area.Batch.Count == _n && _failedCount == 0;
        int failed = 0;
        for (int row = 0; row < area.Batch.Count; row++)
        {
            int k = _rows[row];
            double there = area.Value(row), h = _widths[k];
            if (there >= Batch.Failed || value >= Batch.Failed)
            {
                gradient[k] = 0;
                _rows[failed++] = k;
                continue;
            }
            gradient[k] = (there - value) / h - (IsScaled ? 0.5 * h : 0);
        }
        _failedCount = isFirst && value < Batch.Failed ? failed : 0;
        return _failedCount > 0;
    }

    private void SetDirection()
    {
        Array.Clear(_direction);
        for (int k = 0; k < _n; k++)
        {
            Rows.AddScaled(-_gradient[k], Columns.AsSpan(k * _n, _n), _direction);
        }
    }

    private void Move(double step, double[] to)
    {
        for (int i = 0; i < _n; i++)
        {
            to[i] = Inside(Point[i] + step * _direction[i]);
        }
    }

    private static double Inside(double coordinate) => coordinate < 0 ? 0 : coordinate > 1 ? 1 : coordinate;

    /// <summary>Learns from the change of the gradient, both measured along the old columns: L += (L s) v'.</summary>
    private void Update(double step)
    {
        for (int k = 0; k < _n; k++)
        {
            _s[k] = -step * _gradient[k];   // exact while no coordinate was held at a face
            _y[k] = _newGradient[k] - _gradient[k];
        }
        double product = Rows.Dot(_s, _y), length = Rows.Dot(_s, _s), change = Rows.Dot(_y, _y);
        if (!(product > 1e-10 * Math.Sqrt(length * change)) || !double.IsFinite(change))
        {
            return;
        }
        if (!IsScaled)
        {
            double factor = Math.Sqrt(product / change);
            Rows.Scale(Columns, factor);
            Rows.Scale(_s, 1 / factor);
            Rows.Scale(_y, factor);
            Rows.Scale(_newGradient, factor);
            IsScaled = true;
            product = Rows.Dot(_s, _y);
            length = Rows.Dot(_s, _s);
        }
        double rho = 1 / product, root = Math.Sqrt(rho / length), along = Rows.Dot(_s, _newGradient);
        Array.Clear(_moved);
        for (int k = 0; k < _n; k++)
        {
            Rows.AddScaled(_s[k], Columns.AsSpan(k * _n, _n), _moved);
        }
        for (int k = 0; k < _n; k++)
        {
            double v = root * _s[k] - rho * _y[k];
            Rows.AddScaled(v, _moved, Columns.AsSpan(k * _n, _n));
            _newGradient[k] += v * along;
        }
    }
}
