namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Runs of CMA-ES over all variables with an order, those without held at the best point known; with a margin, so that no variable with levels is stuck at one.</summary>
internal sealed class MixedCovariance
{
    private const double FirstStepSize = 0.2;
    private const double InfeasibleValue = 1e100;
    private const double Growth = 2;

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly RandomSource _random;
    private readonly SearchArea _area;
    private readonly CovarianceSearch _run;
    private readonly LevelSearch? _levels;
    private readonly MixedDescent? _descent;
    private readonly double[] _mean;
    private readonly double[] _held;
    private readonly double _smallest;
    private double _population;
    private bool _isRunning;

    /// <param name="problem">The problem.</param>
    /// <param name="ledger">Its book.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="moving">The variables that it may move, at least one.</param>
    /// <param name="levels">What searches from the best point of a run.</param>
    /// <param name="descent">The same for variables without levels.</param>
    public MixedCovariance(SearchProblem problem, Ledger ledger, RandomSource random, int[] moving, LevelSearch? levels, MixedDescent? descent)
    {
        _problem = problem;
        _ledger = ledger;
        _random = random;
        _levels = levels;
        _descent = descent;
        _area = new SearchArea(problem, ledger, moving, ledger.BestU);
        if (problem.ConstraintCount > 0)
        {
            _area.SetMeasure(static (batch, row) => batch.Violation(row) > 0 ? InfeasibleValue * (1 + Math.Min(batch.Violation(row), 1e100)) : batch.Value(row));
        }
        int n = moving.Length, withLevels = 0;
        int[] counts = new int[n];
        for (int i = 0; i < n; i++)
        {
            counts[i] = problem.Space.LevelCount(moving[i]);
            withLevels += counts[i] > 0 ? 1 : 0;
        }
        double wanted = 2 * withLevels > n ? Math.Max(2 * n, 10) : Math.Max(5 * n, 10);
        _smallest = Math.Max(4 + Math.Floor(3 * Math.Log(n + 1)), Math.Min(wanted, ledger.EvaluationsLeft / 60.0));
        _population = _smallest;
        _run = new CovarianceSearch(_area, random, (int)_population) { LevelCounts = counts };
        _mean = new double[n];
        _held = new double[problem.Space.Dimension];
        Best = new Standing(problem.Space.Dimension);
        Moving = moving;
    }

    private int[] Moving { get; }

    /// <summary>The best point of its own.</summary>
    public Standing Best { get; }

    /// <summary>A generation, with what follows from it.</summary>
    public IEnumerable<Batch> Step()
    {
        if (!_isRunning)
        {
            _random.FillPoint(_mean, 0.1);
            _ledger.BestU.CopyTo(_held);
            _area.Hold(_held);
            _run.Begin(_mean, FirstStepSize, (int)_population);
            _isRunning = true;
        }
        foreach (Batch batch in _run.Step())
        {
            yield return batch;
            for (int row = 0; row < batch.Count; row++)
            {
                if (Best.IsBeatenBy(batch, row))
                {
                    Best.Set(batch, row);
                }
            }
        }
        if (_run.End == CovarianceEnd.None)
        {
            yield break;
        }
        _isRunning = false;
        _population = Growth * _population > 200 * _mean.Length ? _smallest : Growth * _population;
        foreach (Batch batch in Finish())
        {
            yield return batch;
        }
    }

    /// <summary>Searches locally from where a run ended.</summary>
    private IEnumerable<Batch> Finish()
    {
        if (_levels is null || !double.IsFinite(_run.BestValue))
        {
            yield break;
        }
        _area.Resize(1);
        _area.Set(0, _run.BestPoint);
        yield return _area.Batch;
        _levels.Best.Set(_area.Batch, 0);
        foreach (Batch batch in _levels.Descend(0))
        {
            yield return batch;
        }
        if (_descent is not null)
        {
            foreach (Batch batch in _descent.Run(_levels.Best, false))
            {
                yield return batch;
            }
        }
        if (_levels.Best.IsBetterThan(Best))
        {
            Best.Set(_levels.Best);
        }
    }
}
