using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.FixedPoints;

/// <summary>Runs the method that was asked for, or the surest ones in turn.</summary>
/// <remarks>
/// Auto. Where slopes are at hand and the map is not large: Newton, from the start, and from where it cannot miss. Else, and when that fails: a few plain steps, as many more as they converge fast; Anderson
/// from the best point; Newton from there; Newton from the middle of the cycle, if plain steps ran in one; in one dimension bisection between points that F moves apart; Newton from points around the
/// best. When no fixed point is found the plain iteration is followed with the steps that are left, and judged.
/// </remarks>
internal sealed class FixedPointSearch
{
    private const int NewtonStepsMax = 50;
    private const int NewtonVariablesMax = 200;
    private const int PlainBatch = 8;
    private const double PlainFall = 1e-3;   // of the residual in a batch: faster, and plain steps go on
    private const int AndersonStepsLeast = 30;
    private const int AndersonStepsMax = 150;
    private const int JudgedSteps = 2000;
    private const int PeriodSteps = 512;
    private const int AroundTries = 16;
    private const double TriedShare = 0.6;   // of the steps: the rest is for plain ones

    private readonly FixedPointWalk _walk;
    private readonly FixedPointRequest _request;
    private readonly IProvenMap? _proven;
    private readonly double[]? _given;
    private readonly double[] _start;
    private SlopeSource? _slopes;

    public FixedPointSearch(FixedPointWalk walk, IProvenMap? proven, FixedPointRequest request, double[]? given)
    {
        _walk = walk;
        _proven = proven;
        _request = request;
        _given = given;
        _start = new double[walk.Dimension];
        MethodUsed = request.Method;
        SureStart = request.Method is FixedPointMethod.Auto or FixedPointMethod.Newton ? proven?.SureStart : null;
    }

    /// <summary>Where Newton's method, if it is to be used, cannot miss.</summary>
    public double[]? SureStart { get; }

    public StepOutcome Outcome { get; private set; }

    /// <summary>The method that found the point, or was tried last.</summary>
    public FixedPointMethod MethodUsed { get; private set; }

    /// <summary>The plain iteration that is to be judged; null = other methods were used.</summary>
    public PlainSteps? Plain { get; private set; }

    /// <summary>Residuals before those that are to be judged.</summary>
    public long JudgedAfter { get; private set; }

    /// <summary>Of plain steps; 0 = they were not seen to run in a cycle.</summary>
    public int Period { get; private set; }

    /// <summary>The point of that cycle with the least residual.</summary>
    public double[]? CyclePoint { get; private set; }

    public double CycleResidual { get; private set; }

    /// <summary>Whether a fixed point may have been found that plain steps do not go to.</summary>
    public bool UsesOtherSteps => _request.Method == FixedPointMethod.Auto && Plain is null;

    /// <summary>Runs from where the walk is.</summary>
    public void Run()
    {
        _walk.X.CopyTo(_start, 0);
        Outcome = _request.Method switch
        {
            FixedPointMethod.Picard => RunPlain(_request.MaxIterations),
            FixedPointMethod.Aitken => AitkenSteps.Run(_walk),
            FixedPointMethod.Anderson => Anderson(_request.MaxIterations),
            FixedPointMethod.Newton => NewtonFromStarts(_request.MaxIterations),
            _ => Automatic(),
        };
    }

    /// <summary>Length of the cycle that plain steps from the start run in, if they do.</summary>
    public int? PlainPeriod(IFixedPointMap map, IStepBudget budget, ref ulong evaluations)
    {
        var walk = new FixedPointWalk(map, _request.Tolerance, PeriodSteps, 1, budget);
        int period = 0;
        if (walk.Begin(_start))
        {
            var plain = new PlainSteps(walk);
            StepOutcome outcome = plain.Run(PeriodSteps);
            period = outcome == StepOutcome.Cycle ? plain.Period : outcome == StepOutcome.Budget ? plain.ApproachedPeriod() : 0;
        }
        evaluations += walk.Evaluations;
        return period > 0 ? period : null;
    }

    private StepOutcome RunPlain(int steps)
    {
        MethodUsed = FixedPointMethod.Picard;
        JudgedAfter = _walk.History.Seen - 1;
        Plain = new PlainSteps(_walk);
        StepOutcome outcome = Plain.Run(steps);
        if (outcome == StepOutcome.Budget && Plain.ApproachedPeriod() > 0)
        {
            outcome = StepOutcome.Cycle;
        }
        if (Plain.Period > 0)
        {
            TakeCycle(Plain);
        }
        return outcome;
    }

