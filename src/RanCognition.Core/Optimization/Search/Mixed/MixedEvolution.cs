namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Differential evolution of points with levels: numbers move by differences, what has no order is copied in blocks.</summary>
/// <remarks>
/// rand/1 with blocks (Storn and Price 1997) or single variables exchanged, factors adapted as in jDE (Brest and others 2006); constraints by the epsilon rule (Takahama and Sakai 2006): below an allowance
/// that shrinks to 0 the smaller value counts, above it the smaller violation. A trial that is its parent again is changed at one variable.
/// </remarks>
internal sealed class MixedEvolution
{
    private const double ChangeProbability = 0.1;
    private const double MutationsPerTrial = 0.5;
    private const double AllowanceShare = 0.2;   // of the budget, until the allowance is 0

    private readonly SearchProblem _problem;
    private readonly SearchSpace _space;
    private readonly Ledger _ledger;
    private readonly RandomSource _random;
    private readonly LevelSearch _levels;
    private readonly int _n;
    private double _size;
    private Standing[] _members = [];
    private double[] _factors = [];
    private double[] _crossovers = [];
    private double[] _trialFactors = [];
    private double[] _trialCrossovers = [];
    private double _allowance;
    private readonly Batch _batch;
    private bool _isFirst = true;
    private int _idle;

    public MixedEvolution(SearchProblem problem, Ledger ledger, RandomSource random, LevelSearch levels)
    {
        _problem = problem;
        _space = problem.Space;
        _ledger = ledger;
        _random = random;
        _levels = levels;
        _n = _space.Dimension;
        _size = Math.Clamp(Math.Min(10 + 1.5 * _n, ledger.EvaluationsLeft / 20.0), 8, 400);
        _batch = new Batch(_n, problem.Maximize.Length, problem.ConstraintCount);
        Best = new Standing(_n);
    }

    /// <summary>The best point of its own.</summary>
    public Standing Best { get; }

    /// <summary>A generation, the first one of a population included.</summary>
    public IEnumerable<Batch> Step()
    {
        bool begins = _members.Length == 0;
        if (begins)
        {
            Begin();
        }
        else
        {
            _batch.Resize(_members.Length);
            for (int i = 0; i < _members.Length; i++)
            {
                SetTrial(i);
            }
        }
        yield return _batch;
        if (begins)
        {
            TakeFirst();
        }
        else
        {
            Select();
        }
        if (HasConverged() || _idle > 40)
        {
            _members = [];
            _size = Math.Min(1.5 * _size, 1000);
        }
    }

    private void Begin()
    {
        int size = (int)_size;
        _members = new Standing[size];
        _factors = new double[size];
        _crossovers = new double[size];
        _trialFactors = new double[size];
        _trialCrossovers = new double[size];
        _idle = 0;
        _batch.Resize(size);
        for (int i = 0; i < size; i++)
        {
            _members[i] = new Standing(_n);
            _factors[i] = _crossovers[i] = 0.5;
            _random.FillPoint(_batch.Point(i), 0);
        }
        if (_isFirst && _ledger.HasBest)
        {
            _ledger.BestU.CopyTo(_batch.Point(0));
        }
    }

    private void TakeFirst()
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < _members.Length; i++)
        {
            _members[i].Set(_batch, i);
            if (double.IsFinite(_members[i].Violation))
            {
                sum += _members[i].Violation;
                count++;
            }
            // The point that others found is not its own.
            if (!(_isFirst && i == 0) && _members[i].IsBetterThan(Best))
            {
                Best.Set(_members[i]);
            }
        }
        _allowance = count > 0 ? sum / count : 0;
        _isFirst = false;
    }

    private void SetTrial(int member)
    {
        int count = _members.Length, a = Another(member, -1, -1), b = Another(member, a, -1), c = Another(member, a, b);
        double factor = _random.NextDouble() < ChangeProbability ? 0.1 + 0.9 * _random.NextDouble() : _factors[member];
        double crossover = _random.NextDouble() < ChangeProbability ? _random.NextDouble() : _crossovers[member];
        _trialFactors[member] = factor;
        _trialCrossovers[member] = crossover;
        Span<double> trial = _batch.Point(member);
        _members[member].Point.CopyTo(trial);
        bool isBlock = _random.NextDouble() < 0.5;
        int first = _random.NextBelow(_n);
        for (int k = 0; k < _n; k++)
        {
            bool isTaken = k == 0 || _random.NextDouble() < crossover;
            if (isTaken)
            {
                int variable = (first + k) % _n;
                trial[variable] = Combined(variable, member, a, b, c, factor);
            }
            else if (isBlock)
            {
                break;
            }
        }
        bool isSame = true;
        for (int i = 0; i < _n && isSame; i++)
        {
            isSame = _space.Value(i, trial[i]) == _space.Value(i, _members[member].Point[i]);
        }
        if (isSame || _random.NextDouble() < MutationsPerTrial)
        {
            _levels.Disturb(trial, 1);
        }
    }

    private int Another(int first, int second, int third)
    {
        int other;
        do
        {
            other = _random.NextBelow(_members.Length);
        }
        while (other == first || other == second || other == third);
        return other;
    }

    private double Combined(int variable, int member, int a, int b, int c, double factor)
    {
        double ofA = _members[a].Point[variable], ofB = _members[b].Point[variable], ofC = _members[c].Point[variable];
        if (_space.IsCategory(variable) || _space.LevelCount(variable) == 2)
        {
            return _space.Level(variable, ofB) != _space.Level(variable, ofC) && _random.NextDouble() < factor ? ofB : ofA;
        }
        double moved = ofA + factor * (ofB - ofC), own = _members[member].Point[variable];
        return moved < 0 ? own / 2 : moved > 1 ? (own + 1) / 2 : moved;
    }

    private void Select()
    {
        double left = 1 - _ledger.Evaluations / (AllowanceShare * _problem.Evaluations), allowance = left > 0 ? _allowance * left * left * left * left * left : 0;
        _idle++;
        for (int i = 0; i < _members.Length; i++)
        {
            double violation = _batch.Violation(i), value = _batch.Value(i);
            bool areBothAllowed = violation <= allowance && _members[i].Violation <= allowance;
            if (areBothAllowed ? value > _members[i].Value : Standing.IsBetter(_members[i].Violation, _members[i].Value, violation, value))
            {
                continue;
            }
            _idle = value < _members[i].Value || violation < _members[i].Violation ? 0 : _idle;
            _members[i].Set(_batch, i);
            _factors[i] = _trialFactors[i];
            _crossovers[i] = _trialCrossovers[i];
            if (_members[i].IsBetterThan(Best))
            {
                Best.Set(_members[i]);
            }
        }
    }

    private bool HasConverged()
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity, violation = 0;
        foreach (Standing member in _members)
        {
            least = Math.Min(least, member.Value);
            most = Math.Max(most, member.Value);
            violation = Math.Max(violation, member.Violation);
        }
        return violation <= _allowance && most - least < 1e-9 * Math.Max(1, Math.Abs(least)) && least < Batch.Failed;
    }
}
