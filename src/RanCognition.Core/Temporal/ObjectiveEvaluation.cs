using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>Where objectives are heading: their statistic over each simulated future against the same statistic over the last window of the history.</summary>
internal static class ObjectiveEvaluation
{
    public static ObjectiveOutlook Evaluate(string text, ObjectiveExpression objective, IReadOnlyList<MetricOutlook> outlooks, ScenarioPaths paths)
    {
        double now = Recent(objective, outlooks, paths.Window);
        ObjectiveSpread spread = ObjectiveValues.Evaluate(objective, paths, now);
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

    /// <summary>The statistic over the last samples of the history, as many as the window has steps; NaN when a metric is not there.</summary>
    private static double Recent(ObjectiveExpression objective, IReadOnlyList<MetricOutlook> outlooks, LookAhead window)
    {
        MetricReference reference = objective.Operand.Metric;
        double[]? values = Find(outlooks, reference.Name);
        if (values is null)
        {
            return double.NaN;
        }
        double[] recent = values[Math.Max(0, values.Length - window.Steps)..];
        if (reference.Denominator is { } below)
        {
            double[]? divisor = Find(outlooks, below);
            if (divisor is null || divisor.Length < recent.Length)
            {
                return double.NaN;
            }
            recent = (double[])recent.Clone();
            for (int i = 0; i < recent.Length; i++)
            {
                recent[i] = MetricReference.Quotient(recent[i], divisor[divisor.Length - recent.Length + i]);
            }
        }
        return PathStatistics.Of(recent, objective.Operand.Kind, objective.Operand.Percent, new double[recent.Length]);
    }

    private static double[]? Find(IReadOnlyList<MetricOutlook> outlooks, string metric)
    {
        foreach (MetricOutlook outlook in outlooks)
        {
            if (outlook.Grid.Metric == metric)
            {
                return outlook.Grid.Values;
            }
        }
        return null;
    }
}
