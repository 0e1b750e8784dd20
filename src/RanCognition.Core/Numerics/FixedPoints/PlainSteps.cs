namespace RanCognition.Numerics;

/// <summary>x = F(x), again and again (Picard), and what becomes of it.</summary>
internal sealed class PlainSteps
{
    /// <summary>Beyond it, growing still, a sequence is said to leave every bound.</summary>
    private const double Beyond = 1e100;

    /// <summary>Factor by which the residual, or the point, must have grown when F is infinite for that to be growth.</summary>
    private const double Growth = 10;

    private const int StandstillSteps = 100;
    private const int DriftSteps = 10;
    private const double SameStep = 1e-4;
    private const double Rounding = 8 * 2.2e-16;   // of x, in a residual

    private readonly FixedPointWalk _walk;
    private readonly CycleWatch _cycle;
    private readonly CycleApproach _approach;
    private readonly double[] _mark;          // x where the number of steps was last a power of two
    private readonly double[] _earlierMark;   // and at the power before
    private readonly double _startSize;
    private int _steps;
    private double _markResidual;
    private double _earlierMarkResidual;
    private int _markAt;
    private int _earlierMarkAt;
    private int _growing;
    private int _sinceBest;
    private bool _isApproached;

    public PlainSteps(FixedPointWalk walk)
    {
        _walk = walk;
        _cycle = new CycleWatch(walk.Dimension);
        _approach = new CycleApproach(walk.Dimension);
        _mark = (double[])walk.X.Clone();
        _earlierMark = (double[])walk.X.Clone();
        _startSize = walk.Size;
        _markResidual = _earlierMarkResidual = walk.Residual;
        _cycle.Add(walk.X, walk.Residual);
    }

    /// <summary>Of the cycle that was found; 0 = none.</summary>
    public int Period { get; private set; }

    /// <summary>Mean of the points of the cycle.</summary>
    public void CycleMean(Span<double> target) => _cycle.Mean(target);

    /// <summary>The point of the cycle with the least residual, which is returned.</summary>
    public double CyclePoint(Span<double> target) => _isApproached ? _approach.Least(Period, target) : _cycle.Least(target);

    /// <summary>Steps on; can be called again after its steps ended.</summary>
    public StepOutcome Run(int steps)
    {
        for (; ; steps--)
        {
            if (_walk.IsConverged)
            {
                return StepOutcome.Converged;
            }
            if (steps <= 0 && _cycle.Return == 0 || !_walk.HasSteps)
            {
                return StepOutcome.Budget;
            }
            double before = _walk.Residual;
            double best = _walk.BestResidual;
            if (Failure(_walk) is { } failure)
            {
                return failure;
            }
            _walk.Accept();
            _growing = _walk.Residual > before ? _growing + 1 : 0;
            _sinceBest = _walk.Residual < best ? 0 : _sinceBest + 1;
            Period = _cycle.Add(_walk.X, _walk.Residual);
            _approach.Add(_walk.X, _walk.Residual);
            if (Period > 0)
            {
                return StepOutcome.Cycle;
            }
            if (_cycle.StandsStill && _sinceBest >= StandstillSteps)
            {
                return StepOutcome.Stalled;
            }
            if (_walk.Size > Beyond * Math.Max(1, _startSize) && _growing >= 3)
            {
                return StepOutcome.Diverged;
            }
            if (int.IsPow2(++_steps))
            {
                _mark.CopyTo(_earlierMark, 0);
                _walk.X.CopyTo(_mark, 0);
                (_earlierMarkAt, _markAt) = (_markAt, _steps);
                (_earlierMarkResidual, _markResidual) = (_markResidual, _walk.Residual);
            }
        }
    }

    /// <summary>The period of a cycle that the last steps were in, or close in on, when the budget ended before that was sure; 0 = none.</summary>
    public int ApproachedPeriod()
    {
        Period = _approach.Period();
        _isApproached = Period > 0;
        return Period = _isApproached ? Period : _cycle.Return;
    }

    /// <summary>Over half of the steps at least each one moved by the same vector, no shorter in the end: a straight line without end. Steps that get shorter, however slowly, may lead to a point.</summary>
    public bool Drifts()
    {
        if (_steps < DriftSteps || _walk.Residual < _earlierMarkResidual - Rounding * Math.Max(_walk.Size, DenseVectors.LargestSize(_walk.Image)))
        {
            return false;
        }
        int since = _steps - _earlierMarkAt;
        double slack = SameStep * since * _walk.Residual;
        for (int i = 0; i < _mark.Length; i++)
        {
            double x = _walk.X[i];
            if (!(Math.Abs(x - _earlierMark[i] - since * (_walk.Image[i] - x)) <= slack))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Makes the plain step the trial; null = F is finite there.</summary>
    public static StepOutcome? Failure(FixedPointWalk walk)
    {
        walk.TryImage();
        return walk.Evaluate() ? null : walk.IsOutOfTime ? StepOutcome.Budget : HasGrown(walk) ? StepOutcome.Diverged : StepOutcome.NotFinite;
    }

    /// <summary>Whether F stopped being finite because the points ran away. Where a number is no number they must have run very far.</summary>
    private static bool HasGrown(FixedPointWalk walk)
    {
        double size = DenseVectors.LargestSize(walk.Trial);
        return size > Beyond
            || !double.IsNaN(walk.BadValue) && (walk.Residual > Growth * walk.BestResidual || size > Growth * Growth * Math.Max(1, walk.Size));
    }
}
