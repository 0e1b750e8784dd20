namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Local search with constraints: each step solves a quadratic model of the Lagrangian with linear constraints, and a merit decides how far to go.</summary>
/// <remarks>
/// Sequential quadratic programming: Powell 1978; Fletcher, "Practical Methods of Optimization", 2nd edition 1987, section 14.4 (elastic constraints, so that linear models that conflict still give a
/// step, towards least violation) and 14.4 on the second-order correction; steering of the prices after Byrd, Nocedal and Waltz, "Steering exact penalty methods", 2008. The constraints are tightened by
/// a margin far below what matters, so that steps that converge to the border end inside of it.
/// </remarks>
internal sealed partial class SequentialQuadratic
{
    private const double Margin = 1e-10;          // of what a constraint changes over the cube
    private const double ConvergedShare = 1e-13;  // promise per size of the objective at which nothing is left
    private const double SizeMin = 1e-6;
    private const double Sufficient = 1e-4;       // gain per promise
    private const int TrialsMax = 12;
    private const int RenewalsMax = 4;
    private const double RadiusOfRenewalMin = 0.01;
    private const int FailuresMax = 2;
    private const double Coarsening = 30;         // of differences, after a step along which nothing falls
    private const double RadiusAfterFailure = 0.1;
    private const double RadiusMin = 1e-6;
    private const int StuckMax = 6;               // steps between constraints that conflict, without less violation
    private const int ProbeEvery = 5;             // iterations
    private const double ProbeRoom = 0.3;         // beyond the border, per violation
    private const double Softness = 100;          // first step without constraints, per radius
    private const double Price = 1e3;             // of violation, per slope of the objective
    private const double MultiplierMax = 3;       // in what curvature is learnt from, per slope of the objective
    private const double WeightDecay = 0.1;
    private const double OrdinaryMin = 1e-9;
    private const double OrdinaryMax = 1e9;

    private readonly Ledger _ledger;
    private readonly int[] _moving;
    private readonly int _n;
    private readonly int _constraints;
    private readonly ElasticProjection _projection;
    private readonly LocalModel _model;
    private readonly Batch _batch;
    private readonly double[] _weights;           // of the merit, a price of violation per constraint
    private readonly double[] _multipliers;
    private readonly double[] _step;              // y of the whole step
    private readonly double[] _taken;             // y of the best trial
    private readonly double[] _scaled;            // constraints where it stands, scaled
    private readonly double[] _scales;            // of the constraints, powers of two
    private readonly double[] _trialConstraints;
    private readonly double[] _trial;
    private LocalGoal _goal = new();
    private double _length;                       // of the step that was taken, as a share of the whole
    private double _gain;                         // of merit
    private double _trialValue;
    private double _value;                        // objective where it stands, scaled
    private double _valueScale = 1;

