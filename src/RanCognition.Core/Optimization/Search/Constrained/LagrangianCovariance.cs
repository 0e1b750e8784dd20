namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Runs of CMA-ES on an augmented Lagrangian, with growing populations, that hand over to the local search as they contract.</summary>
internal sealed class LagrangianCovariance
{
    private const double FirstStepSize = 0.2;
    private const double ContractionOfHandOff = 0.4;
    private const int HandOffGenerationMin = 10;
    private const double SamePlace = 0.01;
    private const double FirstGrowth = 6;
    private const double Growth = 2;
    private const int NumbersMax = 1 << 21;        // population times variables: 16 MB

    private readonly Ledger _ledger;
    private readonly SequentialQuadratic _local;
    private readonly RandomSource _random;
    private readonly SearchArea _area;
    private readonly CovarianceSearch _run;
    private readonly LagrangianWeights _weights;
    private readonly RankOrder _ranks = new();
    private readonly Func<Batch, int, double> _measure;
    private readonly double[] _mean;
    private readonly double[] _start;
    private readonly double[] _end;                // of the last hand-over
    private readonly double _smallest;
    private readonly double _largest;
    private double[] _values = [];
    private double _population;
    private double _handOffStep;
    private bool _isKnown;                         // whether the last hand-over came to an end that counts
    private bool _isRunning;
    private bool _isFirst = true;

    public LagrangianCovariance(SearchProblem problem, Ledger ledger, SequentialQuadratic local, RandomSource random, int[] moving)
    {
        int n = moving.Length;
        _ledger = ledger;
        _local = local;
        _random = random;
        _area = new SearchArea(problem, ledger, moving, ledger.BestU);
        _smallest = Math.Max(4 + Math.Floor(3 * Math.Log(n + 1)), Math.Min(Math.Max(6, 5 * n), ledger.EvaluationsLeft / 60.0));
        _largest = Math.Min(200.0 * n, Math.Max(_smallest, NumbersMax / n));
        _population = _smallest;
        _run = new CovarianceSearch(_area, random, (int)_population);
        _weights = new LagrangianWeights(n, problem.ConstraintCount);
        _measure = _weights.Value;
        _mean = new double[n];
        _start = new double[problem.Space.Dimension];
        _end = new double[problem.Space.Dimension];
    }

    /// <summary>The best of its points.</summary>
    public BestSeen Best { get; } = new();

    /// <summary>One generation, with what follows from it.</summary>
    public IEnumerable<Batch> Step()
    {
        if (!_isRunning)
        {
            _area.Hold(_ledger.BestU);
            _random.FillPoint(_mean, 0.1);
            _run.Begin(_mean, FirstStepSize, (int)_population);
            _weights.Clear();
            _handOffStep = FirstStepSize;
            _isKnown = false;
            _isRunning = true;
        }
        foreach (Batch batch in _run.Step())
        {
            yield return batch;
            _weights.Begin(batch);
            _area.SetMeasure(_measure);   // what the last generation was worth says nothing now
        }
        Learn();
        if (_run.End == CovarianceEnd.None && _run.Generation > HandOffGenerationMin && _run.StepSize < ContractionOfHandOff * _handOffStep)
        {
            _handOffStep = _run.StepSize;
            foreach (Batch batch in _local.Run(_start, new LocalGoal { MayBeHopeless = true, FirstRadius = Math.Clamp(2 * _run.StepSize, 1e-3, 0.3) }))
            {
                yield return batch;
            }
            JudgeHandOff();
        }
        if (_run.End != CovarianceEnd.None)
        {
            _isRunning = false;
            _population *= _isFirst ? FirstGrowth : Growth;
            _isFirst = false;
            _population = _population > _largest ? _smallest : _population;
        }
    }

    /// <summary>Ends the run when the local search comes to the same place again: the valley is known.</summary>
    private void JudgeHandOff()
    {
        Best.Offer(_local.Violation, _local.Value);
        bool isKnown = _local.IsClean || _local.IsGivenUp;
        double farthest = 0;
        for (int i = 0; i < _end.Length; i++)
        {
            farthest = Math.Max(farthest, Math.Abs(_end[i] - _local.Point[i]));
        }
        if (isKnown && _isKnown && farthest < SamePlace)
        {
            _run.EndAsKnown();
        }
        _isKnown = isKnown;
        _local.Point.CopyTo(_end, 0);
    }

    private void Learn()
    {
        Batch batch = _area.Batch;
        if (_values.Length < batch.Count)
        {
            _values = new double[batch.Count];
        }
        for (int row = 0; row < batch.Count; row++)
        {
            _values[row] = _weights.Value(batch, row);
            Best.Offer(batch.Violation(row), batch.Value(row));
        }
        ReadOnlySpan<int> order = _ranks.Of(_values.AsSpan(0, batch.Count));
        batch.Point(order[0]).CopyTo(_start);
        _weights.Learn(batch, order);
    }
}
