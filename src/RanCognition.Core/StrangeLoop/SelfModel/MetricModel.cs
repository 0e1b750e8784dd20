using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>What a loop knows of one metric: its open prediction, and how predictions of it are corrected.</summary>
internal sealed class MetricModel
{
    private const double LossMax = StrangeLoopLimits.ValueMax;
    private const int ObservationsBeforeTuning = 32;   // until then nothing is known well enough to compare

    // Quantiles of coverages that lie within a rounding of 0 or 1.
    private const double NormalQuantileMin = 1e-12;
    private const double NormalQuantileMax = 8;

    private readonly int _levels;
    private readonly double _aciStep;
    private ErrorRecord[] _records = [];   // by memory; none before the first outcome
    private double _normalQuantile;   // of the coverage
    private Tuner? _tuner;

    public MetricModel(string metric, int levels, double aciStep)
    {
        Metric = metric;
        _levels = levels;
        _aciStep = aciStep;
        Setting = SettingLadder.AtFirst;
        Scores = new ScoreWindow(Setting.ScoreWindow);
    }

    public MetricModel(MetricState state, int levels, double aciStep)
    {
        Metric = state.Metric;
        _levels = levels;
        _aciStep = aciStep;
        Observations = state.Observations;
        Setting = state.Setting;
        Scores = new ScoreWindow(Setting.ScoreWindow, state.Scores);
        Coverage = state.Coverage is null ? null : new CoverageRecord(state.Coverage);
        _normalQuantile = QuantileOf(Coverage);
        Open = state.Open;
        _records = new ErrorRecord[state.Records.Count];
        for (int i = 0; i < _records.Length; i++)
        {
            _records[i] = new ErrorRecord(state.Records[i]);
        }
        _tuner = state.Tuning is null ? null : new Tuner(state.Tuning, levels);
    }

    public string Metric { get; }

    public ulong Observations { get; private set; }

    /// <summary>What it holds, about: its tuner runs a few settings, each with scores of its own.</summary>
    public ulong MemoryBytes => 500 + ((_tuner is null ? 1UL : 4UL) * (ulong)Scores.Count * 16);

    public LoopSetting Setting { get; private set; }

    public ScoreWindow Scores { get; private set; }

    /// <summary>Null = there never was an interval.</summary>
    public CoverageRecord? Coverage { get; private set; }

    /// <summary>Null = no prediction is open.</summary>
    public OpenForecastState? Open { get; private set; }

    /// <summary>The deepest level that has a part in the corrections.</summary>
    public int Level => Observations == 0 || _levels == 0 ? 0 : Setting == SettingLadder.AtFirst ? 1 : _tuner is null || _tuner.Patience == SettingLadder.PatienceAtFirst ? 2 : 3;

    /// <summary>Opens a prediction; one that is open is forgotten.</summary>
    /// <param name="mean">The mixture, or the loop's own.</param>
    /// <param name="forecast">Null = there is no interval.</param>
    public CorrectedForecast Predict(double mean, LoopForecast? forecast)
    {
        double halfLower = double.NaN, halfUpper = double.NaN, offset = 0;
        if (forecast is not null)
        {
            if (Coverage is null || Coverage.Coverage != forecast.Coverage)
            {
                Coverage = new CoverageRecord(forecast.Coverage);
                _normalQuantile = QuantileOf(Coverage);
            }
            double middle = forecast.Mean ?? mean;
            if (middle < forecast.Lower || middle > forecast.Upper)
            {
                // As the mean of a skewed distribution can be. A mixture takes the interval's width along; a mean of the loop's own lies where it was said to lie.
                middle = forecast.Lower is { } from && forecast.Upper is { } to ? from + (to - from) / 2 : (forecast.Lower ?? forecast.Upper)!.Value;
                offset = middle - (forecast.Mean ?? middle);
            }
            halfLower = forecast.Lower is { } lower ? Math.Max(0, middle - lower) : double.NaN;
            halfUpper = forecast.Upper is { } upper ? Math.Max(0, upper - middle) : double.NaN;
        }
        (double gain, double bias) = Correction(Setting);
        double corrected = gain * mean + bias;
        (double low, double high, bool isEmpty) = (double.NaN, double.NaN, false);
        if (forecast is not null)
        {
            (low, high, isEmpty) = Interval(corrected + offset, new HalfWidths(halfLower, halfUpper, TypicalErrorOf(Setting)), Scores);
        }
        Open = new OpenForecastState
        {
            Mean = mean,
            HalfLower = OrNull(halfLower),
            HalfUpper = OrNull(halfUpper),
            CentreOffset = offset,
            HasInterval = forecast is not null,
            CorrectedMean = corrected,
            Lower = OrNull(low),
            Upper = OrNull(high),
            Empty = isEmpty,
        };
        return new CorrectedForecast(Metric, corrected, Open.Lower, Open.Upper, isEmpty);
    }

    /// <summary>Closes the open prediction with its outcome.</summary>
    public void Learn(double observed, ulong timeNs)
    {
        OpenForecastState open = Open!;
        if (_levels > 0)
        {
            LearnCorrection(open, observed, timeNs);
        }
        if (open.HasInterval)
        {
            bool isCovered = !open.Empty && !(observed < open.Lower) && !(observed > open.Upper);
            Coverage!.Learn(isCovered, _aciStep);
        }
        Observations++;
        Open = null;
        if (_tuner?.Decide(this, timeNs) is { } better)
        {
            (Setting, Scores) = (better.Setting, better.Scores);
        }
    }

