namespace RanCognition.Numerics;

/// <summary>Newton's method on F(x) - x.</summary>
/// <remarks>
/// Each step solves (I - J) s = F(x) - x and is halved until the residual falls (J. E. Dennis and R. B. Schnabel, Numerical Methods for Unconstrained Optimization and Nonlinear Equations, 1983, 6.3). Where no
/// length helps, or I - J is singular, plain steps lead elsewhere: one, the next time two, then four, .., up to 64, which may raise the residual. Between Jacobians that cost many evaluations, and from one that is given, the inverse is
/// corrected by C. G. Broyden's rank-one updates (Mathematics of Computation 19, 1965), kept as factors: H' = (I + u s') H with u = (s - H y) / (s' H y), y being the change of x - F(x).
/// When a given Jacobian leads no further, differences take its place.
/// </remarks>
internal sealed class NewtonSteps
{
    private const int HalvingsMax = 12;
    private const int UpdatesMax = 40;
    private const int Escapes = 7;
    private const int CrawlsMax = 6;
    private const double EnoughFall = 1e-4;
    private const double GoodRatio = 0.5;
    private const double CrawlLength = 1.0 / 32;
    private const double EscapeGrowth = 1e6;

    private readonly FixedPointWalk _walk;
    private SlopeSource _slopes;
    private readonly LuFactors _factors;
    private readonly double[] _direction;
    private readonly double[] _corrected;
    private readonly double[] _updateSteps;     // s of each update
    private readonly double[] _updateFactors;   // u of each
    private readonly bool _updates;
    private int _updateCount;
    private bool _hasFactors;
    private bool _isFresh;
    private int _escapes;
    private int _crawls;

    public NewtonSteps(FixedPointWalk walk, SlopeSource slopes)
    {
        int n = walk.Dimension;
        _walk = walk;
        _slopes = slopes;
        _factors = new LuFactors(n);
        _direction = new double[n];
        _corrected = new double[n];
        _updates = slopes.IsCostly || !slopes.IsFresh;
        _updateSteps = _updates ? new double[n * UpdatesMax] : [];
        _updateFactors = _updates ? new double[n * UpdatesMax] : [];
    }

    /// <summary>Plain steps are taken again and again while there are steps, not seven times.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Stalls where a whole step does not lower the residual: a better start is known.</summary>
    public bool TakesWholeStepsOnly { get; init; }

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
        }
        return StepOutcome.Converged;
    }

    private StepOutcome? Step()
    {
        double before = _walk.Residual;
        bool isAccepted = (_hasFactors || Refresh()) && Descend();
        if (!isAccepted && !_walk.IsOutOfTime && !_isFresh && Refresh())
        {
            isAccepted = Descend();
        }
        if (_walk.IsOutOfTime)
        {
            return StepOutcome.Budget;
        }
        if (TakesWholeStepsOnly && !isAccepted)
        {
            return StepOutcome.Stalled;
        }
        if (!isAccepted || _crawls >= CrawlsMax)
        {
            return Escape(isAccepted);
        }
        if (!_updates)
        {
            _hasFactors = false;
        }
        else if (_updateCount == UpdatesMax || _slopes.IsFresh && !_isFresh && !(_walk.Residual < GoodRatio * before))
        {
            _hasFactors = false;
        }
        return null;
    }

    private bool Refresh()
    {
        _updateCount = 0;
        _hasFactors = _slopes.Read() && _factors.FactorizeOneMinus(_slopes.Slopes);
        _isFresh = true;
        return _hasFactors;
    }

    /// <summary>The step, or a part of it, that makes the residual fall.</summary>
    private bool Descend()
    {
        _walk.Difference(_direction);
        Apply(_direction, _updateCount);
        if (!double.IsFinite(DenseVectors.LargestSize(_direction)))
        {
            return false;
        }
        double length = 1;
        int halvings = TakesWholeStepsOnly ? 0 : _isFresh ? HalvingsMax : 2;
        for (int halving = 0; halving <= halvings; halving++, length /= 2)
        {
            _walk.X.CopyTo(_walk.Trial, 0);
            DenseVectors.Add(length, _direction, _walk.Trial);
            if (_walk.Evaluate() && _walk.TrialResidual <= (1 - EnoughFall * length) * _walk.Residual)
            {
                _crawls = length <= CrawlLength ? _crawls + 1 : 0;
                _walk.Accept();
                if (_updates)
                {
                    Update();
                }
                return true;
            }
            if (_walk.IsOutOfTime)
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>Plain steps, for want of better ones: 1, then 2, 4, ...</summary>
    private StepOutcome? Escape(bool hasMoved)
    {
        _hasFactors = false;
        _crawls = 0;
        if (!_slopes.IsFresh)
        {
            _slopes = new SlopeSource(_walk, null);   // the given ones lead no further
        }
        if (!hasMoved && _walk.IsBestAtFloor || !_walk.HasSteps)
        {
            return _walk.IsBestAtFloor ? StepOutcome.Stalled : StepOutcome.Budget;
        }
        if (_escapes == Escapes && !IsPersistent)
        {
            return StepOutcome.Stalled;
        }
        int steps = 1 << Math.Min(_escapes++, Escapes - 1);
        double limit = EscapeGrowth * Math.Max(_walk.BestResidual, _walk.Tolerance);
        for (int step = steps; step > 0 && _walk.HasSteps && !_walk.IsConverged; step--)
        {
            if (PlainSteps.Failure(_walk) is { } failure)
            {
                return failure;
            }
            if (_walk.TrialResidual > limit)
            {
                return StepOutcome.Stalled;
            }
            _walk.Accept();
        }
        return null;
    }

    private void Apply(Span<double> vector, int updates)
    {
        int n = vector.Length;
        _factors.Solve(vector);
        for (int k = 0; k < updates; k++)
        {
            DenseVectors.Add(DenseVectors.Dot(_updateSteps.AsSpan(k * n, n), vector), _updateFactors.AsSpan(k * n, n), vector);
        }
    }

    /// <summary>Takes in the step just made; the walk's trial is the point before.</summary>
    private void Update()
    {
        _isFresh = false;
        if (_updateCount == UpdatesMax)
        {
            return;
        }
        int n = _walk.Dimension;
        Span<double> step = _updateSteps.AsSpan(_updateCount * n, n), factor = _updateFactors.AsSpan(_updateCount * n, n);
        for (int i = 0; i < n; i++)
        {
            step[i] = _walk.X[i] - _walk.Trial[i];
            _corrected[i] = step[i] - (_walk.Image[i] - _walk.TrialImage[i]);
        }
        Apply(_corrected, _updateCount);   // H y
        double along = DenseVectors.Dot(step, _corrected);
        if (!double.IsFinite(along) || Math.Abs(along) < 1e-12 * DenseVectors.Dot(step, step))
        {
            return;
        }
        DenseVectors.Subtract(step, _corrected, factor);
        DenseVectors.Scale(1 / along, factor);
        _updateCount++;
    }
}
