namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Changes variables that have levels one, two or three at a time, from the best point known, and lets the local search adapt the continuous ones each time.</summary>
/// <remarks>Each new best is first looked at from all its neighbours, one step of one variable away; then moves are random, large ones less likely.</remarks>
internal sealed class LevelMoves
{
    private readonly SearchSpace _space;
    private readonly Ledger _ledger;
    private readonly SequentialQuadratic _local;
    private readonly RandomSource _random;
    private readonly bool _canDescend;
    private readonly int[] _discrete;
    private readonly Batch _batch;
    private readonly double[] _point;
    private readonly double[] _centre;             // whose neighbours are looked at
    private int _next;                             // neighbour

    public LevelMoves(SearchProblem problem, Ledger ledger, SequentialQuadratic local, RandomSource random, bool canDescend)
    {
        _space = problem.Space;
        _ledger = ledger;
        _local = local;
        _random = random;
        _canDescend = canDescend;
        List<int> discrete = [];
        for (int i = 0; i < _space.Dimension; i++)
        {
            if (_space.LevelCount(i) > 1)
            {
                discrete.Add(i);
            }
        }
        _discrete = discrete.ToArray();
        _batch = new Batch(_space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _point = new double[_space.Dimension];
        _centre = new double[_space.Dimension];
    }

    /// <summary>Whether any variable has levels.</summary>
    public bool HasMoves => _discrete.Length > 0;

    /// <summary>One move.</summary>
    public IEnumerable<Batch> Step()
    {
        _ledger.BestU.CopyTo(_point);
        if (IsElsewhere())
        {
            _next = 0;
            _point.CopyTo(_centre, 0);
        }
        if (_next < 2 * _discrete.Length)
        {
            Move(_discrete[_next / 2], _next % 2 == 0 ? 1 : -1);
            _next++;
        }
        else
        {
            MoveAtRandom();
        }
        if (_canDescend)
        {
            foreach (Batch batch in _local.Run(_point, new LocalGoal { MayBeHopeless = true, FirstRadius = 0.1 }))
            {
                yield return batch;
            }
            yield break;
        }
        _batch.Resize(1);
        _point.CopyTo(_batch.Point(0));
        yield return _batch;
    }

    /// <summary>Whether the best point has other levels than the centre.</summary>
    private bool IsElsewhere()
    {
        foreach (int variable in _discrete)
        {
            if (_space.Level(variable, _point[variable]) != _space.Level(variable, _centre[variable]))
            {
                return true;
            }
        }
        return false;
    }

    private void MoveAtRandom()
    {
        double kind = _random.NextDouble();
        for (int moves = kind < 0.5 ? 1 : kind < 0.85 ? 2 : 3; moves > 0; moves--)
        {
            int variable = _discrete[_random.NextBelow(_discrete.Length)];
            double reach = Math.Pow(_space.LevelCount(variable), _random.NextDouble() * _random.NextDouble());   // mostly near 1
            Move(variable, (_random.NextDouble() < 0.5 ? -1 : 1) * (int)reach);
        }
    }

    /// <summary>Moves a variable by some levels, turned back at the ends; to any other level when they have no order.</summary>
    private void Move(int variable, int by)
    {
        int count = _space.LevelCount(variable), level = _space.Level(variable, _point[variable]), moved = level + by;
        if (_space.IsCategory(variable))
        {
            moved = _random.NextBelow(count - 1);
            moved += moved >= level ? 1 : 0;
        }
        else if (moved < 0 || moved >= count)
        {
            moved = Math.Clamp(level - by, 0, count - 1);
        }
        _point[variable] = _space.Middle(variable, moved);
    }
}
