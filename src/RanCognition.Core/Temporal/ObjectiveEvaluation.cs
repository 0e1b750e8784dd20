using RanCognition.Temporal.Logic;
using ObjectiveOutlook = RanCognition.Contracts.ObjectiveOutlook;

namespace RanCognition.Temporal;

/// <summary>Where objectives are heading: their statistic over each simulated future against the same statistic over the last window of the history.</summary>
internal static class ObjectiveEvaluation
{
    public static ObjectiveOutlook Evaluate(string text, ObjectiveExpression objective, IReadOnlyList<MetricOutlook> outlooks, ScenarioPaths paths)
    {
        ObjectiveOutlook unknown = new()
        {
            Objective = text,
            Direction = objective.Direction == ObjectiveDirection.Maximize ? "maximize" : "minimize",
            Metric = objective.Operand.Metric.ToString(),
            Now = double.NaN,
            P05 = double.NaN,
            P50 = double.NaN,
            P95 = double.NaN,
            ProbabilityBetter = double.NaN,
        };
        MetricReference reference = objective.Operand.Metric;
        double now = Recent(objective, outlooks, paths.Window);
        if (!paths.TryGetMetric(reference.Name, out int metric) || paths.Count == 0)
        {
            return unknown with { Now = now };
        }
        int denominator = -1;
        if (reference.Denominator is { } below && !paths.TryGetMetric(below, out denominator))
        {
            return unknown with { Now = now };
        }
        double[] outcomes = new double[paths.Count];
        double[] values = new double[paths.Horizon];
        double[] scratch = new double[paths.Horizon];
        int better = 0;
        for (int scenario = 0; scenario < paths.Count; scenario++)
        {
            ReadOnlySpan<double> path = paths.Path(scenario, metric);
            ReadOnlySpan<double> divisor = denominator < 0 ? default : paths.Path(scenario, denominator);
            for (int step = 0; step < values.Length; step++)
            {
                values[step] = divisor.IsEmpty ? path[step] : MetricReference.Quotient(path[step], divisor[step]);
            }
            outcomes[scenario] = PathStatistics.Of(values, objective.Operand.Kind, objective.Operand.Percent, scratch);
            better += (objective.Direction == ObjectiveDirection.Maximize ? outcomes[scenario] > now : outcomes[scenario] < now) ? 1 : 0;
        }
        if (Array.Exists(outcomes, outcome => !double.IsFinite(outcome)))
        {
            return unknown with { Now = now };
        }
        Array.Sort(outcomes);
        return unknown with
        {
            Now = now,
            P05 = PathStatistics.Quantile(outcomes, 0.05),
            P50 = PathStatistics.Quantile(outcomes, 0.5),
            P95 = PathStatistics.Quantile(outcomes, 0.95),
            ProbabilityBetter = double.IsFinite(now) ? better / (double)paths.Count : double.NaN,
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
