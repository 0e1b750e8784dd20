using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;
using RanCognition.Temporal.Logic;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Temporal;

/// <summary>
/// One problem from history to answer: outlook per metric, futures, verdicts, patterns, insights. Keeps the forecaster's workspaces, so one instance serves
/// one thread. Under a time budget the outlooks come first and what does not fit is left out, never made up.
/// </summary>
internal sealed class ProblemAnalyzer
{
    // The forecaster looks at no more samples; a lead of its backtest costs it as much as this many of them.
    private const int ForecastSamplesMax = 4096;
    private const ulong LeadWeight = 12;

    // Looking for patterns in one sample, and writing one number, ns: used only to decide what still fits into a time budget.
    private const ulong PatternNs = 2_500;
    private const ulong NumberNs = 150;

    private readonly SimdOps _simd;
    private readonly Forecaster _forecaster;
    private readonly PatternFinder _patterns;

    // What one sample or lead costs the forecaster, ns: measured under a time budget.
    private ulong _forecastNs = 600;

    /// <param name="simd">Kernels to use.</param>
    public ProblemAnalyzer(SimdOps simd) => (_simd, _forecaster, _patterns) = (simd, new Forecaster(simd), new PatternFinder(simd));

    public TemporalAnalysisResult Analyze(AnalysisRequest request, Action<double, string> progress)
    {
        List<IgnoredField> ignored = [.. request.Problem.Ignored, .. request.Ignored, .. request.Constraints.Ignored];
        LookAhead window = LookAhead.Of(request.Grids, request.Problem.HorizonNs, ignored).Reaching(request.Constraints.LookAheadNs);
        if (request.Problem.IncludeTimeline)
        {
            ExpandedTimeline.RequireRoom(request);
            request.Budget.Reserve(OutputNs(request, window));
        }

        progress(0, "forecast");
        List<MetricOutlook> outlooks = Outlooks(request, request.Grids, window, done => progress(0.4 * done, "forecast"));
        List<MetricOutlook> quotients = Outlooks(
            request, QuotientGrids.Of(request.Grids, request.Constraints), window, done => progress(0.4 + 0.1 * done, "forecast"));
        List<MetricOutlook> judged = [.. outlooks, .. quotients];
        progress(0.5, "scenarios");
        ScenarioPaths paths = Futures(request, window, judged, ignored);
        ConstraintJudge judge = new(_simd, request, paths, judged, done => progress(0.5 + 0.2 * done, "verdicts"));
        List<ConstraintVerdict> verdicts = judge.Verdicts();
        List<ObjectiveOutlook> objectives = judge.Objectives();

        progress(0.7, "patterns");
        PatternFindings findings = Patterns(request, progress);

        progress(0.9, "insights");
        List<TemporalPrediction> predictions = [];
        foreach (MetricOutlook outlook in outlooks)
        {
            Predictions.Add(predictions, outlook, window, request.Problem.Tolerance);
        }
        List<TemporalInsight> insights = InsightWriter.Write(outlooks, predictions, verdicts, findings.Patterns);
        bool timeline = request.Problem.IncludeTimeline;
        return new TemporalAnalysisResult
        {
            TimelineId = request.TimelineId,
            ProblemId = request.Problem.Id,
            NetworkId = request.Problem.NetworkId,
            ExpansionFactor = request.ExpansionFactor,
            TemporalResolution = request.TemporalResolution,
            Scenarios = paths.Count,
            Seed = request.Seed,
            BaseDuration = window.DurationNs,
            ExpandedDuration = ExpandedTimeline.Saturate((UInt128)window.DurationNs * request.ExpansionFactor),
            Patterns = findings.Patterns,
            Insights = insights,
            Predictions = predictions,
            Verdicts = verdicts,
            Objectives = objectives,
            Metrics = Summaries(outlooks, window),
            Series = timeline ? SeriesReports.Build(window, outlooks, findings, request.Constraints) : null,
            Timeline = timeline ? ExpandedTimeline.Build(request, window, outlooks, paths) : null,
            Confidence = Confidence(findings.Patterns, insights, predictions, request.Effort),
            DeadlineReached = request.Budget.CutShort,
            Ignored = ignored,
        };
    }

