using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>One loop: its metrics, its experts, and what it did last.</summary>
internal sealed class SelfModelledLoop
{
    private readonly StrangeLoopOptions _options;
    private readonly List<MetricModel> _metrics = [];
    private ExpertPanel? _experts;
    private IReadOnlyList<ConfigurationChange> _actions = [];

    public SelfModelledLoop(string loopId, StrangeLoopOptions options)
    {
        LoopId = loopId;
        _options = options;
    }

    public SelfModelledLoop(LoopState state, StrangeLoopOptions options)
        : this(state.LoopId, options)
    {
        TimeNs = state.TimeNs;
        foreach (MetricState metric in state.Metrics)
        {
            _metrics.Add(new MetricModel(metric, options.Levels, options.AciStep));
        }
        _experts = state.Experts is null ? null : new ExpertPanel(state.Experts);
        _actions = state.Actions;
    }

    public string LoopId { get; }

    /// <summary>When it last spoke.</summary>
    public ulong TimeNs { get; private set; }

    public IReadOnlyList<MetricModel> Metrics => _metrics;

    /// <summary>What it holds, about.</summary>
    public ulong MemoryBytes
    {
        get
        {
            ulong bytes = 500;
            foreach (MetricModel metric in _metrics)
            {
                bytes += metric.MemoryBytes;
            }
            return bytes;
        }
    }

    public MetricModel? Find(string metric)
    {
        foreach (MetricModel model in _metrics)
        {
            if (model.Metric == metric)
            {
                return model;
            }
        }
        return null;
    }

    /// <summary>What was observed closes what is open; then the new predictions open.</summary>
    /// <param name="observation">Checked.</param>
    /// <param name="nowNs">Its time where it says none.</param>
    public LoopReply Observe(LoopObservation observation, ulong nowNs)
    {
        TimeNs = observation.TimeNs ?? Math.Max(TimeNs, nowNs);
        List<MetricModel> concerned = new(4);   // metrics of the call, each once
        foreach (LoopValue observed in observation.Observed)
        {
            MetricModel model = Find(observed.Metric)!;
            model.Learn(observed.Value, TimeNs);
            concerned.Add(model);
        }
        if (observation.Observed.Count > 0)
        {
            _experts?.Learn(observation.Observed);
        }
        CorrectedForecast[] corrected = Predict(observation, concerned);
        if (observation.Actions.Count > 0)
        {
            _actions = KeptActions.Of(_actions, observation.Actions);
        }
        MetricCorrection[] corrections = new MetricCorrection[concerned.Count];
        int level = 0;
        for (int i = 0; i < corrections.Length; i++)
        {
            corrections[i] = concerned[i].Correction();
            level = Math.Max(level, concerned[i].Level);
        }
        return new LoopReply
        {
            Corrected = corrected,
            Corrections = corrections,
            Weights = _experts?.Weights() ?? [],
            Regret = _experts?.Report,
            Coverage = Coverage(concerned.Count == 1 ? concerned : _metrics),
            Level = level,
            Ignored = observation.Ignored,
        };
    }

    public LoopState State()
    {
        MetricState[] metrics = new MetricState[_metrics.Count];
        for (int i = 0; i < metrics.Length; i++)
        {
            metrics[i] = _metrics[i].State();
        }
        return new LoopState { LoopId = LoopId, TimeNs = TimeNs, Metrics = metrics, Experts = _experts?.State(), Actions = _actions };
    }

    /// <summary>The metrics of predict in its order, then those that only the experts give.</summary>
    private CorrectedForecast[] Predict(LoopObservation observation, List<MetricModel> concerned)
    {
        IReadOnlyList<LoopValue> mixed = [];
        double[] mixture = [];
        if (observation.Experts.Count > 0)
        {
            if (_experts is null || !_experts.IsOf(observation.Experts))
            {
                _experts = new ExpertPanel(observation.Experts);
            }
            mixed = observation.Experts[0].Values;
            mixture = _experts.Open(observation.Experts);
        }
        else
        {
            _experts?.ForgetIfReplaced(observation.Predict);
        }
        List<CorrectedForecast> corrected = new(Math.Max(observation.Predict.Count, mixed.Count));
        foreach (LoopForecast forecast in observation.Predict)
        {
            int place = LoopCheck.PlaceOf(mixed, forecast.Metric, corrected.Count);
            corrected.Add(Concerning(forecast.Metric, concerned).Predict(place >= 0 ? mixture[place] : forecast.Mean!.Value, forecast));
        }
        for (int i = 0; i < mixed.Count; i++)
        {
            if (LoopCheck.PlaceOf(observation.Predict, mixed[i].Metric) < 0)
            {
                corrected.Add(Concerning(mixed[i].Metric, concerned).Predict(mixture[i], null));
            }
        }
        return corrected.ToArray();
    }

    private MetricModel Concerning(string metric, List<MetricModel> concerned)
    {
        MetricModel? model = Find(metric);
        if (model is null)
        {
            model = new MetricModel(metric, _options.Levels, _options.AciStep);
            _metrics.Add(model);
        }
        if (!concerned.Contains(model))
        {
            concerned.Add(model);
        }
        return model;
    }

    private CoverageReport? Coverage(List<MetricModel> metrics)
    {
        double covered = 0, target = 0, reach = 0;
        double? common = null;   // said as it was given: a mean of equal targets may be another by rounding
        bool isCommon = true;
        ulong steps = 0;
        foreach (MetricModel metric in metrics)
        {
            if (metric.Coverage is { Steps: > 0 } record)
            {
                covered += record.Covered;
                target += record.Steps * record.Coverage;
                isCommon &= (common ??= record.Coverage) == record.Coverage;
                reach += record.Reach(_options.AciStep);
                steps += record.Steps;
            }
        }
        return steps == 0 ? null : CoverageRecord.Report(covered, isCommon ? common!.Value : target / steps, reach, steps, _options.AciStep);
    }
}
