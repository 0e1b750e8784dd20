namespace RanCognition.Optimization.Search.Constrained;

/// <summary>
/// While nothing is feasible: looks for points that satisfy as many constraints together as possible, so that the set of constraints that is named as conflicting is not an artefact of where the search
/// happened to look.
/// </summary>
/// <remarks>
/// A smallest set S that no point satisfies is attacked: by a search for a point that satisfies all of S, which would refute it, then for each member j by a search for a point that violates j alone.
/// Where those succeed for all members, every set that no point satisfies contains S, so that S is the only smallest one. Later rounds begin at other places. The ledger learns from every point.
/// </remarks>
internal sealed class ConflictSearch
{
    private const int EvolutionGenerations = 30;

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly SequentialQuadratic _local;
    private readonly RandomSource _random;
    private readonly Batch _batch;
    private readonly double[] _start;
    private readonly bool _canDescend;
    private int[] _conflict = [];
    private int _version = -1;                     // of the ledger's sets, when the smallest was computed
    private int _attacks;                          // on the present set

    public ConflictSearch(SearchProblem problem, Ledger ledger, SequentialQuadratic local, RandomSource random, bool canDescend)
    {
        _problem = problem;
        _ledger = ledger;
        _local = local;
        _random = random;
        _canDescend = canDescend;
        _start = new double[problem.Space.Dimension];
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
    }

    /// <summary>One attack on the set that is smallest at present.</summary>
    public IEnumerable<Batch> Step()
    {
        if (_version != _ledger.Conflicts.Version)
        {
            _version = _ledger.Conflicts.Version;
            int[] smallest = _ledger.Conflicts.SmallestConflict();
            _attacks = smallest.AsSpan().SequenceEqual(_conflict) ? _attacks : 0;
            _conflict = smallest;
        }
        int[] conflict = _conflict;
        int round = _attacks / (conflict.Length + 1), place = _attacks % (conflict.Length + 1) - 1;
        _attacks++;
        bool[] chosen = new bool[_problem.ConstraintCount];
        Array.Fill(chosen, place >= 0);
        foreach (int constraint in conflict)
        {
            chosen[constraint] = place < 0 || constraint != conflict[place];
        }
        _ledger.BestU.CopyTo(_start);
        bool mayEvolve = !_canDescend || round % 3 == 2;
        IEnumerable<Batch> beginning = mayEvolve ? Evolve(chosen) : round > 0 ? Sample(chosen) : [];
        foreach (Batch batch in beginning)
        {
            yield return batch;
        }
        if (!_canDescend)
        {
            yield break;
        }
        foreach (Batch batch in _local.Run(_start, new LocalGoal { Chosen = chosen, WithObjective = false, IterationsMax = 50 }))
        {
            yield return batch;
        }
    }

    /// <summary>Starts at the best of some random points.</summary>
    private IEnumerable<Batch> Sample(bool[] chosen)
    {
        _batch.Resize(Math.Min(256, 5 * _start.Length));
        for (int row = 0; row < _batch.Count; row++)
        {
            _random.FillPoint(_batch.Point(row), 0);
        }
        yield return _batch;
        ConstraintOrder order = new(_problem.ConstraintCount) { Chosen = chosen };
        order.Learn(_batch);
        double least = double.PositiveInfinity;
        for (int row = 0; row < _batch.Count; row++)
        {
            double violation = order.Violation(_batch, row);
            if (violation < least)
            {
                least = violation;
                _batch.Point(row).CopyTo(_start);
            }
        }
    }

    /// <summary>Starts at what a population comes to, or ends there when nothing is violated.</summary>
    private IEnumerable<Batch> Evolve(bool[] chosen)
    {
        EpsilonEvolution evolution = new(_problem, Math.Min(60, 10 + 2 * _start.Length), 0, chosen, _random, new BestSeen());
        double[] first = (double[])_start.Clone();
        foreach (Batch batch in evolution.Begin(first))
        {
            yield return batch;
        }
        for (int generation = 0; generation < EvolutionGenerations && evolution.BestViolation > 0 && !evolution.IsOver; generation++)
        {
            foreach (Batch batch in evolution.Step())
            {
                yield return batch;
            }
        }
        evolution.BestPoint.CopyTo(_start);
    }
}
