namespace RanCognition.Optimization.Search;

/// <summary>Search of real variables: a local search at once, then several strategies side by side, each with evaluations by how well it does.</summary>
internal sealed class Portfolio
{
    private const double Losing = 0.25;   // weight of a strategy that another one beats
    private const double LocalLosing = 0.15;
    private const double LosingToGaining = 0.1;   // while that one gets better all the time
    private const double Gaining = 30;   // evaluations per variable within which a strategy has bettered itself
    private const double CovarianceTrial = 150;   // evaluations per variable before strategies are compared
    private const double EvolutionTrial = 45;
    private const double LocalTrial = 300;
    private const int LocalPatience = 40;   // searches
    private const int Start = 0;
    private const int Local = 1;
    private const int Covariance = 2;
    private const int Evolution = 3;
    private const int Strategies = 4;
    private static readonly string[] Names = ["start", "local", "cma_es", "differential_evolution"];

    private readonly SearchArea _area;
    private readonly QuasiNewton _first;
    private readonly QuasiNewton _second;
    private readonly LocalRestarts _local;
    private readonly DifferentialEvolutionRestarts _evolution;
    private readonly RandomSource _covarianceRandom;
    private readonly ulong[] _used = new ulong[Strategies];
    private readonly ulong[] _usedAtBest = new ulong[Strategies];
    private readonly double[] _best = [Batch.Failed, Batch.Failed, Batch.Failed, Batch.Failed];
    private CovarianceRestarts? _covariance;

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

    /// <summary>Searches without end.</summary>
    public IEnumerable<Batch> Run()
    {
        ulong before = _area.Evaluations;
        _area.ChargeTo(Names[Start]);
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
            _area.ChargeTo(Names[next]);
            IEnumerable<Batch> step = next == Local ? _local.Step() : next == Covariance ? _covariance.Step() : _evolution.Step();
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
        DiagonalScan scan = new(_area);
        if (scan.IsWorthIt)
        {
            foreach (Batch batch in scan.Run())
            {
                yield return batch;
            }
        }
        foreach (Batch batch in new Probe(_area).Run(_first))
        {
            yield return batch;
        }
        foreach (Batch batch in _first.Run(int.MaxValue, double.PositiveInfinity))
        {
            yield return batch;
        }
        _second.Take(_first);
        foreach (Batch batch in _second.Polish())
        {
            yield return batch;
        }
        _local.BestValue = Math.Min(_first.Value, _second.Value);
        Hops hops = new(_area, _first, _second);
        foreach (Batch batch in hops.Run(100 * (ulong)_area.Dimension))
        {
            yield return batch;
        }
        if (hops.HasImproved)
        {
            _second.Take(_first);
            foreach (Batch batch in _second.Polish())
            {
                yield return batch;
            }
        }
    }

    /// <summary>The strategy that has used the fewest evaluations for its weight.</summary>
    private int Choose()
    {
        double n = _area.Dimension, covarianceWeight = 1, evolutionWeight = 0.7, localWeight = 1;
        Note(Local, _local.BestValue);
        Note(Covariance, _covariance!.BestValue);
        Note(Evolution, _evolution.BestValue);
        double others = Math.Min(_covariance.BestValue, _evolution.BestValue);
        bool localLeads = _local.BestValue <= others + 1e-6 + 1e-9 * Math.Abs(others) || (_local.SearchesSinceBest < LocalPatience && _used[Local] < LocalTrial * n);
        if (!localLeads)
        {
            localWeight = LocalLosing;
        }
        if (_used[Covariance] > CovarianceTrial * n && _used[Evolution] > EvolutionTrial * n)
        {
            bool evolutionLeads = _evolution.BestValue < _covariance.BestValue;
            int leader = evolutionLeads ? Evolution : Covariance;
            bool isGaining = !localLeads && _used[leader] - _usedAtBest[leader] < Gaining * n;
            localWeight = isGaining ? LosingToGaining : localWeight;
            double loserWeight = isGaining ? LosingToGaining : Losing;
            bool holdsBest = others <= _area.BestValue + 1e-6 + 1e-9 * Math.Abs(others);
            covarianceWeight = evolutionLeads ? loserWeight : 1;
            evolutionWeight = evolutionLeads || !holdsBest ? 1 : loserWeight;   // CMA-ES does not lead as long as the start is better
        }
        double covariance = _used[Covariance] / covarianceWeight, local = _used[Local] / localWeight, evolution = _used[Evolution] / evolutionWeight;
        return covariance <= local && covariance <= evolution ? Covariance : local <= evolution ? Local : Evolution;
    }

    /// <summary>Keeps when a strategy last bettered itself.</summary>
    private void Note(int strategy, double best)
    {
        if (best < _best[strategy] - 1e-9 - 1e-12 * Math.Abs(best))
        {
            _best[strategy] = best;
            _usedAtBest[strategy] = _used[strategy];
        }
    }
}
