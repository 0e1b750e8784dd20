namespace RanCognition.Optimization.Search;

/// <summary>Differential evolution that searches locally from a new best member, and starts again with more members when all are equal.</summary>
internal sealed class DifferentialEvolutionRestarts(SearchArea area, RandomSource random, QuasiNewton search)
{
    private const int PolishGenerations = 20;
    private const double Moved = 0.03;   // of the range of a variable
    private readonly double[] _polished = new double[area.Dimension];
    private DifferentialEvolution? _population;
    private double _members = 10 + 1.5 * area.Dimension;
    private bool _hasPolished;
    private bool _hasRun;

    /// <summary>Best value of its own.</summary>
    public double BestValue { get; private set; } = Batch.Failed;

    /// <summary>One generation, with what follows from it.</summary>
    public IEnumerable<Batch> Step()
    {
        if (_population is null)
        {
            _population = new DifferentialEvolution(area, random, (int)_members);
            _hasPolished = !_hasRun && area.HasBest;
            foreach (Batch batch in _population.Begin(_hasPolished))
            {
                yield return batch;
            }
            if (_hasPolished)
            {
                _population.Point(0).CopyTo(_polished);
            }
            _members *= 1.5;
            _hasRun = true;
        }
        DifferentialEvolution population = _population;
        foreach (Batch batch in population.Step())
        {
            yield return batch;
        }
        if (population.Generation % PolishGenerations != 0)
        {
            yield break;
        }
        if (HasMoved(population.Point(population.BestMember)))
        {
            search.Place(population.Point(population.BestMember), population.BestValue);
            search.Forget();
            foreach (Batch batch in search.Run(200, 5))
            {
                yield return batch;
            }
            if (search.Value <= area.BestValue)
            {
                foreach (Batch batch in search.Polish())
                {
                    yield return batch;
                }
            }
            search.Point.CopyTo(_polished, 0);
            _hasPolished = true;
            if (search.Value < population.BestValue)
            {
                population.Improve(search.Point, search.Value);
            }
        }
        BestValue = Math.Min(BestValue, population.OwnBestValue);
        double worst = population.WorstValue;
        if (worst - population.BestValue < 1e-9 * Math.Max(1, Math.Abs(worst)))
        {
            _population = null;
        }
    }

    private bool HasMoved(ReadOnlySpan<double> point)
    {
        bool moved = !_hasPolished;
        for (int i = 0; i < point.Length; i++)
        {
            moved |= Math.Abs(point[i] - _polished[i]) > Moved;
        }
        return moved;
    }
}