    public SequentialQuadratic(SearchProblem problem, Ledger ledger, int[] moving)
    {
        _ledger = ledger;
        _moving = moving;
        _n = moving.Length;
        _constraints = problem.ConstraintCount;
        _projection = new ElasticProjection(_n, _constraints);
        _model = new LocalModel(moving, _constraints, _projection);
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, _constraints);
        Point = new double[problem.Space.Dimension];
        Constraints = new double[_constraints];
        _weights = new double[_constraints];
        _multipliers = new double[_constraints];
        _step = new double[_n];
        _taken = new double[_n];
        _trial = new double[problem.Space.Dimension];
        _trialConstraints = new double[_constraints];
        _scaled = new double[_constraints];
        _scales = new double[_constraints];
        Array.Fill(_scales, 1);
    }

    /// <summary>Where it stands.</summary>
    public double[] Point { get; }

    /// <summary>Objective there.</summary>
    public double Value => _value / _valueScale;

    /// <summary>Constraints there.</summary>
    public double[] Constraints { get; }

    /// <summary>Sum of the chosen constraints above 0 there.</summary>
    public double Violation { get; private set; }

    /// <summary>Whether the last search ended because the model promises nothing more.</summary>
    public bool IsClean { get; private set; }

    /// <summary>Whether the last search ended because the best point known was out of its reach.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Searches from a point.</summary>
    public IEnumerable<Batch> Run(double[] start, LocalGoal goal)
    {
        _goal = goal;
        IsClean = IsGivenUp = false;
        start.CopyTo(Point, 0);
        _batch.Resize(1);
        start.CopyTo(_batch.Point(0));
        yield return _batch;
        if (double.IsInfinity(_batch.Violation(0)))
        {
            _value = Batch.Failed;
            _valueScale = 1;
            Violation = double.PositiveInfinity;
            yield break;
        }
        ChooseScales();
        ScaleBatch();
        TakePoint(start, _batch.Value(0), _batch.Constraints(0));
        if (_n == 0 || IsDone())
        {
            yield break;
        }
        Array.Clear(_weights);
        Array.Clear(_model.RowScales);
        _model.Coarseness = 1;
        double radius = goal.FirstRadius;
        double leastViolation = Violation;
        int failures = 0, slow = 0, hopeless = 0, stuck = 0, renewed = 0, renewals = 0;
        foreach (Batch batch in Renew(radius))
        {
            yield return batch;
        }
        for (int iteration = 0; iteration < goal.IterationsMax; iteration++)
        {
            if (IsProbeDue(iteration))
            {
                SetProbe(radius);
                yield return _batch;
            }
            double promised = Solve(radius), size = goal.WithObjective ? Math.Abs(_value) : 0;
            if (!(promised > ConvergedShare * Math.Max(SizeMin, size)))
            {
                if (iteration - renewed <= 1 || renewals == RenewalsMax)
                {
                    IsClean = !double.IsNaN(promised);
                    yield break;
                }
                renewed = iteration + 1;   // a factor that has collapsed promises nothing either: look again with a new one
                renewals++;
                radius = Math.Min(Math.Max(radius, RadiusOfRenewalMin), goal.FirstRadius);
                foreach (Batch batch in Renew(radius))
                {
                    yield return batch;
                }
                continue;
            }
            foreach (Batch batch in Search(promised, radius))
            {
                yield return batch;
            }
            if (_length == 0)
            {
                if (++failures > FailuresMax)
                {
                    yield break;
                }
                _model.Coarseness *= Coarsening;
                radius = Math.Min(radius, RadiusAfterFailure);
                foreach (Batch batch in Renew(radius))
                {
                    yield return batch;
                }
                continue;
            }
            bool isConflict = _projection.IsAnySaturated;
            double moved = LongestMove(_taken);
            radius = _length >= 1 ? Math.Max(radius, Math.Min(1, 2.5 * moved)) : Math.Max(RadiusMin, Math.Min(radius, 2 * moved));
            TakePoint(_trial, _trialValue, _trialConstraints);
            if (IsDone())
            {
                yield break;
            }
            slow = _gain < 1e-11 * size + 1e-7 * Math.Max(0, _value - BestKnown) && Violation == 0 && goal.WithObjective ? slow + 1 : 0;
            hopeless = IsHopeless(promised) ? hopeless + 1 : 0;
            stuck = Violation < 0.99 * leastViolation || !isConflict ? 0 : stuck + 1;
            leastViolation = Math.Min(leastViolation, Violation);
            if (slow >= 3 || hopeless >= 3 || stuck >= StuckMax)
            {
                IsGivenUp = hopeless >= 3;
                yield break;
            }
            foreach (Batch batch in Gradient())
            {
                yield return batch;
            }
            if (goal.WithObjective)
            {
                _model.Learn(_taken, _multipliers);
            }
            _model.Move();
        }
    }

    /// <summary>Goes along the step as far as the merit falls enough; leaves what it took in the trial, its length in y, and what it gained.</summary>
    private IEnumerable<Batch> Search(double promised, double radius)
    {
        double merit = Merit(_value, _scaled), best = merit, length = 1;
        bool isCorrected = false;
        _length = 0;
        for (int trial = 0; trial < TrialsMax; trial++)
        {
            SetTrial(_step, length);
            yield return _batch;
            double found = TrialMerit();
            if (found < best)
            {
                best = found;
                _length = length;
                isCorrected = false;
                TakeTrial();
            }
            if (found <= merit - Sufficient * length * promised)
            {
                break;
            }
            if (trial == 0 && double.IsFinite(found) && Correct(radius))
            {
                SetTrial(_projection.Solution, 1);
                yield return _batch;
                double corrected = TrialMerit();
                if (corrected < best)
                {
                    best = corrected;
                    _length = 1;
                    isCorrected = true;
                    TakeTrial();
                }
                if (corrected <= merit - Sufficient * promised)
                {
                    break;
                }
            }
            if (_length > 0 && trial > 3)
            {
                break;
            }
            double parabola = double.IsFinite(found) ? promised * length * length / (2 * (found - merit + promised * length)) : 0;
            length = Math.Clamp(parabola, 0.1 * length, 0.5 * length);
        }
        _gain = merit - best;
        for (int k = 0; k < _n; k++)
        {
            _taken[k] = isCorrected ? _projection.Solution[k] : _length * _step[k];
        }
    }

    /// <summary>Begins with a new model of the curvature.</summary>
    private IEnumerable<Batch> Renew(double radius)
    {
        _model.Reset(1);
        foreach (Batch batch in Gradient())
        {
            yield return batch;
        }
        _model.Move();
        FirstScale(radius);
    }

    private IEnumerable<Batch> Gradient()
    {
        _model.AskGradient(_batch, Point, _goal.WithObjective ? _value : 0);
        do
        {
            yield return _batch;
            ScaleBatch();
        }
        while (!_model.TakeGradient(_batch, Point, _value, _scaled, _goal.WithObjective));
    }
}
