namespace RanCognition.Optimization.Search.Constrained;

/// <summary>One objective with constraints: a local search at once, then several strategies side by side, each with evaluations by how well it does.</summary>
internal sealed class ConstrainedSearch
{
    private const int Start = 0;
    private const int Local = 1;
    private const int Evolution = 2;
    private const int Conflict = 3;
    private const int Strategies = 4;
    private const double EvolutionWeight = 0.7;
    private const double ConflictWeight = 1.5;
    private const double ConflictShare = 0.3;     // of the budget is gone before sets of constraints are looked at
    private const int ConflictPerVariable = 100;  // or so many evaluations

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly int[] _moving;
    private readonly SequentialQuadratic _local;
    private readonly ConstrainedRestarts _restarts;
    private readonly EvolutionRestarts _evolution;
    private readonly ConflictSearch _conflicts;
    private readonly ulong[] _used = new ulong[Strategies];

    public ConstrainedSearch(SearchProblem problem, Ledger ledger)
    {
        _problem = problem;
        _ledger = ledger;
        _moving = SearchArea.Continuous(problem.Space);
        _local = new SequentialQuadratic(problem, ledger, _moving);
        _restarts = new ConstrainedRestarts(problem, ledger, _local, new RandomSource(problem.Seed + 1));
        _evolution = new EvolutionRestarts(problem, ledger, _local, new RandomSource(problem.Seed + 2));
        _conflicts = new ConflictSearch(problem, ledger, _local, new RandomSource(problem.Seed + 3), _moving.Length > 0);
    }

    /// <summary>Names of the strategies, in the order of <see cref="Used"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["start", "local", "differential_evolution", "conflicts"];

    /// <summary>Evaluations of each strategy.</summary>
    public IReadOnlyList<ulong> Used => _used;

    /// <summary>Searches without end.</summary>
    public IEnumerable<Batch> Run()
    {
        ulong before = _ledger.Evaluations;
        foreach (Batch batch in _local.Run(_ledger.BestU.ToArray(), new LocalGoal()))
        {
            yield return batch;
            Charge(Start, ref before);
        }
        while (true)
        {
            Charge(Start, ref before);
            int next = Choose();
            IEnumerable<Batch> step = next == Local ? _restarts.Step() : next == Evolution ? _evolution.Step() : _conflicts.Step();
            foreach (Batch batch in step)
            {
                yield return batch;
                Charge(next, ref before);
            }
            Charge(next, ref before);
        }
    }

    private void Charge(int strategy, ref ulong before)
    {
        _used[strategy] += _ledger.Evaluations - before;
        before = _ledger.Evaluations;
    }

    /// <summary>The strategy that has used the fewest evaluations for its weight.</summary>
    private int Choose()
    {
        double local = _moving.Length > 0 ? _used[Local] : double.PositiveInfinity, evolution = _used[Evolution] / EvolutionWeight;
        double least = Math.Min(local, evolution);
        double begin = Math.Min(ConflictShare * _problem.Evaluations, ConflictPerVariable * (_problem.Space.Dimension + 5.0));
        if (_ledger.BestViolation > 0 && _ledger.Evaluations >= begin && _used[Conflict] / ConflictWeight <= least && _ledger.Conflicts.Count > 0)
        {
            return Conflict;
        }
        return local <= evolution ? Local : Evolution;
    }
}
