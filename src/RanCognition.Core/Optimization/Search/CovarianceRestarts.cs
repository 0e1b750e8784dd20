namespace RanCognition.Optimization.Search;

/// <summary>Runs of CMA-ES with growing populations that hand over to the local search as they contract.</summary>
internal sealed class CovarianceRestarts
{
    private const int ExpansionsMax = 3;
    private const double ExpansionFactor = 1e5;
    private const double FirstStepSize = 0.2;
    private const int HandOffGenerationMin = 10;
    private const double RestartGrowth = 2;
    private const double FirstGrowth = 6;
    private const int NumbersMax = 1 << 21;   // population times variables: 16 MB
    private readonly SearchArea _area;
    private readonly RandomSource _random;
    private readonly QuasiNewton _search;
    private readonly CovarianceSearch _run;
    private readonly double[] _mean;
    private readonly double[] _point;
    private readonly double[] _runBest;   // of the run and what it handed over
    private readonly double _smallest;
    private readonly double _largest;
    private double _population;
    private double _runBestValue;
    private double _handOffRange = double.PositiveInfinity;
    private double _handOffValue = double.PositiveInfinity;
    private bool _isRunning;
    private int _expansions;
    private bool _isFirst = true;

    public CovarianceRestarts(SearchArea area, RandomSource random, QuasiNewton search)
    {
        _area = area;
        _random = random;
        _search = search;
        int n = area.Dimension;
        _mean = new double[n];
        _runBest = new double[n];
        _point = new double[n];
        double generations = area.EvaluationsLeft / 60.0;   // a small budget needs generations more than points in each
        _smallest = Math.Max(4 + Math.Floor(3 * Math.Log(n + 1)), Math.Min(Math.Max(6, 5 * n), generations));
        _largest = Math.Min(200.0 * n, Math.Max(_smallest, NumbersMax / n));
        _population = _smallest;
        _run = new CovarianceSearch(area, random, (int)_population);
    }

    /// <summary>Best value of its runs.</summary>
    public double BestValue { get; private set; } = Batch.Failed;

    /// <summary>One generation, with what follows from it.</summary>
    public IEnumerable<Batch> Step()
    {
        if (!_isRunning)
        {
            _random.FillPoint(_mean, 0.1);
            _run.Begin(_mean, FirstStepSize, (int)_population);
            _handOffRange = _handOffValue = double.PositiveInfinity;
            _runBestValue = double.PositiveInfinity;
            _expansions = 0;
            _isRunning = true;
        }
        double known = _area.BestValue;
        foreach (Batch batch in _run.Step())
        {
            yield return batch;
        }
        Enter(_run.BestPoint, _run.BestValue);
        if (_run.End == CovarianceEnd.None && _run.Generation > HandOffGenerationMin && _run.Range < 0.1 * _handOffRange)
        {
            bool isFirstTime = double.IsPositiveInfinity(_handOffRange);
            _handOffRange = _run.Range;
            if (!isFirstTime)
            {
                _search.Place(_run.BestPoint, _run.BestValue);
                _run.CopyColumns(_search.Columns);
                _search.IsScaled = false;
                foreach (Batch batch in _search.Run(int.MaxValue, 5))
                {
                    yield return batch;
                }
                bool isClean = _search.IsClean;
                if (_search.Value <= _area.BestValue)
                {
                    foreach (Batch batch in _search.Polish())
                    {
                        yield return batch;
                    }
                }
                JudgeHandOff(isClean);
            }
        }
        if (_area.BestValue < known)
        {
            _area.CopyBest(_point);   // on a rugged function it may be a point that was only to give a difference
            Enter(_point, _area.BestValue);
        }
        if (_run.End != CovarianceEnd.None)
        {
            Finish();
        }
    }

    private void Enter(ReadOnlySpan<double> point, double value)
    {
        BestValue = Math.Min(BestValue, value);
        if (value < _runBestValue)
        {
            _runBestValue = value;
            point.CopyTo(_runBest);
        }
    }

    private void JudgeHandOff(bool isClean)
    {
        double value = _search.Value;
        Enter(_search.Point, value);
        if (isClean && Math.Abs(value - _handOffValue) < 1e-9 + 1e-12 * Math.Abs(value))
        {
            _run.EndAsKnown();
        }
        _handOffValue = value;
    }

    /// <summary>
    /// A run that holds the best point but was not shown to be at the bottom of its basin may have contracted into a ripple: it goes on with larger steps. Otherwise the next run has more points.
    /// </summary>
    private void Finish()
    {
        bool holdsBest = _runBestValue <= _area.BestValue + 1e-9 + 1e-12 * Math.Abs(_area.BestValue);
        if (holdsBest && _expansions < ExpansionsMax && _run.End != CovarianceEnd.KnownBasin)
        {
            _expansions++;
            _run.Expand(_runBest, _runBestValue, ExpansionFactor);
            _handOffRange = double.PositiveInfinity;
            return;
        }
        _isRunning = false;
        _population *= _isFirst ? FirstGrowth : RestartGrowth;
        _isFirst = false;
        if (_population > _largest)
        {
            _population = _smallest;
        }
    }
}
