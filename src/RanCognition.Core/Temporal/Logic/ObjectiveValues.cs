using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>Evaluates objectives on scenario paths.</summary>
public static class ObjectiveValues
{
    /// <summary>The objective's statistic over the look-ahead window (the mean when it names none), over the paths.</summary>
    /// <param name="simd">Kernels to use; they differ in speed alone.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="paths">Scenario paths, all equally likely.</param>
    /// <param name="present">The same statistic at present, to tell how likely it gets better; NaN = unknown.</param>
    /// <param name="proceed">Asked now and then whether there is time for more paths; null = always.</param>
    public static ObjectiveSpread Evaluate(
        SimdOps simd, ObjectiveExpression objective, IScenarioPaths paths, double present = double.NaN, Func<bool>? proceed = null)
    {
        ArgumentNullException.ThrowIfNull(simd);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(paths);
        var operand = objective.Operand;
        if (MetricReader.For(operand.Metric, paths, isRate: false, out var reason) is not { } reader)
        {
            return Without(reason!);
        }
        if (paths.Count <= 0 || paths.Horizon <= 0)
        {
            return Without("there are no scenario paths");
        }
        var window = Math.Min(paths.WindowSteps, paths.Horizon);
        var scratch = new double[window];
        var values = new double[paths.Count];
        var evaluated = 0;
        for (var scenario = 0; scenario < paths.Count; scenario++)
        {
            if (scenario % Verdicts.PathsBetweenLooks == 0 && proceed is not null && !proceed())
            {
                break;
            }
            var samples = reader.Read(scenario);
            var value = PathStatistics.Of(simd, samples[..Math.Min(samples.Length, window)], operand.Kind, operand.Percent, scratch);
            if (!double.IsNaN(value))
            {
                values[evaluated++] = value;
            }
        }
        if (evaluated == 0)
        {
            return Without(proceed is null ? "no path has a value" : "no path has a value, or there was no time to look at one");
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