    /// <summary>Outlook of one grid over a window; also used where no problem is analysed.</summary>
    public MetricOutlook Outlook(MetricGrid grid, LookAhead window, double effort, TimeBudget budget)
    {
        int leads = MetricOutlook.LeadsNeeded(grid, window);
        int known = grid.KnownCount;
        if (known == 0 || MetricOutlook.IsStale(grid, window))
        {
            return NormalOutlook.Unknown(grid, leads);
        }
        if (grid.Source == MetricGrid.CurrentState)
        {
            return NormalOutlook.NoHistory(grid, grid.Values[0], leads);
        }
        if (known < NormalOutlook.FewSamples)
        {
            return NormalOutlook.Few(grid, leads);
        }
        ulong size = (ulong)Math.Min(grid.Values.Length, ForecastSamplesMax) + LeadWeight * (ulong)leads;
        if (!budget.Allows(size * _forecastNs))
        {
            return NormalOutlook.SeasonalNaive(grid, leads);
        }
        ulong before = budget.Left;
        ForecastResult forecast = _forecaster.Forecast(grid.Values, grid.StepSeconds, leads, MetricOutlook.Coverage, effort);
        _ = forecast.Distribution;   // built at its first use: here, where its time is reckoned with
        if (budget.HasDeadline)
        {
            _forecastNs = (_forecastNs + Math.Max(1, (before - budget.Left) / size)) / 2;
        }
        return new EnsembleOutlook(grid, forecast);
    }

    private List<MetricOutlook> Outlooks(AnalysisRequest request, IReadOnlyList<MetricGrid> grids, LookAhead window, Action<double> progress)
    {
        List<MetricOutlook> outlooks = new(grids.Count);
        foreach (MetricGrid grid in grids)
        {
            outlooks.Add(Outlook(grid, window, request.Effort, request.Budget));
            progress((double)outlooks.Count / grids.Count);
        }
        return outlooks;
    }

    /// <summary>What it takes to write the timeline and the series, about.</summary>
    private static ulong OutputNs(AnalysisRequest request, LookAhead window)
    {
        ulong samples = 0, metrics = (ulong)request.Grids.Count;
        foreach (MetricGrid grid in request.Grids)
        {
            samples += (ulong)grid.Values.Length;
        }
        return NumberNs * (samples + metrics * (6 * (ulong)window.Steps + 6 * request.TemporalResolution));
    }

    /// <summary>None when nothing reads them.</summary>
    private static ScenarioPaths Futures(AnalysisRequest request, LookAhead window, List<MetricOutlook> outlooks, List<IgnoredField> ignored)
    {
        bool read = request.Problem.IncludeTimeline || request.Constraints.Expressions.Count > 0 || request.Constraints.Objectives.Count > 0;
        int metrics = outlooks.Count(outlook => outlook.HasHistory);
        return read && metrics > 0
            ? ScenarioPaths.Simulate(outlooks, window, ScenarioCount.Of(request, window, metrics, ignored), request.Seed)
            : ScenarioPaths.Simulate([], window, 0, request.Seed);
    }

    private PatternFindings Patterns(AnalysisRequest request, Action<double, string> progress)
    {
        List<MetricGrid> grids = [.. request.Grids.Where(grid => grid.Source != MetricGrid.CurrentState)];
        int next = 0;
        return _patterns.Find(grids, request.Constraints, done =>
        {
            progress(0.7 + 0.2 * done, "patterns");
            return request.Budget.Allows(PatternNs * (ulong)grids[next++].Values.Length);
        });
    }

    private static List<MetricSummary> Summaries(List<MetricOutlook> outlooks, LookAhead window)
    {
        List<MetricSummary> summaries = new(outlooks.Count);
        foreach (MetricOutlook outlook in outlooks)
        {
            MetricGrid grid = outlook.Grid;
            bool backtested = outlook is EnsembleOutlook;
            summaries.Add(new MetricSummary
            {
                Metric = grid.Metric,
                Source = grid.Source,
                Samples = grid.Values.Length,
                Missing = grid.MissingCount,
                StepNs = grid.StepNs,
                StartNs = grid.StartNs,
                EndNs = grid.EndNs,
                Model = outlook.Model,
                SeasonSteps = outlook.SeasonSteps,
                ExplainedVarianceFirst = backtested ? outlook.ExplainedVariance(0) : double.NaN,
                ExplainedVarianceLast = backtested ? outlook.ExplainedVariance(ExpandedTimeline.LeadOf(outlook, window, window.Steps - 1)) : double.NaN,
            });
        }
        return summaries;
    }

    /// <summary>Mean of the mean confidences of patterns, insights and predictions that exist, times (1 + 0.5 effort) / 1.5; 0 when none exists.</summary>
    private static double Confidence(
        List<TemporalPattern> patterns, List<TemporalInsight> insights, List<TemporalPrediction> predictions, double effort)
    {
        List<double> parts = [];
        if (patterns.Count > 0)
        {
            parts.Add(patterns.Average(pattern => pattern.Confidence));
        }
        if (insights.Count > 0)
        {
            parts.Add(insights.Average(insight => insight.Confidence));
        }
        if (predictions.Count > 0)
        {
            parts.Add(predictions.Average(prediction => prediction.Confidence));
        }
        return parts.Count == 0 ? 0 : parts.Average() * (1 + 0.5 * effort) / 1.5;
    }
}
