namespace RanCognition.Numerics;

/// <summary>Anderson's mixing: the next point is made of the last ones so that, were F linear, their residuals would cancel as far as they can.</summary>
/// <remarks>
/// D. G. Anderson, Journal of the ACM 12, 1965; type II in the form of H. F. Walker and P. Ni, SIAM Journal on Numerical Analysis 49, 2011. On a linear map in n dimensions it does what GMRES does, so with a
/// depth of n it is exact after n steps and a plain one.
/// Safeguard: a mixed step is kept if its residual falls (in the largest component or in length), else the plain step takes its place. Where F has been seen to stretch distances the plain step is no
/// better, and residuals rise on the way to a fixed point even when the mixing is exact: there mixed steps are kept within a bound, and when the residual has not fallen below its best for
/// depth + 3 steps the walk returns to its best point and begins anew with steps half as long. When no length helps, plain steps (8, then 16, ...) lead over the rise, and the best is counted anew.
/// </remarks>
internal sealed class AndersonSteps
{
    private const double KeptGrowth = 1e4;
    private const double ShortestShare = 1.0 / 64;
    private const int FirstEscape = 8;
    private const int Escapes = 5;
    private const int EscapeMax = 1024;

    private readonly FixedPointWalk _walk;
    private readonly UpdatedQr _columns;
    private readonly double[] _steps;        // differences of points, scaled as their column of residual differences
    private readonly int[] _places;          // of the columns in _steps, oldest first
    private readonly double[] _weights;
    private readonly double[] _lastX;
    private readonly double[] _lastResidual;
    private readonly double[] _residual;
    private readonly double[] _change;
    private readonly int _depth;
    private double _stretch;                 // largest |F(x) - F(y)| / |x - y| seen
    private double _share = 1;               // of the residual that a step adds
    private readonly double[] _bestX;
    private double _best;                    // length of the residual there: the best since the last escape
    private int _sinceBest;
    private int _escapes;
    private bool _hasLast;
    private StepOutcome? _failure;           // of the plain step from the best point

    public AndersonSteps(FixedPointWalk walk, int depth)
    {
        int n = walk.Dimension;
        _walk = walk;
        _depth = Math.Min(depth, n);
        _columns = new UpdatedQr(n, _depth);
        _steps = new double[n * _depth];
        _places = new int[_depth];
        _weights = new double[_depth];
        _lastX = new double[n];
        _lastResidual = new double[n];
        _residual = new double[n];
        _change = new double[n];
        _bestX = (double[])walk.X.Clone();
        _best = walk.Length;
        for (int j = 0; j < _depth; j++)
        {
            _places[j] = j;
        }
    }

    /// <summary>Plain steps are taken again and again while there are steps, not five times.</summary>
    public bool IsPersistent { get; init; }

    public StepOutcome Run(int steps)
    {
        while (!_walk.IsConverged)
        {
            if (steps-- <= 0 || !_walk.HasSteps)
            {
                return StepOutcome.Budget;
            }
            if (Step() is { } failure)
            {
                return failure;
            }
            if (_walk.Length < _best)
            {
                RememberBest();
                _sinceBest = 0;
                _share = Math.Min(1, 2 * _share);
            }
            else if (++_sinceBest > _depth + 3)
            {
                if (Retreat() is { } stall)
                {
                    return stall;
                }
            }
        }
        return StepOutcome.Converged;
    }

    private StepOutcome? Step()
    {
        _walk.Difference(_residual);
        if (_hasLast)
        {
            Learn();
        }
        _walk.X.CopyTo(_lastX, 0);
        _residual.CopyTo(_lastResidual, 0);
        _hasLast = true;

        _walk.X.CopyTo(_walk.Trial, 0);
        _columns.Project(_residual, _weights);
        for (int j = 0; j < _columns.Columns; j++)
        {
            DenseVectors.Add(-_weights[j], StepOf(j), _walk.Trial);
        }
        DenseVectors.Add(_share, _residual, _walk.Trial);
        bool isFinite = _walk.Evaluate();
        if (isFinite && (Falls() || _stretch > 1 && _walk.TrialLength <= KeptGrowth * _best))
        {
            _walk.Accept();
            _failure = null;
            return null;
        }
        if (_walk.IsOutOfTime)
        {
            return StepOutcome.Budget;
        }
        if (PlainSteps.Failure(_walk) is { } failure)
        {
            _failure = failure;
            return failure is StepOutcome.Budget ? failure : Retreat();
        }
        if (_walk.TrialLength > KeptGrowth * _best)
        {
            return Retreat();
        }
        _walk.Accept();
        _failure = null;
        return null;
    }

    /// <summary>Back to the best point, with shorter steps; null = goes on.</summary>
    private StepOutcome? Retreat()
    {
        if (_walk.BestLength <= _best)
        {
            _walk.ReturnToBest();
        }
        else if (!_walk.TryMoveTo(_bestX))
        {
            return _walk.IsOutOfTime ? StepOutcome.Budget : StepOutcome.NotFinite;   // it was finite there before
        }
        Forget();
        _share /= 2;
        return _share < ShortestShare ? Escape() : null;
    }

    /// <summary>Plain steps from the best point, in the hope of a better place behind.</summary>
    private StepOutcome? Escape()
    {
        if (_failure is not null || _escapes == Escapes && !IsPersistent || _walk.IsBestAtFloor)
        {
            return _failure ?? StepOutcome.Stalled;
        }
        double limit = KeptGrowth * _walk.Length;
        int steps = Math.Min(FirstEscape << Math.Min(_escapes++, 8), EscapeMax);
        for (int step = steps; step > 0 && _walk.Length <= limit; step--)
        {
            if (!_walk.HasSteps)
            {
                return StepOutcome.Budget;
            }
            if (PlainSteps.Failure(_walk) is { } failure)
            {
                return failure;
            }
            _walk.Accept();
        }
        _share = 1;
        RememberBest();
        return null;
    }

    private void RememberBest()
    {
        _walk.X.CopyTo(_bestX, 0);
        _best = _walk.Length;
    }

    private bool Falls() => _walk.TrialResidual < _walk.Residual || _walk.TrialLength < _walk.Length;

    private void Forget()
    {
        _columns.Clear();
        _hasLast = false;
        _sinceBest = 0;
    }

    private Span<double> StepOf(int column) => _steps.AsSpan(_places[column] * _lastX.Length, _lastX.Length);

    /// <summary>Takes in the last step: how the residual changed with the point.</summary>
    private void Learn()
    {
        DenseVectors.Subtract(_residual, _lastResidual, _change);
        double length = DenseVectors.Norm(_change);
        if (!(length > 0) || !double.IsFinite(length))
        {
            return;
        }
        DenseVectors.Scale(1 / length, _change);
        int removed = _columns.Append(_change);
        Rotate(removed);
        Span<double> step = StepOf(_columns.Columns - 1);
        DenseVectors.Subtract(_walk.X, _lastX, step);
        DenseVectors.Scale(1 / length, step);
        double moved = DenseVectors.Norm(step);
        DenseVectors.Add(1, step, _change);   // the change of F itself
        _stretch = Math.Max(_stretch, DenseVectors.Norm(_change) / moved);
    }

    /// <summary>The places of columns that were taken away come last.</summary>
    private void Rotate(int removed)
    {
        for (; removed > 0; removed--)
        {
            int first = _places[0];
            Array.Copy(_places, 1, _places, 0, _depth - 1);
            _places[_depth - 1] = first;
        }
    }
}
