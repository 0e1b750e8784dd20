using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Temporal;

/// <summary>What is going on in a network's metrics, what happens next, and how sure that is.</summary>
/// <remarks>Not thread-safe; the boundary holds one lock per handle.</remarks>
public sealed class TemporalReasoningCore
{
    private readonly ulong _expansionFactor;
    private readonly ulong _temporalResolution;
    private readonly IHost _host;
    private readonly CoreSettings _settings;
    private readonly HistoryStore _history = new();
    private readonly CallStatistics _statistics = new();
    private readonly ProblemAnalyzer _analyzer;
    private readonly Forecaster _forecaster;
    private readonly PatternFinder _patterns;
    private ulong _timelines;

    // The document starts at 0, which would make the first answer the worst; here full effort is the default.
    private double _level = 1;

    /// <param name="expansionFactor">Scenario paths, 1..<see cref="TemporalLimits.ExpansionFactorMax"/>.</param>
    /// <param name="temporalResolution">Points on the expanded timeline, 1..<see cref="TemporalLimits.TemporalResolutionMax"/>.</param>
    /// <param name="host">Clock, random and progress.</param>
    /// <param name="settings">What it may use of the machine; null = everything.</param>
    public TemporalReasoningCore(ulong expansionFactor, ulong temporalResolution, IHost host, CoreSettings? settings = null)
    {
        _settings = settings ?? CoreSettings.Default;
        _analyzer = new ProblemAnalyzer(_settings.Kernels);
        _forecaster = new Forecaster(_settings.Kernels);
        _patterns = new PatternFinder(_settings.Kernels);
        _expansionFactor = TemporalLimits.RequireCount(expansionFactor, TemporalLimits.ExpansionFactorMax, "expansion_factor");
        _temporalResolution = TemporalLimits.RequireCount(temporalResolution, TemporalLimits.TemporalResolutionMax, "temporal_resolution");
        _host = host;
    }

    /// <summary>Starts measuring a call; pass the meter to the call that it measures.</summary>
    public CallMeter StartCall() => new(_host, _statistics);

    public TemporalAnalysisResult ExpandSubjectiveTime(RanProblem problem, IReadOnlyList<Constraint> constraints, CallMeter meter)
    {
        AnalysisRequest request = Request(problem, constraints, "constraints", _host, meter.Start);
        TemporalAnalysisResult result = _analyzer.Analyze(request, _host.Progress);
        ulong elapsed = meter.Complete();
        return result with { ExecutionTime = elapsed, PerformanceMetrics = GetPerformanceMetrics() };
    }

    /// <summary>
    /// Analyses problems on threadCount threads (0: one a processor), or on the calling one alone where the settings allow no others; a problem that fails becomes its own error.
    /// </summary>
    public ParallelTemporalAnalysisResult ParallelTemporalAnalysis(IReadOnlyList<ProblemInput> problems, int threadCount, CallMeter meter)
    {
        int wanted = !_settings.Threads ? 1 : threadCount == 0 ? Environment.ProcessorCount : threadCount;
        int threads = Math.Clamp(wanted, 1, TemporalLimits.ThreadsMax);
        threads = Math.Min(threads, Math.Max(1, problems.Count));
        IHost workerHost = _host.ForWorkers();
        AnalysisRequest?[] requests = new AnalysisRequest?[problems.Count];
        ProblemOutcome[] outcomes = new ProblemOutcome[problems.Count];
        for (int i = 0; i < problems.Count; i++)
        {
            try
            {
                requests[i] = problems[i].Problem is { } problem ? Request(problem, [], "constraints", workerHost, meter.Start, $"problems[{i}]") : null;
                outcomes[i] = new ProblemOutcome(null, problems[i].Error);
            }
            catch (Exception error) when (IsOfTheProblem(error))
            {
                outcomes[i] = new ProblemOutcome(null, error.Message);
            }
        }
        ProblemAnalyzer[] analyzers = new ProblemAnalyzer[threads];
        for (int worker = 0; worker < threads; worker++)
        {
            analyzers[worker] = worker == 0 ? _analyzer : new ProblemAnalyzer(_settings.Kernels);
        }
        ParallelWork work = new()
        {
            Count = problems.Count,
            Threads = threads,
            Progress = finished => _host.Progress(finished / (double)problems.Count, "parallel_temporal_analysis"),
        };
        ParallelExecutor.Run(work, (worker, item) =>
        {
            if (requests[item] is { } request)
            {
                outcomes[item] = AnalyzeOne(analyzers[worker], request, worker == 0 ? _host : workerHost, meter.Start);
            }
        }).ThrowIfFailed();
        ulong elapsed = meter.Complete();
        int answered = outcomes.Count(outcome => outcome.Ok is not null);
        return new ParallelTemporalAnalysisResult
        {
            Results = outcomes,
            ThreadCount = threads,
            TotalProblems = problems.Count,
            Failed = problems.Count - answered,
            Confidence = answered == 0 ? 0 : outcomes.Average(outcome => outcome.Ok?.Confidence ?? 0) * problems.Count / answered,
            ExecutionTime = elapsed,
            PerformanceMetrics = GetPerformanceMetrics(),
        };
    }

