using RanCognition.Optimization.Search.Constrained;

namespace RanCognition.Optimization.Search.Mixed;

/// <summary>One objective, variables with levels among them: local search of levels and of the other variables, CMA-ES with margin and differential evolution side by side.</summary>
/// <remarks>The next strategy is the one that used the fewest evaluations for its weight. When each had its chance, the one whose own best is best weighs most.</remarks>
internal sealed class MixedSearch
{
    private const int Start = 0;
    private const int Levels = 1;
    private const int Covariance = 2;
    private const int Evolution = 3;
    private const int Penalties = 4;
    private const int Model = 5;
    private const int Conflict = 6;
    private const int Strategies = 7;

    private const double EvolutionWeight = 0.7;
    private const double LosingWeight = 0.3;
    // Of the budget at most one in so many evaluations may go into the first differences of a variable to one side.
    private const ulong DifferencesShare = 5;

    private const double RepeatCost = 0.1;
    private const double ChancePerVariable = 40;   // evaluations before a strategy can lose
    private const double ConflictShare = 0.3;      // of the budget is gone before sets of constraints are looked at
    private const double ConflictPerVariable = 100;

    private static readonly string[] Names = ["start", "levels", "cma_es", "differential_evolution", "penalties", "model", "conflicts"];

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly ulong[] _used = new ulong[Strategies];

    // What each strategy has cost: its evaluations, and a little for points that were known, so that one that only repeats itself does not keep the turn.
    private readonly double[] _costs = new double[Strategies];
    private readonly Batch _batch;
    private readonly LevelRestarts _levels;
    private readonly MixedEvolution _evolution;
    private readonly MixedCovariance? _covariance;
    private readonly PenaltyRestarts? _penalties;
    private readonly ModelSearch? _model;
    private readonly ConflictSearch? _conflicts;

    public MixedSearch(SearchProblem problem, Ledger ledger)
    {
        _problem = problem;
        _ledger = ledger;
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        SearchSpace space = problem.Space;
        List<int> withLevels = [], ordered = [];
        bool hasGrades = false;
        for (int i = 0; i < space.Dimension; i++)
        {
            int levels = space.LevelCount(i);
            if (levels > 1)
            {
                withLevels.Add(i);
            }
            if (levels != 1 && !space.IsCategory(i))
            {
                ordered.Add(i);
                hasGrades |= levels != 2;
            }
        }
        int[] moving = SearchArea.Continuous(space), levelVariables = [.. withLevels];
        RandomSource random = new(problem.Seed + 11);
        LevelSearch search = new(problem, random, levelVariables);
        MixedDescent? descent = moving.Length > 0 ? new MixedDescent(problem, ledger, random, moving) : null;
        _levels = new LevelRestarts(problem, ledger, random, levelVariables, search, descent);
        _evolution = new MixedEvolution(problem, ledger, new RandomSource(problem.Seed + 12), search);
        if (hasGrades && ordered.Count > 1)
        {
            _covariance = new MixedCovariance(problem, ledger, new RandomSource(problem.Seed + 13), [.. ordered], search, descent);
        }
        ModelFeatures features = new(space);
        if (features.AreFew)
        {
            _model = new ModelSearch(problem, ledger, new RandomSource(problem.Seed + 17), search, features);
        }
        if (problem.ConstraintCount > 0)
        {
            _penalties = new PenaltyRestarts(problem, ledger, new RandomSource(problem.Seed + 16), levelVariables);
            _conflicts = new ConflictSearch(problem, ledger, new SequentialQuadratic(problem, ledger, moving), new RandomSource(problem.Seed + 14), moving.Length > 0);
        }
    }

    /// <summary>Searches without end.</summary>
    public IEnumerable<Batch> Run()
    {
        ulong before = _ledger.Evaluations;
        _ledger.Arms.ChargeTo(Names[Start]);
        if (!_ledger.HasBest)
        {
            _batch.Resize(1);
            SetCentre(_batch.Point(0));
            yield return _batch;
        }
        int[] graded = _problem.ConstraintCount == 0 ? LatticeNewton.Moving(_problem.Space) : [];
        if (graded.Length > 0 && (ulong)graded.Length * DifferencesShare <= _ledger.EvaluationsLeft)
        {
            Standing standing = new(_problem.Space.Dimension);
            standing.Set(_ledger.BestU, 0, _ledger.BestValue);
            foreach (Batch batch in new LatticeNewton(_problem, graded).Run(standing))
            {
                yield return batch;
            }
        }
        Charge(Start, ref before);
        while (true)
        {
            int next = Choose();
            _ledger.Arms.ChargeTo(Names[next]);
            IEnumerable<Batch> step = StepOf(next);
            foreach (Batch batch in step)
            {
                int rows = batch.Count;
                yield return batch;
                _model?.Learn(batch);
                _costs[next] += RepeatCost * rows;
                Charge(next, ref before);
            }
            Charge(next, ref before);
            if (next == Model)
            {
                _costs[Model] += 4 + 2 * _model!.StepsSinceBest;   // it takes time, which has to be worth it
            }
        }
    }

    private IEnumerable<Batch> StepOf(int strategy) => strategy switch
    {
        Levels => _levels.Step(),
        Covariance => _covariance!.Step(),
        Evolution => _evolution.Step(),
        Penalties => _penalties!.Step(),
        Model => _model!.Step(),
        _ => _conflicts!.Step(),
    };

    /// <summary>The middle, where there is one.</summary>
    private void SetCentre(Span<double> point)
    {
        RandomSource random = new(_problem.Seed + 15);
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = _problem.Space.LevelCount(i) == 2 || _problem.Space.IsCategory(i) ? random.NextDouble() : 0.5;
        }
    }

    private void Charge(int strategy, ref ulong before)
    {
        _used[strategy] += _ledger.Evaluations - before;
        _costs[strategy] += _ledger.Evaluations - before;
        before = _ledger.Evaluations;
    }

    private int Choose()
    {
        double n = _problem.Space.Dimension, least = double.PositiveInfinity;
        int next = Levels;
        for (int strategy = Levels; strategy <= Model; strategy++)
        {
            if (Own(strategy) is null)
            {
                continue;
            }
            double cost = (_costs[strategy] + 1) / Weight(strategy);
            if (cost < least)
            {
                (next, least) = (strategy, cost);
            }
        }
        bool looksForConflicts = _conflicts is not null && _ledger.BestViolation > 0 && _ledger.Conflicts.Count > 0
            && _ledger.Evaluations >= Math.Min(ConflictShare * _problem.Evaluations, ConflictPerVariable * (n + 5));
        return looksForConflicts && _costs[Conflict] <= least ? Conflict : next;
    }

    private double Weight(int strategy)
    {
        double weight = strategy == Evolution ? EvolutionWeight : 1;
        double chance = Math.Min(ChancePerVariable * _problem.Space.Dimension, 0.1 * _problem.Evaluations);
        Standing own = Own(strategy)!;
        bool loses = false;
        for (int other = Levels; other <= Model; other++)
        {
            if (Own(other) is { } others)
            {
                if (_costs[other] < chance)
                {
                    return weight;
                }
                loses |= others.IsBetterThan(own);
            }
        }
        return loses ? LosingWeight : 1;
    }

    /// <summary>The best point of a strategy; null = it takes no part.</summary>
    private Standing? Own(int strategy) => strategy switch
    {
        Levels => _levels.Best,
        Covariance => _covariance?.Best,
        Evolution => _evolution.Best,
        Penalties => _penalties?.Best,
        _ => _model?.Best,
    };
}
