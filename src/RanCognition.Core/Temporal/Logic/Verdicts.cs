using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>Judges constraints on scenario paths, by the quantitative semantics of signal temporal logic.</summary>
/// <remarks>
/// Donzé and Maler, "Robust satisfaction of temporal logic over real-valued signals" (2010); Fainekos and Pappas, "Robustness of temporal
/// logic specifications for continuous-time signals" (2009), on sampled paths. Robustness is in the unit of the metric that decides;
/// of == it is -|x - v|, or 0 within a relative 1e-9. A missing sample leaves its instant undecided; windows skip such instants, and a
/// path without a decided instant is left out of the probability. Statistics are of the whole look-ahead window wherever they stand.
/// Thread rules: no state; the paths must not change during a call.
/// </remarks>
public static class Verdicts
{
    /// <summary>Paths that are judged between two looks at the clock; fewer are no basis for a probability when time ran out.</summary>
    internal const int PathsBetweenLooks = 50;

    private const double LowerShare = 0.05;
    private const double UpperShare = 0.95;

    /// <summary>Probability that a constraint holds over the look-ahead window, with its robustness and first violation.</summary>
    /// <param name="simd">Kernels to use; they differ in speed alone.</param>
    /// <param name="constraint">The constraint.</param>
    /// <param name="paths">Scenario paths, all equally likely.</param>
    /// <returns>A verdict; when it cannot be evaluated, one with NaN numbers, no scenarios and a reason.</returns>
    /// <param name="proceed">Asked now and then whether there is time for more paths; null = always.</param>
    public static ConstraintVerdict Evaluate(SimdOps simd, ConstraintExpression constraint, IScenarioPaths paths, Func<bool>? proceed = null)
    {
        ArgumentNullException.ThrowIfNull(simd);
        ArgumentNullException.ThrowIfNull(constraint);
        ArgumentNullException.ThrowIfNull(paths);
        var node = PlanBuilder.Build(simd, constraint.Formula, paths, out var reason);
        if (node is null)
        {
            return Without(constraint, reason);
        }
        var robustness = new double[paths.Count];
        var violationsAtLead = new int[paths.Horizon + 1];
        var evaluated = 0;
        var violated = 0;
        for (var scenario = 0; scenario < paths.Count; scenario++)
        {
            if (scenario % PathsBetweenLooks == 0 && proceed is not null && !proceed())
            {
                if (scenario == 0)
                {
                    return Without(constraint, "there was no time to judge it");
                }
                break;
            }
            node.Evaluate(scenario);
            if (double.IsNaN(node.Truth))
            {
                continue;
            }
            robustness[evaluated++] = node.Truth;
            if (Robustness.IsViolated(node.Truth))
            {
                violated++;
                violationsAtLead[node.SettledAt()]++;
            }
        }
        if (evaluated == 0)
        {
            return Without(constraint, "no path has the values that it needs");
        }
        var sorted = robustness.AsSpan(0, evaluated);
        sorted.Sort();
        return new ConstraintVerdict
        {
            Id = constraint.Id,
            Expression = constraint.Text,
            Priority = constraint.Priority,
            Scenarios = evaluated,
            Probability = (double)(evaluated - violated) / evaluated,
            Robustness = PathStatistics.Quantile(sorted, 0.5) + 0.0,
            RobustnessLower = PathStatistics.Quantile(sorted, LowerShare) + 0.0,
            RobustnessUpper = PathStatistics.Quantile(sorted, UpperShare) + 0.0,
            FirstViolationNs = FirstViolation(violationsAtLead, violated, paths),
        };
    }

    /// <summary>Time of the (lower) median lead of violation; null without one, or when the step is unknown.</summary>
    private static ulong? FirstViolation(ReadOnlySpan<int> violationsAtLead, int violated, IScenarioPaths paths)
    {
        if (violated == 0 || paths.StepNs == 0)
        {
            return null;
        }
        var left = (violated + 1) / 2;
        var lead = 0;
        while (left > violationsAtLead[lead])
        {
            left -= violationsAtLead[lead++];
        }
        return Saturating.SampleTime(paths.StartNs, paths.StepNs, lead);
    }

    /// <summary>A verdict that cannot be given, with the reason.</summary>
    internal static ConstraintVerdict Without(ConstraintExpression constraint, string? reason) => new()
    {
        Id = constraint.Id,
        Expression = constraint.Text,
        Priority = constraint.Priority,
        Probability = double.NaN,
        Robustness = double.NaN,
        RobustnessLower = double.NaN,
        RobustnessUpper = double.NaN,
        Reason = reason,
    };
}
