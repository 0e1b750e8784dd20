namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Local search with constraints: each step solves a quadratic model of the Lagrangian with linear constraints, and a merit decides how far to go.</summary>
/// <remarks>
/// Sequential quadratic programming: Powell 1978; Fletcher, "Practical Methods of Optimization", 2nd edition 1987, section 14.4 (elastic constraints, so that linear models that conflict still give a
/// step, towards least violation) and 14.4 on the second-order correction; steering of the prices after Byrd, Nocedal and Waltz, "Steering exact penalty methods", 2008. The constraints are tightened by
/// a margin far below what matters, so that steps that converge to the border end inside of it.
/// </remarks>
internal sealed class SequentialQuadratic
{
    private const double Margin = 1e-10;          // of what a constraint changes over the cube
    private const int TrialsMax = 12;
    private const double OrdinaryMin = 1e-9;
    private const double OrdinaryMax = 1e9;
    private const int ProbeEvery = 5;             // iterations
    private const double ProbeRoom = 0.3;         // beyond the border, per violation
    private const double Softness = 100;          // first step without constraints, per radius
    private const int RefreshesMax = 4;
    private const double Price = 1e3;             // of violation, per slope of the objective
    private const double MultiplierMax = 3;       // in what curvature is learnt from, per slope of the objective
    private const double WeightDecay = 0.1;

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
        _model.Reset(1);
        double radius = goal.FirstRadius;
        int failures = 0, slow = 0, hopeless = 0, refreshed = 0, refreshes = 0;
        foreach (Batch batch in Gradient())
        {
            yield return batch;
        }
        _model.Move();
        FirstScale(radius);
        for (int iteration = 0; iteration < goal.IterationsMax; iteration++)
        {
            if (IsProbeDue(iteration))
            {
                SetProbe(radius);
                yield return _batch;
            }
            double predicted = Solve(radius);
            if (!(predicted > 1e-13 * Math.Max(1e-6, Math.Abs(_goal.WithObjective ? _value : 0))))
            {
                if (iteration - refreshed <= 1 || refreshes == RefreshesMax)
                {
                    IsClean = true;
                    yield break;
                }
                refreshed = iteration + 1;   // a factor that has collapsed promises nothing either: look again with a new one
                refreshes++;
                radius = Math.Min(Math.Max(radius, 0.01), goal.FirstRadius);
                _model.Reset(1);
                foreach (Batch batch in Gradient())
                {
                    yield return batch;
                }
                _model.Move();
                FirstScale(radius);
                continue;
            }
            double merit = Merit(_value, _scaled), best = merit, length = 1, taken = 0;
            bool isCorrected = false;
            for (int trial = 0; trial < TrialsMax; trial++)
            {
                SetTrial(_step, length);
                yield return _batch;
                double found = TrialMerit();
                if (found < best)
                {
                    best = found;
                    taken = length;
                    TakeTrial();
                }
                if (found <= merit - 1e-4 * length * predicted)
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
                        taken = 1;
                        isCorrected = true;
                        TakeTrial();
                    }
                    if (corrected <= merit - 1e-4 * predicted)
                    {
                        break;
                    }
                }
                if (taken > 0 && trial > 3)
                {
                    break;
                }
                double parabola = double.IsFinite(found) ? predicted * length * length / (2 * (found - merit + predicted * length)) : 0;
                length = Math.Clamp(parabola, 0.1 * length, 0.5 * length);
            }
            if (taken == 0)
            {
                if (++failures > 2)
                {
                    yield break;
                }
                _model.Coarseness *= 30;
                _model.Reset(1);
                radius = Math.Min(radius, 0.1);
                foreach (Batch batch in Gradient())
                {
                    yield return batch;
                }
                _model.Move();
                FirstScale(radius);
                continue;
            }
            if (!isCorrected)
            {
                for (int k = 0; k < _n; k++)
                {
                    _taken[k] = taken * _step[k];
                }
            }
            else
            {
                _projection.Solution.CopyTo(_taken, 0);
            }
            double moved = LongestMove(_taken);
            radius = taken >= 1 ? Math.Max(radius, Math.Min(1, 2.5 * moved)) : Math.Max(1e-6, Math.Min(radius, 2 * moved));
            TakePoint(_trial, _trialValue, _trialConstraints);
            if (IsDone())
            {
                yield break;
            }
            double gain = merit - best;
            slow = gain < 1e-11 * Math.Abs(goal.WithObjective ? _value : 0) + 1e-7 * Math.Max(0, _value - BestKnown) && Violation == 0 && goal.WithObjective ? slow + 1 : 0;
            hopeless = IsHopeless(predicted, gain) ? hopeless + 1 : 0;
            if (slow >= 3 || hopeless >= 3)
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

    /// <summary>Nothing is known of curvature: the first model is soft, so that its radius and the constraints decide on the step, and learns from there.</summary>
    private void FirstScale(double radius)
    {
        double largest = 0;
        foreach (double slope in _projection.Centre)
        {
            largest = Math.Max(largest, Math.Abs(slope));
        }
        if (largest > 0 && double.IsFinite(largest))
        {
            _model.Rescale(Math.Sqrt(Softness * radius / largest));
        }
    }

    private bool IsChosen(int constraint) => _goal.Chosen is null || _goal.Chosen[constraint];

    /// <summary>A constraint less what is needed to end inside of it.</summary>
    private double Tightened(int constraint, double value) => value + Margin * _model.RowScales[constraint];

    /// <summary>Sets up the model and solves it.</summary>
    /// <returns>What the merit is promised to lose.</returns>
    private double Solve(double radius)
    {
        double slope = Math.Sqrt(Vectors.Dot(_projection.Centre, _projection.Centre)), farthest = 0;
        SetBounds(radius);
        for (int j = 0; j < _constraints; j++)
        {
            _projection.Offsets[j] = Tightened(j, _scaled[j]);
            double length = RowLength(j);
            if (IsChosen(j) && length > 0)
            {
                farthest = Math.Max(farthest, Math.Max(0, _projection.Offsets[j]) / length);
            }
        }
        double price = Price * Math.Max(Math.Max(slope, farthest), 1e-12);
        for (int j = 0; j < _constraints; j++)
        {
            double length = RowLength(j);
            _projection.Caps[j] = IsChosen(j) && length > 0 ? price / length : 0;
        }
        _projection.Solve();
        _projection.Solution.CopyTo(_step, 0);
        double promised = -Vectors.Dot(_projection.Centre, _step);
        for (int j = 0; j < _constraints; j++)
        {
            double multiplier = _projection.Multiplier(j);
            double length = RowLength(j);
            _multipliers[j] = length > 0 ? Math.Min(multiplier, MultiplierMax * slope / length) : 0;
            _weights[j] = !IsChosen(j) ? 0 : _projection.IsSaturated(j) ? multiplier : Math.Max(1.5 * multiplier, WeightDecay * _weights[j]);
            promised += _weights[j] * (Math.Max(0, _projection.Offsets[j]) - Math.Max(0, _projection.Residual(j)));
        }
        return promised;
    }

    private void SetBounds(double radius)
    {
        for (int i = 0; i < _n; i++)
        {
            double at = Point[_moving[i]];
            _projection.Lower[i] = -Math.Min(radius, at);
            _projection.Upper[i] = Math.Min(radius, 1 - at);
        }
    }

    /// <summary>Whether to look for a feasible point next to this one, which is not: steps towards the optimum of a curved border may stay outside of it for long.</summary>
    private bool IsProbeDue(int iteration) => _goal.WithObjective && Violation > 0 && iteration % ProbeEvery == ProbeEvery - 1 && (_ledger.BestViolation > 0 || _value < BestKnown);

    /// <summary>The nearest point at which the linear constraints hold with some room.</summary>
    private void SetProbe(double radius)
    {
        _projection.Centre.CopyTo(_taken, 0);
        Array.Clear(_projection.Centre);
        SetBounds(radius);
        for (int j = 0; j < _constraints; j++)
        {
            double length = RowLength(j);
            _projection.Offsets[j] = Tightened(j, _scaled[j]) + ProbeRoom * Math.Max(0, _scaled[j]);
            _projection.Caps[j] = IsChosen(j) && length > 0 ? 1e6 / length : 0;
        }
        _projection.Solve();
        SetTrial(_projection.Solution, 1);
        _taken.CopyTo(_projection.Centre, 0);
    }

    private double RowLength(int constraint)
    {
        ReadOnlySpan<double> row = _projection.Rows.AsSpan(constraint * _n, _n);
        return Math.Sqrt(Vectors.Dot(row, row));
    }

    /// <summary>Second-order correction: the model with the constraints as they are at the end of the whole step.</summary>
    private bool Correct(double radius)
    {
        bool isViolated = false;
        for (int j = 0; j < _constraints; j++)
        {
            double linear = _projection.Residual(j) - _projection.Offsets[j], value = Tightened(j, _trialConstraints[j]);
            isViolated |= _weights[j] > 0 && value > 0;
            _projection.Offsets[j] = value - linear;
        }
        return isViolated && _projection.Solve() && LongestMove(_projection.Solution) <= 2 * radius;
    }

    private double LongestMove(ReadOnlySpan<double> step)
    {
        double longest = 0;
        for (int i = 0; i < _n; i++)
        {
            longest = Math.Max(longest, Math.Abs(Vectors.Dot(_projection.BoxRows.AsSpan(i * _n, _n), step)));
        }
        return longest;
    }

    private void SetTrial(ReadOnlySpan<double> step, double length)
    {
        _batch.Resize(1);
        Span<double> point = _batch.Point(0);
        Point.CopyTo(point);
        for (int i = 0; i < _n; i++)
        {
            ref double coordinate = ref point[_moving[i]];
            coordinate = Math.Clamp(coordinate + length * Vectors.Dot(_projection.BoxRows.AsSpan(i * _n, _n), step), 0, 1);
        }
    }

    private double TrialMerit()
    {
        if (double.IsInfinity(_batch.Violation(0)))
        {
            return double.PositiveInfinity;
        }
        ScaleBatch();
        return Merit(_batch.Value(0), _batch.Constraints(0));
    }

    private double Merit(double value, ReadOnlySpan<double> constraints)
    {
        double merit = _goal.WithObjective ? value : 0;
        for (int j = 0; j < _constraints; j++)
        {
            merit += _weights[j] * Math.Max(0, Tightened(j, constraints[j]));
        }
        return merit;
    }

    private void TakeTrial()
    {
        _batch.Point(0).CopyTo(_trial);
        _batch.Constraints(0).CopyTo(_trialConstraints);
        _trialValue = _batch.Value(0);
    }

    private void TakePoint(ReadOnlySpan<double> point, double value, ReadOnlySpan<double> constraints)
    {
        point.CopyTo(Point);
        constraints.CopyTo(_scaled);
        _value = value;
        Violation = 0;
        for (int j = 0; j < _constraints; j++)
        {
            Constraints[j] = constraints[j] / _scales[j];
            Violation += IsChosen(j) ? Math.Max(0, Constraints[j]) : 0;
        }
    }

    /// <summary>Chooses powers of two that bring numbers of extreme size near 1, so that their squares remain numbers.</summary>
    private void ChooseScales()
    {
        _valueScale = Scaling(_batch.Value(0));
        for (int j = 0; j < _constraints; j++)
        {
            _scales[j] = Scaling(_batch.Constraints(0)[j]);
        }
    }

    private static double Scaling(double value) => value == 0 || Math.Abs(value) is >= OrdinaryMin and <= OrdinaryMax ? 1 : Math.ScaleB(1, -Math.ILogB(value));

    private void ScaleBatch()
    {
        for (int row = 0; row < _batch.Count; row++)
        {
            if (!double.IsInfinity(_batch.Violation(row)))
            {
                _batch.Objectives(row)[0] *= _valueScale;
                Span<double> constraints = _batch.Constraints(row);
                for (int j = 0; j < _constraints; j++)
                {
                    constraints[j] *= _scales[j];
                }
            }
        }
    }

    private double BestKnown => _ledger.BestValue * _valueScale;

    private bool IsDone() => !_goal.WithObjective && Violation == 0;

    private bool IsHopeless(double promised, double gain) =>
        _goal.MayBeHopeless && _goal.WithObjective && _ledger.BestViolation == 0 && _model.IsScaled && _value - 5 * Math.Max(promised, gain) > BestKnown;
}
