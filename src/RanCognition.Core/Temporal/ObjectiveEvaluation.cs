using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>Where objectives are heading: their statistic over each simulated future against the same statistic over the last window of the history.</summary>
internal static class ObjectiveEvaluation
{
    /// <param name="simd">Kernels to use.</param>
    /// <param name="text">As the caller wrote it.</param>
    /// <param name="objective">The same, read.</param>
    /// <param name="outlooks">Of the metrics and of the quotients.</param>
    /// <param name="paths">Simulated futures.</param>
    /// <param name="whyNot">Why there can be no outlook, or null.</param>
    /// <param name="proceed">Asked now and then whether there is time for more paths; null = always.</param>
    public static ObjectiveOutlook Evaluate(
        SimdOps simd, string text, ObjectiveExpression objective, IReadOnlyList<MetricOutlook> outlooks, ScenarioPaths paths, string? whyNot, Func<bool>? proceed)
    {
        double now = Recent(simd, objective, outlooks, paths.Window);
        ObjectiveSpread spread = whyNot is null
            ? ObjectiveValues.Evaluate(simd, objective, paths, now, proceed)
            : new ObjectiveSpread(double.NaN, double.NaN, double.NaN, double.NaN, 0, whyNot);
        return new ObjectiveOutlook
        {
            Objective = text,
            Direction = objective.Direction == ObjectiveDirection.Maximize ? "maximize" : "minimize",
            Metric = objective.Operand.Metric.ToString(),
            Now = now,
            P05 = spread.Lower,
            P50 = spread.Median,
            P95 = spread.Upper,
            ProbabilityBetter = spread.ShareBetter,
            Reason = spread.Reason,
        };
    }

    /// <summary>The statistic over the newest part of the history, as long as the window; NaN when a metric is not there.</summary>
    private static double Recent(SimdOps simd, ObjectiveExpression objective, IReadOnlyList<MetricOutlook> outlooks, LookAhead window)
    {
        MetricReference reference = objective.Operand.Metric;
        string name = reference.IsRatio ? reference.ToString() : reference.Name;
        MetricGrid? grid = outlooks.FirstOrDefault(outlook => outlook.Grid.Metric == name)?.Grid;
        if (grid is null)
        {
            return double.NaN;
        }
        ulong step = grid.StepNs == 0 ? window.StepNs : grid.StepNs;
        ulong samples = step == 0 ? (ulong)window.Steps : Math.Max(1, window.DurationNs / step + (window.DurationNs % step >= step - step / 2 ? 1UL : 0UL));
        double[] recent = grid.Values[(int)Math.Max(0, grid.Values.Length - (long)Math.Min(samples, int.MaxValue))..];
        return PathStatistics.Of(simd, recent, objective.Operand.Kind, objective.Operand.Percent, new double[recent.Length]);
    }
}
