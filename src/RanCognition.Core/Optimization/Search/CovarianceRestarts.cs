namespace RanCognition.Optimization.Search;

/// <summary>Runs of CMA-ES with growing populations that hand over to the local search as they contract.</summary>
internal sealed class CovarianceRestarts
{
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
    private readonly double _smallest;
    private readonly double _largest;
    private double _population;
    private double _handOffRange = double.PositiveInfinity;
    private double _handOffValue = double.PositiveInfinity;
    private bool _isRunning;
    private bool _isExpanded;
    private bool _isFirst = true;

    public CovarianceRestarts(SearchArea area, RandomSource random, QuasiNewton search)
    {
        _area = area;
        _random = random;
        _search = search;
        int n = area.Dimension;
        _mean = new double[n];
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
            _isRunning = true;
        }
        foreach (Batch batch in _run.Step())
        {
            yield return batch;
        }
        BestValue = Math.Min(BestValue, _run.BestValue);
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
                JudgeHandOff();
            }
        }
        if (_run.End != CovarianceEnd.None)
        {
            Finish();
        }
    }

    private void JudgeHandOff()
    {
        double value = _search.Value;
        BestValue = Math.Min(BestValue, value);
        if (_search.IsClean && Math.Abs(value - _handOffValue) < 1e-9 + 1e-12 * Math.Abs(value))
        {
            _run.EndAsKnown();
        }
        _handOffValue = value;
    }

    private void Finish()
    {
        bool holdsBest = _run.BestValue <= _area.BestValue + 1e-9 + 1e-12 * Math.Abs(_area.BestValue);
        if (holdsBest && !_isExpanded && _run.End is CovarianceEnd.Range or CovarianceEnd.StepSize or CovarianceEnd.Stagnation or CovarianceEnd.Numeric)
        {
            _isExpanded = true;
            _run.Expand(1e5, 2 * _run.Population);
            _handOffRange = double.PositiveInfinity;
            return;
        }
        _isExpanded = false;
        _isRunning = false;
        _population *= _isFirst ? FirstGrowth : RestartGrowth;
        _isFirst = false;
        if (_population > _largest)
        {
            _population = _smallest;
        }
    }
}