    /// <summary>Loss of a setting on the open prediction, before its outcome is learned; the score goes to the setting's own.</summary>
    /// <remarks>Absolute error, and the interval score (Gneiting and Raftery, JASA 2007) in a unit in which a right interval of normal errors loses as much.</remarks>
    public double LossOf(LoopSetting setting, ScoreWindow scores, double observed)
    {
        (double gain, double bias) = Correction(setting);
        double mean = gain * Open!.Mean + bias, centre = mean + Open.CentreOffset, loss = Math.Abs(observed - mean);
        HalfWidths halves = new(Open.HalfLower ?? double.NaN, Open.HalfUpper ?? double.NaN, TypicalErrorOf(setting));
        int sides = halves.BoundedSides;
        if (sides == 0)
        {
            return Math.Min(LossMax, loss);
        }
        if (Coverage!.Miscoverage is > 0 and < 1)
        {
            (double lower, double upper, _) = Interval(centre, halves, scores);
            double beyond = observed < lower ? lower - observed : observed > upper ? observed - upper : 0, miscoverage = 1 - Coverage.Coverage;
            double width = (double.IsNaN(lower) ? 0 : centre - lower) + (double.IsNaN(upper) ? 0 : upper - centre);
            loss += (miscoverage * width + sides * beyond) / (5 * Math.Exp(-_normalQuantile * _normalQuantile / 2) / Math.Sqrt(2 * Math.PI));
        }
        scores.Add(halves.Score(centre, observed));
        return Math.Min(LossMax, loss);
    }

    /// <summary>The correction that the next prediction would get.</summary>
    public MetricCorrection Correction()
    {
        (double gain, double bias) = Correction(Setting);
        double? scale = Coverage is null || Coverage.Miscoverage <= 0 ? null : Coverage.Miscoverage >= 1 ? 0 : Scores.Quantile(1 - Coverage.Miscoverage, _normalQuantile);
        return new MetricCorrection(Metric, bias, gain, Open is { HasInterval: true, HalfLower: null, HalfUpper: null } ? null : scale);
    }

    public MetricState State()
    {
        MetricCorrection now = Correction();
        ErrorRecordState[] records = new ErrorRecordState[_records.Length];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = _records[i].State();
        }
        return new MetricState
        {
            Metric = Metric,
            Observations = Observations,
            Setting = Setting,
            Bias = now.Bias,
            Gain = now.Gain,
            IntervalScale = now.IntervalScale,
            Coverage = Coverage?.State(_aciStep),
            Open = Open,
            Scores = Scores.OldestFirst(),
            Records = records,
            Tuning = _tuner?.State(),
        };
    }

    private void LearnCorrection(OpenForecastState open, double observed, ulong timeNs)
    {
        if (_levels >= 2 && Observations >= ObservationsBeforeTuning)
        {
            _tuner ??= new Tuner(_levels);
            _tuner.Compare(this, observed);
        }
        else
        {
            LossOf(Setting, Scores, observed);
        }
        if (_records.Length == 0)
        {
            _records = NewRecords();
        }
        double variance = open.HasInterval ? new HalfWidths(open.HalfLower ?? double.NaN, open.HalfUpper ?? double.NaN, 0).Variance(_normalQuantile) : double.NaN;
        foreach (ErrorRecord record in _records)
        {
            record.Learn(open.Mean, observed, variance, Observations);
        }
    }

    /// <summary>One of each memory where memory is tuned.</summary>
    private ErrorRecord[] NewRecords()
    {
        if (_levels == 1)
        {
            return [new ErrorRecord(Setting.Memory)];
        }
        ErrorRecord[] records = new ErrorRecord[SettingLadder.Memories.Length];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = new ErrorRecord(SettingLadder.Memories[i]);
        }
        return records;
    }

    private ErrorRecord? RecordOf(LoopSetting setting) => _records.Length switch { 0 => null, 1 => _records[0], _ => _records[SettingLadder.IndexOfMemory(setting.Memory)] };

    private (double Gain, double Bias) Correction(LoopSetting setting) => RecordOf(setting)?.Correction(setting.Damping) ?? (1, 0);

    private double TypicalErrorOf(LoopSetting setting) => RecordOf(setting)?.TypicalError ?? 0;

    private (double Lower, double Upper, bool IsEmpty) Interval(double centre, HalfWidths halves, ScoreWindow scores)
    {
        double level = Coverage!.Miscoverage;
        if (level <= 0 || level >= 1)
        {
            return (double.NaN, double.NaN, level >= 1);
        }
        double scale = scores.Quantile(1 - level, _normalQuantile);
        return (centre - halves.Below(scale), centre + halves.Above(scale), false);
    }

    private static double QuantileOf(CoverageRecord? coverage) =>
        coverage is null ? 1 : Math.Clamp(NormalQuantiles.Quantile((1 + coverage.Coverage) / 2), NormalQuantileMin, NormalQuantileMax);

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
