namespace RanCognition.Temporal.Logic;

/// <summary>Evaluates objectives on scenario paths.</summary>
public static class ObjectiveValues
{
    /// <summary>The objective's statistic over the look-ahead window (the mean when it names none), over the paths.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="paths">Scenario paths, all equally likely.</param>
    /// <param name="present">The same statistic at present, to tell how likely it gets better; NaN = unknown.</param>
    public static ObjectiveSpread Evaluate(ObjectiveExpression objective, IScenarioPaths paths, double present = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(paths);
        var operand = objective.Operand;
        var denominator = -1;
        if (!paths.TryGetMetric(operand.Metric.Name, out var metric))
        {
            return Without($"metric '{FormulaText.Snippet(operand.Metric.Name)}' is unknown");
        }
        if (operand.Metric.Denominator is { } below && !paths.TryGetMetric(below, out denominator))
        {
            return Without($"metric '{FormulaText.Snippet(below)}' is unknown");
        }
        if (paths.Count <= 0 || paths.Horizon <= 0)
        {
            return Without("there are no scenario paths");
        }
        var reader = new MetricReader(paths, metric, denominator, isRate: false);
        var scratch = new double[paths.Horizon];
        var values = new double[paths.Count];
        var evaluated = 0;
        for (var scenario = 0; scenario < paths.Count; scenario++)
        {
            var value = PathStatistics.Of(reader.Read(scenario), operand.Kind, operand.Percent, scratch);
            if (!double.IsNaN(value))
            {
                values[evaluated++] = value;
            }
        }
        if (evaluated == 0)
        {
            return Without("no path has a value");
        }
        var sorted = values.AsSpan(0, evaluated);
        sorted.Sort();
        var better = 0;
        foreach (var value in sorted)
        {
            better += (objective.Direction == ObjectiveDirection.Maximize ? value > present : value < present) ? 1 : 0;
        }
        return new ObjectiveSpread(
            PathStatistics.Quantile(sorted, 0.5),
            PathStatistics.Quantile(sorted, 0.05),
            PathStatistics.Quantile(sorted, 0.95),
            double.IsNaN(present) ? double.NaN : better / (double)evaluated,
            evaluated,
            null);
    }

    private static ObjectiveSpread Without(string reason) => new(double.NaN, double.NaN, double.NaN, double.NaN, 0, reason);
}
