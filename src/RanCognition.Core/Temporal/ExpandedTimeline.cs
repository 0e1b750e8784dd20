using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>The document's expanded timeline: temporal_resolution points over window x expansion factor of subjective time.</summary>
internal static class ExpandedTimeline
{
    private static readonly double[] Probabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Numbers the points may hold in all, about 200 MB of JSON.</summary>
    private const long NumbersMax = 8L << 20;

    // What a constraint takes in each point at which it is active, in numbers.
    private const int NumbersOfConstraint = 4;

    /// <summary>Refuses a timeline that is too large for one result.</summary>
    public static void RequireRoom(AnalysisRequest request)
    {
        long resolution = (long)request.TemporalResolution;
        int metrics = request.Grids.Count, constraints = request.Constraints.Records.Count;
        if (resolution * (metrics * Probabilities.Length + constraints * NumbersOfConstraint + 4) > NumbersMax)
        {
            throw new LimitExceededException(
                "problem", $"/include_timeline: {resolution} points of {metrics} metrics and {constraints} constraints are too many for one result");
        }
    }

    public static List<TemporalPoint> Build(AnalysisRequest request, LookAhead window, IReadOnlyList<MetricOutlook> outlooks, ScenarioPaths paths)
    {
        int resolution = (int)request.TemporalResolution;
        UInt128 expanded = (UInt128)window.DurationNs * request.ExpansionFactor;
        double[] explained = ExplainedPerStep(window, outlooks);
        List<KeyValuePair<string, double[]>>[] quantiles = QuantilesPerStep(window, outlooks, paths);
        List<TemporalPoint> points = new(resolution);
        for (int i = 0; i < resolution; i++)
        {
            UInt128 timestamp = expanded * (ulong)i / (ulong)resolution;   // 128-bit: neither the product nor the step can overflow or be lost
            ulong baseTime = (ulong)(timestamp / request.ExpansionFactor);
            int step = StepAt(window, baseTime);
            points.Add(new TemporalPoint
            {
                Timestamp = Saturate(timestamp),
                BaseTime = baseTime,
                ExpandedTime = Saturate(timestamp),
                ConsciousnessFactor = explained[step],
                Constraints = ActiveAt(request.Constraints, window, baseTime),
                Quantiles = quantiles[step],
            });
        }
        return points;
    }

    public static ulong Saturate(UInt128 value) => value > ulong.MaxValue ? ulong.MaxValue : (ulong)value;

    /// <summary>The step (0-based) in whose interval a moment of the window lies.</summary>
    private static int StepAt(LookAhead window, ulong baseTime)
    {
        UInt128 step = window.DurationNs == 0 ? 0 : (UInt128)baseTime * (ulong)window.Steps / window.DurationNs;
        return (int)UInt128.Min(step, (ulong)(window.Steps - 1));
    }

    private static double[] ExplainedPerStep(LookAhead window, IReadOnlyList<MetricOutlook> outlooks)
    {
        double[] explained = new double[window.Steps];
        for (int step = 0; step < explained.Length; step++)
        {
            double sum = 0;
            foreach (MetricOutlook outlook in outlooks)
            {
                double share = outlook.ExplainedVariance(LeadOf(outlook, window, step));
                sum += double.IsFinite(share) ? share : 0;
            }
            explained[step] = outlooks.Count == 0 ? 0 : sum / outlooks.Count;
        }
        return explained;
    }

    private static List<KeyValuePair<string, double[]>>[] QuantilesPerStep(LookAhead window, IReadOnlyList<MetricOutlook> outlooks, ScenarioPaths paths)
    {
        List<KeyValuePair<string, double[]>>[] steps = new List<KeyValuePair<string, double[]>>[window.Steps];
        for (int step = 0; step < steps.Length; step++)
        {
            List<KeyValuePair<string, double[]>> metrics = new(outlooks.Count);
            foreach (MetricOutlook outlook in outlooks)
            {
                metrics.Add(new(outlook.Grid.Metric, QuantilesAt(outlook, window, step, paths)));
            }
            steps[step] = metrics;
        }
        return steps;
    }

    private static double[] QuantilesAt(MetricOutlook outlook, LookAhead window, int step, ScenarioPaths paths)
    {
        double[] quantiles = new double[Probabilities.Length];
        double[]? sorted = paths.TryGetMetric(outlook.Grid.Metric, out int metric) ? paths.SortedAt(metric, step) : null;
        for (int i = 0; i < quantiles.Length; i++)
        {
            quantiles[i] = sorted is null
                ? outlook.Quantile(LeadOf(outlook, window, step), Probabilities[i])
                : PathStatistics.Quantile(sorted, Probabilities[i]);
        }
        return quantiles;
    }

    /// <summary>The lead of a metric that stands for a step of the window.</summary>
    public static int LeadOf(MetricOutlook outlook, LookAhead window, int step) =>
        outlook.IsOnGridOf(window) ? Math.Min(step, outlook.Leads - 1) : outlook.LeadAt(window.TimeOf(step + 1));

    private static List<Constraint> ActiveAt(ConstraintSet constraints, LookAhead window, ulong baseTime)
    {
        List<Constraint> active = [];
        ulong time = Saturate((UInt128)window.NowNs + baseTime);
        for (int i = 0; i < constraints.Expressions.Count; i++)
        {
            if (constraints.Expressions[i].ActiveAt(time, window.NowNs))
            {
                active.Add(constraints.Records[i]);
            }
        }
        return active;
    }
}
