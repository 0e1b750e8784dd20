using RanCognition.Contracts;
using RanCognition.Numerics;
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
    // What one metric of a thousand samples takes at most on a slow core, ns: used only to decide what still fits into a time budget.
    private const ulong ForecastNs = 2_000_000;
    private const ulong PatternsNs = 5_000_000;
    private const ulong FutureNs = 100;

    private readonly Forecaster _forecaster = new();
    private readonly PatternFinder _patterns = new();

    public TemporalAnalysisResult Analyze(AnalysisRequest request, Action<double, string> progress)
    {
        List<IgnoredField> ignored = [.. request.Problem.Ignored, .. request.Constraints.Ignored];
        LookAhead window = LookAhead.Of(request.Grids, request.Problem.HorizonNs, ignored);

        progress(0, "forecast");
        List<MetricOutlook> outlooks = Outlooks(request, window, progress);

        progress(0.5, "scenarios");
        ScenarioPaths paths = Futures(request, window, outlooks);
        List<ConstraintVerdict> verdicts = Verdicts(request, paths, outlooks);
        List<ObjectiveOutlook> objectives = [];
        foreach ((string text, ObjectiveExpression expression) in request.Constraints.Objectives)
        {
            objectives.Add(ObjectiveEvaluation.Evaluate(text, expression, outlooks, paths));
        }

        progress(0.7, "patterns");
        PatternFindings findings = Patterns(request);

        progress(0.9, "insights");
        List<TemporalPrediction> predictions = Predictions(request, window, outlooks);
        List<TemporalInsight> insights = InsightWriter.Write(window, outlooks, predictions, verdicts, findings.Patterns);
        bool timeline = request.Problem.IncludeTimeline;
        return new TemporalAnalysisResult
        {
            TimelineId = request.TimelineId,
            ProblemId = request.Problem.Id,
            NetworkId = request.Problem.NetworkId,
            ExpansionFactor = request.ExpansionFactor,
            TemporalResolution = request.TemporalResolution,
            Scenarios = paths.Count,
            BaseDuration = window.DurationNs,
            ExpandedDuration = ExpandedTimeline.Saturate((UInt128)window.DurationNs * request.ExpansionFactor),
            Patterns = findings.Patterns,
            Insights = insights,
            Predictions = predictions,
            Verdicts = verdicts,
            Objectives = objectives,
            Metrics = Summaries(outlooks),
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
        if (known == 0)
        {
            return NormalOutlook.NoHistory(grid, 0, leads);
        }
        if (grid.Source == "current_state")
        {
            return NormalOutlook.NoHistory(grid, grid.Values[0], leads);
        }
        if (known < NormalOutlook.FewSamples)
        {
            return NormalOutlook.Few(grid, leads);
        }
        if (!budget.Allows(ForecastNs))
        {
            return NormalOutlook.SeasonalNaive(grid, leads);
        }
        return new EnsembleOutlook(grid, _forecaster.Forecast(grid.Values, grid.StepSeconds, leads, MetricOutlook.Coverage, effort));
    }

    private List<MetricOutlook> Outlooks(AnalysisRequest request, LookAhead window, Action<double, string> progress)
    {
        List<MetricOutlook> outlooks = new(request.Grids.Count);
        foreach (MetricGrid grid in request.Grids)
        {
            outlooks.Add(Outlook(grid, window, request.Effort, request.Budget));
            progress(0.5 * outlooks.Count / request.Grids.Count, "forecast");
        }
        return outlooks;
    }

    /// <summary>As many futures as factor and effort ask for, the value bound allows and the time budget holds; none when nothing reads them.</summary>
    private static ScenarioPaths Futures(AnalysisRequest request, LookAhead window, List<MetricOutlook> outlooks)
    {
        bool read = request.Problem.IncludeTimeline || request.Constraints.Expressions.Count > 0 || request.Constraints.Objectives.Count > 0;
        if (!read || !outlooks.Exists(outlook => outlook.HasHistory))
        {
            return ScenarioPaths.Simulate([], window, 0, request.Seed);
        }
        double wanted = Math.Max(1, Math.Round(request.ExpansionFactor * request.Effort));
        long valuesEach = (long)window.Steps * outlooks.Count;
        double affordable = Math.Max(1, TemporalLimits.ScenarioValuesMax / valuesEach);
        double count = Math.Min(wanted, affordable);
        if (request.Budget.HasDeadline)
        {
            double timely = Math.Max(1, request.Budget.Left / 2 / (FutureNs * (double)valuesEach));
            if (timely < count)
            {
                request.Budget.Allows(ulong.MaxValue);
                count = timely;
            }
        }
        return ScenarioPaths.Simulate(outlooks, window, (int)count, request.Seed);
    }

    private static List<ConstraintVerdict> Verdicts(AnalysisRequest request, ScenarioPaths paths, List<MetricOutlook> outlooks)
    {
        ObservedPoint? present = null;
        List<ConstraintVerdict> verdicts = [];
        foreach (ConstraintExpression constraint in request.Constraints.Expressions)
        {
            bool simulated = paths.Count > 0 && constraint.Metrics.All(metric => paths.TryGetMetric(metric, out _));
            if (simulated)
            {
                verdicts.Add(Logic.Verdicts.Evaluate(constraint, paths));
                continue;
            }
            // Without history there is no probability; whether the limit holds now can still be said.
            present ??= new ObservedPoint(PresentValues(request, outlooks));
            ConstraintVerdict now = Logic.Verdicts.Evaluate(constraint, present);
            verdicts.Add(now with
            {
                Probability = double.NaN,
                RobustnessLower = double.NaN,
                RobustnessUpper = double.NaN,
                FirstViolationNs = null,
                Scenarios = 0,
                Reason = now.Reason ?? "no history of its metrics: robustness is that of the present values",
            });
        }
        return verdicts;
    }

    private static List<KeyValuePair<string, double>> PresentValues(AnalysisRequest request, List<MetricOutlook> outlooks)
    {
        List<KeyValuePair<string, double>> values = [.. request.Problem.CurrentState];
        foreach (MetricOutlook outlook in outlooks)
        {
            int last = Array.FindLastIndex(outlook.Grid.Values, double.IsFinite);
            if (last >= 0 && !values.Exists(value => value.Key == outlook.Grid.Metric))
            {
                values.Add(new(outlook.Grid.Metric, outlook.Grid.Values[last]));
            }
        }
        return values;
    }

    private PatternFindings Patterns(AnalysisRequest request)
    {
        List<MetricGrid> grids = [];
        foreach (MetricGrid grid in request.Grids)
        {
            if (grid.Source != "current_state" && request.Budget.Allows(PatternsNs * (ulong)(grids.Count + 1)))
            {
                grids.Add(grid);
            }
        }
        return _patterns.Find(grids, request.Constraints, _ => request.Budget.Allows(PatternsNs));
    }

    private static List<TemporalPrediction> Predictions(AnalysisRequest request, LookAhead window, List<MetricOutlook> outlooks)
    {
        List<TemporalPrediction> predictions = new(outlooks.Count * 4);
        foreach (MetricOutlook outlook in outlooks)
        {
            AddPredictions(predictions, outlook, window, request.Problem.Tolerance);
        }
        return predictions;
    }

    /// <summary>Entries of one metric at one step, a quarter, half and all of the window.</summary>
    public static void AddPredictions(
        List<TemporalPrediction> predictions, MetricOutlook outlook, LookAhead window, IReadOnlyDictionary<string, double> tolerances)
    {
        double range = RangeOf(outlook.Grid.Values);
        foreach (int step in window.Checkpoints())
        {
            int lead = ExpandedTimeline.LeadOf(outlook, window, step - 1);
            double mean = outlook.Mean(lead);
            if (!tolerances.TryGetValue(outlook.Grid.Metric, out double tolerance))
            {
                tolerance = Math.Max(0.1 * Math.Abs(mean), 0.01 * range);
            }
            predictions.Add(new TemporalPrediction
            {
                Metric = outlook.Grid.Metric,
                PredictedValue = mean,
                Confidence = Math.Clamp(outlook.ProbabilityWithin(lead, tolerance), 0, 1),
                TimeHorizon = window.StepNs == 0 ? (ulong)((UInt128)window.DurationNs * (ulong)step / (ulong)window.Steps) : window.DistanceOf(step),
                Lower = outlook.Lower(lead),
                Upper = outlook.Upper(lead),
                Coverage = MetricOutlook.Coverage,
                Tolerance = tolerance,
                Model = outlook.Model,
            });
        }
    }

    private static double RangeOf(double[] values)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }
        return high > low ? Math.Min(high - low, double.MaxValue) : 0;
    }

    private static List<MetricSummary> Summaries(List<MetricOutlook> outlooks)
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
                ExplainedVarianceLast = backtested ? outlook.ExplainedVariance(outlook.Leads - 1) : double.NaN,
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
