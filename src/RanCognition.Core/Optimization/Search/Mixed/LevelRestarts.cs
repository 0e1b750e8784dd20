namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Iterated local search on levels: descends, disturbs the result, descends again, and keeps what is not worse.</summary>
/// <remarks>Lourenco, Martin and Stuetzle, "Iterated local search", 2003. The disturbance grows while nothing better is found; after many failures the walk starts from a random point, whose result has to do better than the best within as many rounds again.</remarks>
internal sealed class LevelRestarts
{
    // Of the budget, for changes of levels after which the other variables settle.
    private const double RelaxedShare = 0.1;

    // Of the budget, for changes of two levels at one point.
    private const double PairShare = 0.03;

    // Rounds of which a worse result becomes the base: a walk that only accepts what is better stays where it is.
    private const double WorseProbability = 0.05;

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly RandomSource _random;
    private readonly int[] _variables;
    private readonly LevelSearch _search;
    private readonly MixedDescent? _descent;
    private readonly RelaxedMoves? _relaxed;
    private readonly Standing _base;
    private readonly Batch _batch;
    private int _steps;
    private int _failures;
    private int _patience;

    /// <param name="problem">The problem.</param>
    /// <param name="ledger">Its book.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="variables">The variables with levels.</param>
    /// <param name="descent">What improves the other variables after the levels; null = there are none.</param>
    /// <param name="search">The search of levels that the descent uses too.</param>
    public LevelRestarts(SearchProblem problem, Ledger ledger, RandomSource random, int[] variables, LevelSearch search, MixedDescent? descent)
    {
        _problem = problem;
        _ledger = ledger;
        _random = random;
        _variables = variables;
        _search = search;
        _descent = descent;
        _relaxed = descent is null ? null : new RelaxedMoves(problem, ledger, random, descent, variables);
        _base = new Standing(problem.Space.Dimension);
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _patience = 20 + variables.Length;
        Best = new Standing(problem.Space.Dimension);
    }

    /// <summary>The best point that it found.</summary>
    public Standing Best { get; }

    /// <summary>Rounds since it found the best point known.</summary>
    public int RoundsSinceBest { get; private set; }

    /// <summary>One round: a disturbance and the descent from there.</summary>
    public IEnumerable<Batch> Step()
    {
        int version = _ledger.BestVersion;
        // The first descent is a quick one, so that other strategies can begin; the second one looks around its result.
        bool isFirst = _steps == 0, isSecond = _steps == 1;
        _steps = Math.Min(_steps + 1, 2);
        if (isFirst || isSecond)
        {
            _ledger.BestU.CopyTo(_batch.Point(0));
        }
        else if (_failures >= _patience)
        {
            Restart();
        }
        else
        {
            _base.Point.CopyTo(_batch.Point(0));
            int most = 2 + _failures * _variables.Length / (4 * _patience);
            _search.Disturb(_batch.Point(0), 1 + _random.NextBelow(Math.Min(most, _variables.Length)));
            _descent?.Disturb(_batch.Point(0));
        }
        _batch.Resize(1);
        yield return _batch;
        _search.Best.Set(_batch, 0);
        foreach (Batch batch in Descend(isFirst, isSecond))
        {
            yield return batch;
        }
        Standing found = _search.Best;
        if (found.IsBetterThan(_base))
        {
            _failures = 0;
        }
        else
        {
            _failures++;
        }
        if (!_base.IsBetterThan(found) || _random.NextDouble() < WorseProbability)
        {
            _base.Set(found);
        }
        if (found.IsBetterThan(Best))
        {
            Best.Set(found);
        }
        RoundsSinceBest = _ledger.BestVersion != version ? 0 : RoundsSinceBest + 1;
    }

    private IEnumerable<Batch> Descend(bool isFirst, bool isSecond)
    {
        bool gains = true;
        while (gains)
        {
            foreach (Batch batch in _search.Descend(_variables.Length))
            {
                yield return batch;
            }
            if (_descent is not null)
            {
                foreach (Batch batch in _descent.Run(_search.Best, false))
                {
                    yield return batch;
                }
            }
            gains = false;
            if (isFirst || _base.IsBetterThan(_search.Best))
            {
                continue;   // the rest is for points that may become the base
            }
            foreach (Batch batch in _search.TryPairs(Math.Max(4 * _variables.Length + 32, (long)(PairShare * _problem.Evaluations))))
            {
                yield return batch;
            }
            gains = _search.HasPairGained;
            if (!gains && _relaxed is not null && (isSecond || _search.Best.IsBetterThan(_base)))
            {
                foreach (Batch batch in _relaxed.Run(_search.Best, (ulong)(RelaxedShare * _problem.Evaluations)))
                {
                    yield return batch;
                }
                gains = _relaxed.HasGained;
            }
        }
    }

    /// <summary>From a random point and from the best one known in turn.</summary>
    private void Restart()
    {
        bool isRandom = Best.IsBetterThan(_base) ? false : _random.NextDouble() < 0.5;
        if (isRandom)
        {
            _random.FillPoint(_batch.Point(0), 0);
        }
        else
        {
            _ledger.BestU.CopyTo(_batch.Point(0));
        }
        _base.Clear();
        _failures = 0;
        _patience += _patience / 4;
    }
}
