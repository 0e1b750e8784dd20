namespace RanCognition.Optimization.Search.Constrained;

/// <summary>A population that evolves by differences of its members, under an allowance of violation that shrinks to nothing.</summary>
/// <remarks>
/// Takahama and Sakai, "Constrained optimization by the epsilon constrained differential evolution with gradient-based mutation and feasible elites", 2006; rand/1/exp with parameters that adapt
/// (Brest et al. 2006). The local search takes the place of their gradient-based mutation.
/// </remarks>
internal sealed class EpsilonEvolution
{
    private const double AllowanceExponent = 5;
    private const int IdleGenerationsMax = 60;

    private readonly SearchSpace _space;
    private readonly int _n;
    private readonly int _size;
    private readonly RandomSource _random;
    private readonly BestSeen _best;
    private readonly ConstraintOrder _order;
    private readonly Batch _batch;
    private readonly double[] _points;
    private readonly double[] _values;
    private readonly double[] _violations;
    private readonly double[] _factors;
    private readonly double[] _rates;
    private readonly double[] _trialFactors;
    private readonly double[] _trialRates;
    private readonly double _generationsOfAllowance;
    private double _firstAllowance;
    private int _idle;

    /// <param name="problem">The problem.</param>
    /// <param name="size">Members of the population, at least 5.</param>
    /// <param name="generationsOfAllowance">Generations until no violation is allowed any more.</param>
    /// <param name="chosen">The constraints that count; null = all.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="best">Is told of all points but the one that is given.</param>
    public EpsilonEvolution(SearchProblem problem, int size, double generationsOfAllowance, bool[]? chosen, RandomSource random, BestSeen best)
    {
        _space = problem.Space;
        _n = _space.Dimension;
        _size = size;
        _random = random;
        _best = best;
        _generationsOfAllowance = generationsOfAllowance;
        _order = new ConstraintOrder(problem.ConstraintCount) { Chosen = chosen };
        _batch = new Batch(_n, problem.Maximize.Length, problem.ConstraintCount);
        _points = new double[size * _n];
        _values = new double[size];
        _violations = new double[size];
        _factors = new double[size];
        _rates = new double[size];
        _trialFactors = new double[size];
        _trialRates = new double[size];
        Array.Fill(_factors, 0.5);
        Array.Fill(_rates, 0.5);
    }

    public int Generation { get; private set; }

    /// <summary>Place of the best member, by violation and then value.</summary>
    public int Best { get; private set; }

    public double BestValue => _values[Best];

    public double BestViolation => _violations[Best];

    public ReadOnlySpan<double> BestPoint => _points.AsSpan(Best * _n, _n);

    /// <summary>Whether nothing more is to be expected of the population.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Evaluates the first members: a point that is known, and random ones.</summary>
    public IEnumerable<Batch> Begin(double[]? first)
    {
        _batch.Resize(_size);
        for (int row = 0; row < _size; row++)
        {
            Span<double> point = _batch.Point(row);
            if (row == 0 && first is not null)
            {
                first.CopyTo(point);
                continue;
            }
            for (int i = 0; i < _n; i++)
            {
                point[i] = _random.NextDouble();
            }
        }
        yield return _batch;
        _order.Learn(_batch);
        for (int row = 0; row < _size; row++)
        {
            Take(row);
            if (row > 0 || first is null)
            {
                _best.Offer(_batch.Violation(row), _batch.Value(row));
            }
        }
        double[] sorted = (double[])_violations.Clone();
        Array.Sort(sorted);
        _firstAllowance = sorted[_size / 2];
        if (double.IsInfinity(_firstAllowance))
        {
            _firstAllowance = 0;
        }
        FindBest();
    }

    /// <summary>One generation.</summary>
    public IEnumerable<Batch> Step()
    {
        _order.Allowance = Generation < _generationsOfAllowance ? _firstAllowance * Math.Pow(1 - Generation / _generationsOfAllowance, AllowanceExponent) : 0;
        _batch.Resize(_size);
        for (int row = 0; row < _size; row++)
        {
            Vary(row, _batch.Point(row));
        }
        yield return _batch;
        bool isIdle = true;
        for (int row = 0; row < _size; row++)
        {
            double violation = _order.Violation(_batch, row), value = _batch.Value(row);
            _best.Offer(_batch.Violation(row), value);
            if (_order.IsNotWorse(violation, value, _violations[row], _values[row]))
            {
                isIdle &= violation == _violations[row] && value == _values[row];
                Take(row);
                _factors[row] = _trialFactors[row];
                _rates[row] = _trialRates[row];
            }
        }
        Generation++;
        _idle = isIdle ? _idle + 1 : 0;
        FindBest();
        IsOver = _idle >= IdleGenerationsMax || IsNarrow();
    }

    /// <summary>Puts a better point in the place of the best member.</summary>
    public void Replace(ReadOnlySpan<double> point, double value, double violation)
    {
        point.CopyTo(_points.AsSpan(Best * _n, _n));
        _values[Best] = value;
        _violations[Best] = violation;
    }

    /// <summary>Violation as the population weighs it.</summary>
    public double ViolationOf(ReadOnlySpan<double> constraints) => _order.Violation(constraints);

    private void Take(int row)
    {
        _batch.Point(row).CopyTo(_points.AsSpan(row * _n, _n));
        _values[row] = _batch.Value(row);
        _violations[row] = _order.Violation(_batch, row);
    }

    private void FindBest()
    {
        Best = 0;
        for (int row = 1; row < _size; row++)
        {
            if (_violations[row] < _violations[Best] || (_violations[row] == _violations[Best] && _values[row] < _values[Best]))
            {
                Best = row;
            }
        }
    }

    private bool IsNarrow()
    {
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity, violation = 0;
        for (int row = 0; row < _size; row++)
        {
            lowest = Math.Min(lowest, _values[row]);
            highest = Math.Max(highest, _values[row]);
            violation = Math.Max(violation, _violations[row]);
        }
        return highest - lowest < 1e-9 * Math.Max(1e-6, Math.Abs(lowest)) && violation <= 2 * BestViolation + 1e-12;
    }

    /// <summary>A member with a block of its coordinates replaced by a third plus a difference.</summary>
    private void Vary(int row, Span<double> trial)
    {
        double factor = _random.NextDouble() < 0.1 ? 0.1 + 0.9 * _random.NextDouble() : _factors[row];
        double rate = _random.NextDouble() < 0.1 ? _random.NextDouble() : _rates[row];
        _trialFactors[row] = factor;
        _trialRates[row] = rate;
        int a = Other(row, row, row), b = Other(row, a, a), c = Other(row, a, b);
        _points.AsSpan(row * _n, _n).CopyTo(trial);
        int at = _random.NextBelow(_n), length = 1;
        while (length < _n && _random.NextDouble() < rate)
        {
            length++;
        }
        for (int k = 0; k < length; k++, at = at + 1 < _n ? at + 1 : 0)
        {
            double own = trial[at], start = _points[a * _n + at];
            double value = start + factor * (_points[b * _n + at] - _points[c * _n + at]);
            if (_space.IsCategory(at))
            {
                value = _random.NextDouble() < factor ? _points[b * _n + at] : start;
            }
            trial[at] = value < 0 ? own / 2 : value > 1 ? (own + 1) / 2 : value;
        }
    }

    private int Other(int first, int second, int third)
    {
        int chosen;
        do
        {
            chosen = _random.NextBelow(_size);
        }
        while (chosen == first || chosen == second || chosen == third);
        return chosen;
    }
}
