namespace RanCognition.Optimization.Search;

/// <summary>Search of real variables: a local search at once, then several strategies side by side, each with evaluations by how well it does.</summary>
internal sealed class Portfolio
{
    private const double Losing = 0.25;   // weight of a strategy that another one beats
    private readonly SearchArea _area;
    private readonly QuasiNewton _first;
    private readonly QuasiNewton _second;
    private readonly LocalRestarts _local;
    private readonly DifferentialEvolutionRestarts _evolution;
    private readonly RandomSource _covarianceRandom;
    private readonly ulong[] _used = new ulong[Strategies];
    private CovarianceRestarts? _covariance;

    private const int Start = 0;
    private const int Local = 1;
    private const int Covariance = 2;
    private const int Evolution = 3;
    private const int Strategies = 4;

    /// <param name="area">What may be moved: at least one coordinate.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    public Portfolio(SearchArea area, ulong seed)
    {
        _area = area;
        _first = new QuasiNewton(area);
        _second = new QuasiNewton(area);
        _local = new LocalRestarts(area, new RandomSource(seed + 1), _second);
        _covarianceRandom = new RandomSource(seed + 2);
        _evolution = new DifferentialEvolutionRestarts(area, new RandomSource(seed + 3), _second);
    }

    /// <summary>Names of the strategies, in the order of <see cref="Used"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["start", "local", "cma_es", "differential_evolution"];

    /// <summary>Evaluations of each strategy.</summary>
    public IReadOnlyList<ulong> Used => _used;

    /// <summary>Searches without end.</summary>
    public IEnumerable<Batch> Run()
    {
        ulong before = _area.Evaluations;
        foreach (Batch batch in Begin())
        {
            yield return batch;
            Charge(Start, ref before);
        }
        Charge(Start, ref before);
        _covariance = new CovarianceRestarts(_area, _covarianceRandom, _second);
        while (true)
        {
            int next = Choose();
            IEnumerable<Batch> step = next == Local ? _local.Step() : next == Covariance ? _covariance.Step() : _evolution.Step();
            ulong usedBefore = _used[next];
            foreach (Batch batch in step)
            {
                yield return batch;
                Charge(next, ref before);
            }
        }
    }

    private void Charge(int strategy, ref ulong before)
    {
        _used[strategy] += _area.Evaluations - before;
        before = _area.Evaluations;
    }

    /// <summary>The first local search and the hops from where it ends.</summary>
    private IEnumerable<Batch> Begin()
    {
        foreach (Batch batch in new Probe(_area).Run(_first))
        {
            yield return batch;
        }
        foreach (Batch batch in _first.Run(int.MaxValue, double.PositiveInfinity))
        {
            yield return batch;
        }
        _local.BestValue = _first.Value;
        if (!_first.IsClean)
        {
            _second.Take(_first);
            foreach (Batch batch in _second.Polish())
            {
                yield return batch;
            }
        }
        foreach (Batch batch in new Hops(_area, _first, _second).Run(100 * (ulong)_area.Dimension))
        {
            yield return batch;
        }
    }

    /// <summary>The strategy that has used the fewest evaluations for its weight.</summary>
    private int Choose()
    {
        double n = _area.Dimension, covarianceWeight = 1, evolutionWeight = 0.7, covarianceBest = _covariance!.BestValue;
        bool localLeads = _local.SearchesSinceBest < 40 && (_local.BestValue <= covarianceBest || _used[Local] < 300 * n);
        if (_used[Covariance] > 150 * n && _used[Evolution] > 45 * n)
        {
            bool evolutionLeads = _evolution.BestValue < covarianceBest;
            covarianceWeight = evolutionLeads ? Losing : 1;
            evolutionWeight = evolutionLeads ? 1 : Losing;
        }
        double covariance = _used[Covariance] / covarianceWeight, local = _used[Local] / (localLeads ? 1 : Losing), evolution = _used[Evolution] / evolutionWeight;
        return covariance <= local && covariance <= evolution ? Covariance : local <= evolution ? Local : Evolution;
    }
}
