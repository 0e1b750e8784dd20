namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Local search for variables of many levels, and those without levels along with them: a quasi-Newton method on the grid.</summary>
/// <remarks>
/// Differences are taken along the axes, whole levels wide, so that rounding does not enter them; a step is rounded to the grid and what was really walked updates the inverse curvature (BFGS). The first
/// differences are two-sided and give its diagonal. When no step gains, the differences become narrower, down to one level.
/// </remarks>
internal sealed class LatticeNewton
{
    /// <summary>Levels from which a variable is worth a derivative.</summary>
    public const int LevelsMin = 8;

    private const double FirstWidth = 0.1;        // of the range
    private const double WidthFactor = 0.25;
    private const double WidthMin = 1e-6;         // of variables without levels
    private const double LongestStep = 0.5;
    private const int TrialsMax = 6;

    private readonly SearchSpace _space;
    private readonly int[] _moving;
    private readonly int _n;
    private readonly Batch _batch;
    private readonly Standing _trial;
    private readonly double[] _widths;
    private readonly double[] _signs;
    private readonly double[] _gradient;
    private readonly double[] _lastGradient;
    private readonly double[] _step;
    private readonly double[] _change;
    private readonly double[] _product;
    private readonly double[] _inverse;   // n x n

    public LatticeNewton(SearchProblem problem, int[] moving)
    {
        _space = problem.Space;
        _moving = moving;
        _n = moving.Length;
        _batch = new Batch(_space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _trial = new Standing(_space.Dimension);
        _widths = new double[_n];
        _signs = new double[_n];
        _gradient = new double[_n];
        _lastGradient = new double[_n];
        _step = new double[_n];
        _change = new double[_n];
        _product = new double[_n];
        _inverse = new double[_n * _n];
    }

    /// <summary>The variables that it moves: of 8 levels or more, and those without; empty when none has levels.</summary>
    public static int[] Moving(SearchSpace space)
    {
        List<int> moving = [];
        bool hasLevels = false;
        for (int i = 0; i < space.Dimension; i++)
        {
            int levels = space.LevelCount(i);
            if (levels == 0 || (levels >= LevelsMin && !space.IsCategory(i)))
            {
                moving.Add(i);
                hasLevels |= levels > 0;
            }
        }
        return hasLevels ? [.. moving] : [];
    }

    /// <summary>Runs from a point and leaves there the best one.</summary>
    public IEnumerable<Batch> Run(Standing standing)
    {
        double width = FirstWidth;
        bool isFine = false;
        while (!isFine && standing.Value < Batch.Failed)
        {
            isFine = SetWidths(width);
            foreach (Batch batch in RunAtWidth(standing))
            {
                yield return batch;
            }
            width *= WidthFactor;
        }
    }

    private IEnumerable<Batch> RunAtWidth(Standing standing)
    {
        SetTwoSided(standing.Point);
        yield return _batch;
        ReadTwoSided(standing);
        int slow = 0;
        while (slow < 2)
        {
            double reach = SetStep(standing.Point), length = Math.Min(1, LongestStep / reach), before = standing.Value;
            if (!(reach > 0) || !double.IsFinite(reach))
            {
                yield break;
            }
            _trial.Set(standing);
            for (int trial = 0; trial < TrialsMax && SetTrial(standing.Point, length); trial++)
            {
                yield return _batch;
                bool gains = _trial.IsBeatenBy(_batch, 0);
                if (gains)
                {
                    _trial.Set(_batch, 0);
                }
                double slope = Rows.Dot(_gradient, _step), bend = _batch.Value(0) - before - slope * length;
                double best = bend > 0 ? -slope * length * length / (2 * bend) : 4 * length;
                if (gains && !(best > 1.5 * length))
                {
                    break;
                }
                if (!gains && _trial.IsBetterThan(standing))
                {
                    break;
                }
                length = gains ? Math.Min(Math.Min(best, 4 * length), LongestStep / reach * 2) : Math.Clamp(best, 0.1 * length, 0.5 * length);
            }
            if (!_trial.IsBetterThan(standing))
            {
                yield break;
            }
            for (int k = 0; k < _n; k++)
            {
                _step[k] = _trial.Point[_moving[k]] - standing.Point[_moving[k]];
            }
            standing.Set(_trial);
            slow = before - standing.Value < 1e-6 * Math.Abs(before) + 1e-12 ? slow + 1 : 0;
            SetOneSided(standing.Point);
            yield return _batch;
            _gradient.CopyTo(_lastGradient, 0);
            ReadOneSided(standing);
            UpdateInverse();
        }
    }

    /// <summary>Whole levels; true = no narrower ones are left.</summary>
    private bool SetWidths(double width)
    {
        bool isFine = true;
        for (int k = 0; k < _n; k++)
        {
            int levels = _space.LevelCount(_moving[k]);
            double least = levels > 0 ? 1.0 / levels : WidthMin;
            _widths[k] = levels > 0 ? Math.Max(1, Math.Round(width * levels)) / levels : Math.Max(width, WidthMin);
            isFine &= _widths[k] <= least;
        }
        return isFine;
    }

    private void SetMoved(int row, double[] point, int k, double move)
    {
        point.CopyTo(_batch.Point(row));
        _batch.Point(row)[_moving[k]] += move;
    }

    private bool Allows(double[] point, int k, double move) => point[_moving[k]] + move is > 0 and < 1;

    /// <summary>A point to either side; where one is outside, the other twice as far.</summary>
    private void SetTwoSided(double[] point)
    {
        _batch.Resize(2 * _n);
        for (int k = 0; k < _n; k++)
        {
            double up = Allows(point, k, _widths[k]) ? _widths[k] : -2 * _widths[k], down = Allows(point, k, -_widths[k]) ? -_widths[k] : 2 * _widths[k];
            SetMoved(2 * k, point, k, Allows(point, k, up) ? up : 0);
            SetMoved(2 * k + 1, point, k, Allows(point, k, down) ? down : 0);
        }
    }

    private void ReadTwoSided(Standing standing)
    {
        Array.Clear(_inverse);
        Array.Clear(_gradient);
        double value = standing.Value, largest = 0;
        for (int k = 0; k < _n; k++)
        {
            double a = _batch.Point(2 * k)[_moving[k]] - standing.Point[_moving[k]], b = _batch.Point(2 * k + 1)[_moving[k]] - standing.Point[_moving[k]];
            double riseA = _batch.Value(2 * k) - value, riseB = _batch.Value(2 * k + 1) - value;
            if (a == b || a == 0 || b == 0 || !(Math.Abs(riseA) < Batch.Failed / 2) || !(Math.Abs(riseB) < Batch.Failed / 2))
            {
                continue;
            }
            // The parabola through the three points.
            double bend = 2 * (riseA / a - riseB / b) / (a - b);
            _gradient[k] = riseA / a - bend * a / 2;
            _inverse[k * _n + k] = bend;
            largest = Math.Max(largest, Math.Abs(bend));
        }
        for (int k = 0; k < _n; k++)
        {
            // Where the function is bent downwards, as if it were bent as much upwards; nowhere flatter than by far.
            double bend = Math.Max(Math.Abs(_inverse[k * _n + k]), Math.Max(1e-6 * largest, 1e-300));
            _inverse[k * _n + k] = 1 / bend;
        }
    }

    private void SetOneSided(double[] point)
    {
        _batch.Resize(_n);
        for (int k = 0; k < _n; k++)
        {
            double move = _gradient[k] > 0 ? -_widths[k] : _widths[k];   // to where it falls
            _signs[k] = Allows(point, k, move) ? move : -move;
            SetMoved(k, point, k, Allows(point, k, _signs[k]) ? _signs[k] : 0);
        }
    }

    private void ReadOneSided(Standing standing)
    {
        for (int k = 0; k < _n; k++)
        {
            double rise = _batch.Value(k) - standing.Value;
            _gradient[k] = Math.Abs(rise) < Batch.Failed / 2 ? rise / _signs[k] : 0;
        }
    }

    /// <summary>Minus inverse curvature times gradient, of the variables that it does not lead out of the box. Returns its largest component.</summary>
    private double SetStep(double[] point)
    {
        Array.Clear(_step);
        double reach = 0;
        for (int k = 0; k < _n; k++)
        {
            if (!IsHeld(point, k))
            {
                for (int j = 0; j < _n; j++)
                {
                    _step[k] -= IsHeld(point, j) ? 0 : _inverse[k * _n + j] * _gradient[j];
                }
            }
        }
        for (int k = 0; k < _n; k++)
        {
            reach = Math.Max(reach, Math.Abs(_step[k]));
        }
        return reach;
    }

    private bool IsHeld(double[] point, int k)
    {
        double edge = _space.LevelCount(_moving[k]) is > 0 and int levels ? 0.75 / levels : 1e-12;
        return _gradient[k] > 0 ? point[_moving[k]] < edge : point[_moving[k]] > 1 - edge;
    }

    /// <summary>Puts the point at this length of the step on the grid; false = it is where the search stands.</summary>
    private bool SetTrial(double[] point, double length)
    {
        _batch.Resize(1);
        Span<double> trial = _batch.Point(0);
        point.CopyTo(trial);
        bool hasMoved = false;
        for (int k = 0; k < _n; k++)
        {
            int variable = _moving[k];
            double moved = Math.Clamp(point[variable] + length * _step[k], 0, 1);
            trial[variable] = _space.LevelCount(variable) > 0 ? _space.Middle(variable, _space.Level(variable, moved)) : moved;
            hasMoved |= trial[variable] != point[variable];
        }
        return hasMoved;
    }

    /// <summary>BFGS, with the step that was really walked.</summary>
    private void UpdateInverse()
    {
        double curvature = 0, lengths = 0;
        for (int k = 0; k < _n; k++)
        {
            _change[k] = _gradient[k] - _lastGradient[k];
            curvature += _step[k] * _change[k];
            lengths += _step[k] * _step[k];
        }
        if (!(curvature > 1e-10 * Math.Sqrt(lengths * Rows.Dot(_change, _change))))
        {
            return;
        }
        double along = 0;
        for (int k = 0; k < _n; k++)
        {
            _product[k] = Rows.Dot(_inverse.AsSpan(k * _n, _n), _change);
            along += _product[k] * _change[k];
        }
        double factor = (1 + along / curvature) / curvature;
        for (int k = 0; k < _n; k++)
        {
            for (int j = 0; j < _n; j++)
            {
                _inverse[k * _n + j] += factor * _step[k] * _step[j] - (_product[k] * _step[j] + _step[k] * _product[j]) / curvature;
            }
        }
    }
}
