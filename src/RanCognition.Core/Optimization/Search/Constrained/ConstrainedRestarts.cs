namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Local searches from the best of a handful of random points, again and again.</summary>
internal sealed class ConstrainedRestarts
{
    private const int PointsPerVariable = 5;
    private const int PointsMax = 256;

    private readonly Ledger _ledger;
    private readonly SequentialQuadratic _local;
    private readonly RandomSource _random;
    private readonly Batch _batch;
    private readonly ConstraintOrder _order;
    private readonly double[] _start;
    private int _searches;

    public ConstrainedRestarts(SearchProblem problem, Ledger ledger, SequentialQuadratic local, RandomSource random)
    {
        _ledger = ledger;
        _local = local;
        _random = random;
        _start = new double[problem.Space.Dimension];
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _order = new ConstraintOrder(problem.ConstraintCount);
    }

    /// <summary>Searches since one found the best point known.</summary>
    public int SearchesSinceBest { get; private set; }

    /// <summary>The best of where its searches ended.</summary>
    public BestSeen Best { get; } = new();

    /// <summary>One search.</summary>
    public IEnumerable<Batch> Step()
    {
        _batch.Resize(Math.Min(PointsMax, PointsPerVariable * _start.Length));
        for (int row = 0; row < _batch.Count; row++)
        {
            _random.FillPoint(_batch.Point(row), 0.02);
        }
        yield return _batch;
        _order.Learn(_batch);
        double least = double.PositiveInfinity, value = double.PositiveInfinity;
        for (int row = 0; row < _batch.Count; row++)
        {
            double violation = _order.Violation(_batch, row);
            if (row == 0 || !_order.IsNotWorse(least, value, violation, _batch.Value(row)))
            {
                least = violation;
                value = _batch.Value(row);
                _batch.Point(row).CopyTo(_start);
            }
        }
        int version = _ledger.BestVersion;
        foreach (Batch batch in _local.Run(_start, new LocalGoal { MayBeHopeless = _searches++ % 2 == 1 }))
        {
            yield return batch;
        }
        Best.Offer(_local.Violation, _local.Value);
        SearchesSinceBest = _ledger.BestVersion == version ? SearchesSinceBest + 1 : 0;
    }
}
