namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Iterated local search on levels with constraints that have prices: walks through points that are not allowed, which a search that puts the violation first cannot.</summary>
/// <remarks>Strategic oscillation: Glover, "Heuristics for integer programming using surrogate constraints", 1977.</remarks>
internal sealed class PenaltyRestarts
{
    private const double WorseProbability = 0.05;

    // Rounds after which it begins again at the best point known.
    private const int Patience = 30;

    private readonly Ledger _ledger;
    private readonly RandomSource _random;
    private readonly LevelSearch _search;
    private readonly PenaltyWeights _prices;
    private readonly Batch _batch;
    private readonly double[] _base;
    private readonly int _changesMax;
    private bool _hasBase;
    private int _rounds;

    public PenaltyRestarts(SearchProblem problem, Ledger ledger, RandomSource random, int[] variables)
    {
        _ledger = ledger;
        _random = random;
        _prices = new PenaltyWeights(problem.ConstraintCount);
        _search = new LevelSearch(problem, random, variables) { Prices = _prices };
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _base = new double[problem.Space.Dimension];
        _changesMax = Math.Min(3, variables.Length);
        Best = new Standing(problem.Space.Dimension);
    }

    /// <summary>The best point that it found, violation first.</summary>
    public Standing Best { get; }

    /// <summary>One round: a disturbance, the descent from there, and new prices.</summary>
    public IEnumerable<Batch> Step()
    {
        if (!_hasBase)
        {
            foreach (Batch batch in LearnPrices())
            {
                yield return batch;
            }
        }
        else if (++_rounds % Patience == 0)
        {
            _ledger.BestU.CopyTo(_base);
        }
        _batch.Resize(2);
        _base.CopyTo(_batch.Point(0));
        _base.CopyTo(_batch.Point(1));
        _search.Disturb(_batch.Point(1), 1 + _random.NextBelow(_changesMax));
        yield return _batch;
        double merit = _prices.Merit(_batch, 0);
        _search.Place(_batch, 1);
        foreach (Batch batch in _search.Descend(0))
        {
            yield return batch;
        }
        _batch.Resize(1);
        _search.Best.Point.CopyTo(_batch.Point(0));
        yield return _batch;
        if (Best.IsBeatenBy(_batch, 0))
        {
            Best.Set(_batch, 0);
        }
        if (_search.Best.Value <= merit || _random.NextDouble() < WorseProbability)
        {
            _search.Best.Point.CopyTo(_base, 0);
        }
        _prices.Adapt(_batch, 0);
    }

    /// <summary>Looks at points near the best one known.</summary>
    private IEnumerable<Batch> LearnPrices()
    {
        _hasBase = true;
        _ledger.BestU.CopyTo(_base);
        _batch.Resize(1 + Math.Min(2 * _base.Length, 32));
        for (int row = 0; row < _batch.Count; row++)
        {
            _base.CopyTo(_batch.Point(row));
            if (row > 0)
            {
                _search.Disturb(_batch.Point(row), 1);
            }
        }
        yield return _batch;
        _prices.Learn(_batch);
    }
}
