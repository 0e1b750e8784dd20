using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization;

/// <summary>Makes the result of a search from its ledger.</summary>
internal static class ResultBuilder
{
    /// <param name="compiled">The problem.</param>
    /// <param name="ledger">What was evaluated.</param>
    /// <param name="bound">What is known of the best value beforehand, in the sense of the objective; null = nothing.</param>
    public static OptimizationResult Build(CompiledProblem compiled, Ledger ledger, ObjectiveBound? bound)
    {
        OptimizationProblem problem = compiled.Problem;
        if (ledger.Evaluations > 0 && ledger.FailedEvaluations == ledger.Evaluations && ledger.Stopped is not SearchStop.Cancelled)
        {
            InvalidInputException.Throw("problem", $"all {ledger.Evaluations} evaluations failed: the evaluator gave an error or a value that is not a finite number for every point");
        }
        bool isFeasible = ledger.HasBest && ledger.BestViolation == 0;
        bound = problem.Objectives.Count == 1 ? bound ?? Bound(problem, ledger, isFeasible) : null;
        FrontResult front = FrontResult.Of(compiled, ledger);
        return new OptimizationResult
        {
            Best = ledger.HasBest ? Best(problem, ledger, isFeasible) : null,
            VariableNames = Names(problem),
            ObjectiveNames = ObjectiveNames(problem),
            Evaluations = ledger.Evaluations,
            FailedEvaluations = ledger.FailedEvaluations,
            Stopped = ledger.Stopped!.Value,
            Bound = bound,
            OptimizationScore = bound is null || !isFeasible ? null : Score(Signed(problem, ledger.FirstFeasibleValue!.Value), Signed(problem, ledger.BestValue), bound.Value),
            Trace = ledger.Trace(),
            Pareto = front.Points,
            Hypervolume = front.Hypervolume,
            Sensitivity = ledger.Sensitivity(),
            Arms = ledger.Arms.Entries(),
            InfeasibleSubset = ledger.HasBest && !isFeasible ? Subset(problem, ledger) : null,
            Ignored = problem.Ignored,
        };
    }

    /// <summary>(first - best) / (first - bound), 0..1: the share of what could be gained that was gained.</summary>
    public static double Score(double first, double best, double bound)
    {
        double possible = first - bound;
        if (!double.IsFinite(possible))
        {
            return best == bound ? 1 : 0;
        }
        return possible == 0 ? 1 : Math.Clamp((first - best) / possible, 0, 1);
    }

    private static ObjectiveBound? Bound(OptimizationProblem problem, Ledger ledger, bool isFeasible)
    {
        if (!isFeasible)
        {
            return problem.BestKnown is { } known ? new ObjectiveBound(known, BoundKind.BestKnown) : null;
        }
        double best = Signed(problem, ledger.BestValue);
        if (ledger.Stopped is SearchStop.Exact)
        {
            return new ObjectiveBound(best, BoundKind.Enumerated);
        }
        bool callerKnowsBetter = problem.BestKnown is { } value && (problem.Objectives[0].Maximize ? value > best : value < best);
        return new ObjectiveBound(callerKnowsBetter ? problem.BestKnown!.Value : best, BoundKind.BestKnown);
    }

    private static OptimizationPoint Best(OptimizationProblem problem, Ledger ledger, bool isFeasible)
    {
        double[] f = ledger.BestF.ToArray();
        for (int i = 0; i < f.Length; i++)
        {
            f[i] = problem.Objectives[i].Maximize ? -f[i] : f[i];
        }
        ConstraintValue[] constraints = new ConstraintValue[problem.Constraints.Count];
        for (int i = 0; i < constraints.Length; i++)
        {
            constraints[i] = new ConstraintValue(problem.Constraints[i], ledger.BestG[i]);
        }
        return new OptimizationPoint(ledger.BestX.ToArray(), f, isFeasible, constraints);
    }

    private static string[] Subset(OptimizationProblem problem, Ledger ledger)
    {
        int[] places = ledger.Conflicts.SmallestConflict();
        string[] names = new string[places.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = problem.Constraints[places[i]];
        }
        return names;
    }

    private static string[] Names(OptimizationProblem problem)
    {
        string[] names = new string[problem.Variables.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = problem.Variables[i].Name;
        }
        return names;
    }

    private static string[] ObjectiveNames(OptimizationProblem problem)
    {
        string[] names = new string[problem.Objectives.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = problem.Objectives[i].Name;
        }
        return names;
    }

    private static double Signed(OptimizationProblem problem, double value) => problem.Objectives[0].Maximize ? -value : value;
}