    /// <summary>Sets the deliberation effort; values outside 0..1 are clamped.</summary>
    public void SetConsciousnessLevel(double level)
    {
        if (double.IsNaN(level))
        {
            InvalidInputException.Throw("level", "is NaN");
        }
        _level = Math.Clamp(level, 0, 1);
    }

    public PerformanceMetrics GetPerformanceMetrics() => _statistics.Snapshot(_history.Bytes);

    public IReadOnlyList<TemporalPattern> AnalyzeTemporalPatterns(Timeline timeline, CallMeter meter)
    {
        ConstraintSet constraints = new();
        constraints.AddRecords(timeline.Constraints, "/constraints");
        PatternFindings findings = _patterns.Find(Grids(timeline), constraints, done =>
        {
            _host.Progress(done, "analyze_temporal_patterns");
            return true;
        });
        meter.Complete();
        return findings.Patterns;
    }

    public IReadOnlyList<TemporalPrediction> PredictFutureStates(Timeline timeline, ulong horizonNs, CallMeter meter)
    {
        if (horizonNs == 0)
        {
            InvalidInputException.Throw("horizon_ns", "is 0");
        }
        List<MetricGrid> grids = Grids(timeline);
        LookAhead window = LookAhead.Of(grids, horizonNs, []);
        TimeBudget budget = new(_host, meter.Start, null);
        List<TemporalPrediction> predictions = [];
        int finished = 0;
        foreach (MetricGrid grid in grids)
        {
            MetricOutlook outlook = _analyzer.Outlook(grid, window, _level, budget);
            Predictions.Add(predictions, outlook, window, new Dictionary<string, double>());
            _host.Progress(++finished / (double)grids.Count, "predict_future_states");
        }
        meter.Complete();
        return predictions;
    }

    public OptimizedTimeline OptimizeTemporalExpansion(Timeline timeline, CallMeter meter)
    {
        List<MetricGrid> grids = Grids(timeline);
        LookAhead window = LookAhead.Of(grids, null, []);
        TimeBudget budget = new(_host, meter.Start, null);
        List<MetricOutlook> outlooks = grids.ConvertAll(grid => _analyzer.Outlook(grid, window, _level, budget));
        OptimizedTimeline measured = ExpansionCurve.Measure(outlooks, window, _expansionFactor, _host);
        ulong elapsed = meter.Complete();
        return measured with
        {
            TimelineId = NextTimelineId(),
            TemporalResolution = _temporalResolution,
            ExecutionTime = elapsed,
            PerformanceMetrics = GetPerformanceMetrics(),
            Ignored = timeline.Ignored,
        };
    }

    /// <summary>Forecasts one series; lower and upper may be empty. Everything is checked before anything is written.</summary>
    public void Forecast(
        ReadOnlySpan<double> values, ulong stepNs, int horizon, double coverage, Span<double> mean, Span<double> lower, Span<double> upper)
    {
        ForecastResult forecast = _forecaster.Forecast(values, stepNs / 1e9, horizon, coverage, _level);
        forecast.Mean.CopyTo(mean);
        if (!lower.IsEmpty)
        {
            forecast.Lower.CopyTo(lower);
        }
        if (!upper.IsEmpty)
        {
            forecast.Upper.CopyTo(upper);
        }
    }

    /// <summary>Adds samples to the history kept per network and metric.</summary>
    public void Observe(string network, string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values) =>
        _history.Observe(network, metric, times, values);

    public void ScoreAnomalies(ReadOnlySpan<double> values, ulong stepNs, Span<double> scores) => AnomalyScan.Score(values, stepNs / 1e9, scores);