    private void TakeCycle(PlainSteps plain)
    {
        Period = plain.Period;
        CyclePoint = new double[_walk.Dimension];
        CycleResidual = plain.CyclePoint(CyclePoint);
    }

    private StepOutcome Anderson(int steps)
    {
        MethodUsed = FixedPointMethod.Anderson;
        return new AndersonSteps(_walk, _request.AndersonDepth) { IsPersistent = _request.Method == FixedPointMethod.Anderson }.Run(steps);
    }

    private StepOutcome Newton(int steps, bool wholeOnly = false)
    {
        MethodUsed = FixedPointMethod.Newton;
        _slopes ??= new SlopeSource(_walk, _given);
        return new NewtonSteps(_walk, _slopes) { IsPersistent = _request.Method == FixedPointMethod.Newton, TakesWholeStepsOnly = wholeOnly }.Run(steps);
    }

    /// <summary>From the start; where whole steps lead no further, from where Newton's method cannot miss.</summary>
    private StepOutcome NewtonFromStarts(int steps)
    {
        if (SureStart is null || _request.X0 is null)
        {
            return Newton(steps);
        }
        StepOutcome outcome = Newton(steps, wholeOnly: true);
        return IsOver(outcome) || !_walk.TryMoveTo(SureStart) ? outcome : Newton(steps);
    }

    private bool IsOver(StepOutcome outcome) => outcome == StepOutcome.Converged || !_walk.HasSteps;

    private StepOutcome Automatic()
    {
        StepOutcome outcome = StepOutcome.Stalled;
        if (_walk.HasSlopes && (_walk.Dimension <= NewtonVariablesMax || SureStart is not null))
        {
            outcome = NewtonFromStarts(NewtonStepsMax);
            if (IsOver(outcome) || !_walk.TryMoveTo(_start) || !_walk.HasSteps)
            {
                return outcome;
            }
        }

        var plain = new PlainSteps(_walk);
        outcome = FirstPlainSteps(plain);
        if (IsOver(outcome))
        {
            return outcome;
        }
        double[]? middle = null;
        if (outcome == StepOutcome.Cycle)
        {
            TakeCycle(plain);
            middle = new double[_walk.Dimension];
            plain.CycleMean(middle);
        }
        _walk.ReturnToBest();
        outcome = Anderson(Math.Min(AndersonStepsMax, AndersonStepsLeast + 2 * _walk.Dimension));
        if (!IsOver(outcome))
        {
            _walk.ReturnToBest();
            outcome = Newton(NewtonStepsMax);
        }
        if (!IsOver(outcome) && middle is not null && _walk.TryMoveTo(middle))
        {
            outcome = Newton(NewtonStepsMax);
        }
        if (!IsOver(outcome) && _walk.Dimension == 1)
        {
            _walk.ReturnToBest();
            outcome = BracketSteps.Run(_walk);
        }
        int lastTry = (int)(TriedShare * _walk.StepsMax);
        for (int attempt = 0; !IsOver(outcome) && _walk.Dimension <= NewtonVariablesMax && attempt < AroundTries && _walk.Steps < lastTry; attempt++)
        {
            outcome = Around(attempt);
        }
        if (IsOver(outcome) || _walk.IsBestAtFloor)
        {
            return outcome;
        }
        return _walk.TryMoveTo(_start) ? RunPlain(JudgedSteps) : _walk.IsOutOfTime ? StepOutcome.Budget : StepOutcome.NotFinite;
    }

    private StepOutcome FirstPlainSteps(PlainSteps plain)
    {
        MethodUsed = FixedPointMethod.Picard;
        while (true)
        {
            double before = _walk.Residual;
            StepOutcome outcome = plain.Run(PlainBatch);
            if (outcome != StepOutcome.Budget || !_walk.HasSteps || !(_walk.Residual < PlainFall * before))
            {
                return outcome;
            }
        }
    }

    /// <summary>Newton from a point around the best one, farther each time; the same points each time.</summary>
    private StepOutcome Around(int attempt)
    {
        double reach = (_walk.BestResidual + DenseVectors.LargestSize(_walk.Best)) * Math.ScaleB(0.25, 2 * (attempt % 4));
        double[] point = (double[])_walk.Best.Clone();
        for (int i = 0; i < point.Length; i++)
        {
            uint mixed = (uint)(i * AroundTries + attempt + 1) * 2654435769u;
            mixed = (mixed ^ mixed >> 15) * 2246822519u;
            point[i] += reach * (mixed / (double)uint.MaxValue * 2 - 1);
        }
        return _walk.TryMoveTo(point) ? Newton(NewtonStepsMax) : StepOutcome.Stalled;
    }
}
