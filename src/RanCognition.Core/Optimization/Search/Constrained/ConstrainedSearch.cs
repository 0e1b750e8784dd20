namespace RanCognition.Optimization.Search.Constrained;

/// <summary>One objective with constraints: a local search at once, then several strategies side by side, each with evaluations by how well it does.</summary>
internal sealed class ConstrainedSearch
{
    private const int Start = 0;
    private const int Local = 1;
    private const int Evolution = 2;
    private const int Covariance = 3;
    private const int Conflict = 4;
    private const int Strategies = 5;
    private const double EvolutionWeight = 0.7;
    private const double PolishRadius = 0.01;
    private const ulong PolishCost = 4;           // evaluations of strategies per one of polishing
    private const double CovarianceTrial = 300;   // evaluations per variable before one of the two strategies can lose
    private const double EvolutionTrial = 210;
    private const double LocalTrial = 200;
    private const int SearchesInVain = 40;
    private const double LosingWeight = 0.25;
    private const double ConflictWeight = 2;
    private const double ConflictShare = 0.3;     // of the budget is gone before sets of constraints are looked at
    private const int ConflictPerVariable = 100;  // or so many evaluations

    private static readonly string[] Names = ["start", "local", "differential_evolution", "cma_es", "conflicts"];

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly int[] _moving;
    private readonly SequentialQuadratic _local;
    private readonly ConstrainedRestarts _restarts;
    private readonly EvolutionRestarts _evolution;
    private LagrangianCovariance? _covariance;
    private readonly ConflictSearch _conflicts;
    private int _polishedVersion;
    private ulong _nextPolish;
    private int _running = -1;                    // strategy
    private ulong _charged;                       // evaluations that are booked
    private readonly ulong[] _used = new ulong[Strategies];
    private readonly ulong[] _steps = new ulong[Strategies];   // count too, since points that are known cost no evaluation

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

    /// <summary>Searches without end.</summary>
    public IEnumerable<Batch> Run()
    {
        _charged = _ledger.Evaluations;
        _running = Start;
        _ledger.Arms.ChargeTo(Names[Start]);
        foreach (Batch batch in _local.Run(_ledger.BestU.ToArray(), new LocalGoal()))
        {
            yield return batch;
            Charge();
        }
        _restarts.Best.Offer(_local.Violation, _local.Value);
        _polishedVersion = _ledger.BestVersion;
        if (_moving.Length > 0)
        {
            _covariance = new LagrangianCovariance(_problem, _ledger, _local, new RandomSource(_problem.Seed + 4), _moving);
        }
        while (true)
        {
            int next = _running = Choose();
            _ledger.Arms.ChargeTo(Names[next]);
            IEnumerable<Batch> step = next switch
            {
                Local => _restarts.Step(),
                Evolution => _evolution.Step(),
                Covariance => _covariance!.Step(),
                _ => _conflicts.Step(),
            };
            foreach (Batch batch in step)
            {
                yield return batch;
                Charge();
            }
            _steps[next]++;
            foreach (Batch batch in Polish())
            {
                yield return batch;
                Charge();
            }
        }
    }

    /// <summary>A local search from the best point known, when it is not where one ended; no more than a share of all evaluations.</summary>
    private IEnumerable<Batch> Polish()
    {
        if (_moving.Length == 0 || _ledger.BestVersion == _polishedVersion || _ledger.Evaluations < _nextPolish || _ledger.BestU.SequenceEqual(_local.Point))
        {
            yield break;
        }
        ulong start = _ledger.Evaluations;
        foreach (Batch batch in _local.Run(_ledger.BestU.ToArray(), new LocalGoal { FirstRadius = PolishRadius }))
        {
            yield return batch;
            Charge();
        }
        _polishedVersion = _ledger.BestVersion;
        _nextPolish = _ledger.Evaluations + PolishCost * (_ledger.Evaluations - start);
    }

    /// <summary>Books what was evaluated since the last time on the strategy that runs.</summary>
    private void Charge()
    {
        if (_running >= 0)
        {
            _used[_running] += _ledger.Evaluations - _charged;
            _charged = _ledger.Evaluations;
        }
    }

    /// <summary>The strategy that has used the fewest evaluations for its weight.</summary>
    private int Choose()
    {
        double local = double.PositiveInfinity, covariance = double.PositiveInfinity, evolution = Spent(Evolution) / EvolutionWeight, n = _problem.Space.Dimension;
        if (_moving.Length > 0)
        {
            bool isBeaten = _used[Local] > LocalTrial * n && (_evolution.Best.IsBetterThan(_restarts.Best) || _covariance!.Best.IsBetterThan(_restarts.Best));
            local = Spent(Local) / (_restarts.SearchesSinceBest < SearchesInVain && !isBeaten ? 1 : LosingWeight);
            covariance = Spent(Covariance);
            if (_used[Covariance] > CovarianceTrial * n && _used[Evolution] > EvolutionTrial * n)
            {
                bool evolutionLeads = _evolution.Best.IsBetterThan(_covariance!.Best);
                covariance = Spent(Covariance) / (evolutionLeads ? LosingWeight : 1);
                evolution = Spent(Evolution) / (evolutionLeads ? 1 : LosingWeight);
            }
        }
        double least = Math.Min(Math.Min(local, covariance), evolution);
        double begin = Math.Min(ConflictShare * _problem.Evaluations, ConflictPerVariable * (n + 5));
        if (_ledger.BestViolation > 0 && _ledger.Evaluations >= begin && Spent(Conflict) / ConflictWeight <= least && _ledger.Conflicts.Count > 0)
        {
            return Conflict;
        }
        return local == least ? Local : covariance == least ? Covariance : Evolution;
    }

    private double Spent(int strategy) => _used[strategy] + _steps[strategy];
}
