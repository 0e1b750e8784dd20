namespace RanCognition.Optimization.Search;

/// <summary>Runs of CMA-ES with growing populations that hand over to the local search as they contract.</summary>
internal sealed class CovarianceRestarts
{
    private const int ExpansionsMax = 3;
    private const double ExpansionFactor = 1e5;
    private const double FirstStepSize = 0.2;
    private const double HandOffShrinkage = 0.1;   // of the range of values from one hand-off to the next
    private const double HandOffShrinkageCheap = 0.32;   // while hand-offs cost little beside the run
    private const double CheapShare = 0.1;
    private const double KnownShrinkage = 0.12;   // over which hand-offs have to end in the same optimum for a basin to be known
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
    private double _handOffValueRange;
    private double _cleanValue = double.PositiveInfinity;   // best value of the run where the gradient vanishes
    private ulong _runUsed;
    private ulong _handOffsUsed;
    private ulong _lastHandOffUsed;
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

    private bool IsHandOffCheap => _handOffsUsed + _lastHandOffUsed < CheapShare * _runUsed;

    /// <summary>One generation, with what follows from it.</summary>
    public IEnumerable<Batch> Step()
    {
        if (!_isRunning)
        {
            _random.FillPoint(_mean, 0.1);
            _run.Begin(_mean, FirstStepSize, (int)_population);
            _handOffRange = _handOffValue = double.PositiveInfinity;
            _runBestValue = _cleanValue = double.PositiveInfinity;
            _expansions = 0;
            _runUsed = _handOffsUsed = 0;
            _isRunning = true;
        }
        double known = _area.BestValue;
        ulong before = _area.Evaluations;
        foreach (Batch batch in _run.Step())
        {
            yield return batch;
        }
        Enter(_run.BestPoint, _run.BestValue);
        _runUsed += _area.Evaluations - before;
        if (_run.End == CovarianceEnd.None && _run.Generation > HandOffGenerationMin && _run.Range < (IsHandOffCheap ? HandOffShrinkageCheap : HandOffShrinkage) * _handOffRange)
        {
            bool isFirstTime = double.IsPositiveInfinity(_handOffRange);
            _handOffRange = _run.Range;
            if (!isFirstTime)
            {
                before = _area.Evaluations;
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
                _lastHandOffUsed = _area.Evaluations - before;
                _handOffsUsed += _lastHandOffUsed;
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
        _cleanValue = isClean ? Math.Min(_cleanValue, value) : _cleanValue;
        if (!isClean || !(Math.Abs(value - _handOffValue) < 1e-9 + 1e-12 * Math.Abs(value)))
        {
            _handOffValue = value;
            _handOffValueRange = _handOffRange;
        }
        else if (_handOffRange <= KnownShrinkage * _handOffValueRange)
        {
            _run.EndAsKnown();
        }
    }

    /// <summary>
    /// A run that holds the best point, where the local search found no gradient that vanishes, may have contracted into a ripple: it goes on with larger steps. Otherwise the next run has more points.
    /// </summary>
    private void Finish()
    {
        bool holdsBest = _runBestValue <= _area.BestValue + 1e-9 + 1e-12 * Math.Abs(_area.BestValue);
        bool isSmooth = _cleanValue <= _runBestValue + 1e-9 + 1e-12 * Math.Abs(_runBestValue);
        if (holdsBest && !isSmooth && _expansions < ExpansionsMax && _run.End != CovarianceEnd.KnownBasin)
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