    public void DetectAnomalies(ReadOnlySpan<double> values, ulong stepNs, Span<byte> flags) => AnomalyScan.Detect(values, stepNs / 1e9, flags);

    public int[] DetectChangePoints(ReadOnlySpan<double> values, ulong stepNs)
    {
        _ = stepNs;   // the recipe reads the season from the values; the parameter keeps the three calls alike
        return ChangePoints.Find(_settings.Kernels, values);
    }

    private static bool IsOfTheProblem(Exception error) =>
        error is InvalidInputException or InvalidJsonException or LimitExceededException;

    private static ProblemOutcome AnalyzeOne(ProblemAnalyzer analyzer, AnalysisRequest request, IHost host, ulong callStart)
    {
        try
        {
            ulong start = host.NowNanoseconds();
            AnalysisRequest timed = request with { Budget = new TimeBudget(host, callStart, request.Problem.DeadlineNs) };
            TemporalAnalysisResult result = analyzer.Analyze(timed, (_, _) => { });
            ulong elapsed = Math.Max(start, host.NowNanoseconds()) - start;
            PerformanceMetrics metrics = new() { TotalExecutions = 1, LastExecutionTime = elapsed, AverageExecutionTime = elapsed };
            return new ProblemOutcome(result with { ExecutionTime = elapsed, PerformanceMetrics = metrics }, null);
        }
        catch (Exception error) when (IsOfTheProblem(error))
        {
            return new ProblemOutcome(null, error.Message);
        }
    }

    private AnalysisRequest Request(
        RanProblem problem, IReadOnlyList<Constraint> constraints, string constraintsName, IHost host, ulong startNs, string name = "problem")
    {
        if (problem.HorizonNs == 0)
        {
            InvalidInputException.Throw(name, "/horizon_ns: is 0");
        }
        ConstraintSet set = new();
        set.AddObjectives(problem.Objectives);
        set.AddTexts(problem.Constraints);
        set.AddRecords(constraints, constraintsName);
        List<IgnoredField> ignored = [];
        return new AnalysisRequest
        {
            Problem = problem,
            Grids = Grids(problem, ignored),
            Ignored = ignored,
            Constraints = set,
            TimelineId = NextTimelineId(),
            ExpansionFactor = _expansionFactor,
            TemporalResolution = _temporalResolution,
            Effort = _level,
            Seed = problem.Seed ?? _host.RandomUInt64(),
            Budget = new TimeBudget(host, startNs, problem.DeadlineNs),
        };
    }

    private string NextTimelineId() => $"timeline-{++_timelines}";

    private static List<MetricGrid> Grids(Timeline timeline)
    {
        List<MetricGrid> grids = new(timeline.Metrics.Count);
        foreach ((string metric, MetricHistory history) in timeline.Metrics)
        {
            grids.Add(GridBuilder.Build(metric, history));
        }
        return grids;
    }

    /// <summary>History as given; where none is, as observed; where neither is, the present value alone.</summary>
    private List<MetricGrid> Grids(RanProblem problem, List<IgnoredField> ignored)
    {
        List<MetricGrid> grids = [];
        HashSet<string> there = new(StringComparer.Ordinal);
        List<MetricGrid> empty = [];   // given, but without a single known sample
        foreach ((string metric, MetricHistory history) in problem.History)
        {
            MetricGrid grid = GridBuilder.Build(metric, history);
            bool isKnown = grid.KnownCount > 0;
            (isKnown ? grids : empty).Add(grid);
            if (isKnown)
            {
                there.Add(metric);
            }
        }
        foreach (string metric in _history.MetricsOf(problem.NetworkId))
        {
            if (there.Add(metric))
            {
                grids.Add(_history.Find(problem.NetworkId, metric)!);
            }
        }
        foreach ((string metric, double value) in problem.CurrentState)
        {
            if (there.Add(metric))
            {
                grids.Add(new MetricGrid { Metric = metric, Values = [value], Source = MetricGrid.CurrentState });
            }
            else
            {
                ignored.Add(new IgnoredField($"/current_state/{metric}", "the metric has a history: its newest sample is the present"));
            }
        }
        grids.AddRange(empty.Where(grid => there.Add(grid.Metric)));
        if (grids.Count > TemporalLimits.MetricsMax)
        {
            throw new LimitExceededException("problem", $"{grids.Count} metrics with those observed, at most {TemporalLimits.MetricsMax}");
        }
        return grids;
    }
}
