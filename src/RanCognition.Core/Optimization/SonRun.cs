using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Son;
using RanCognition.Performance;

namespace RanCognition.Optimization;

/// <summary>Solves a problem of self-organising networks and says what the answer means in the network.</summary>
internal sealed class SonRun(IHost host)
{
    /// <param name="problem">With a problem type.</param>
    /// <param name="argument">Name of the argument that it is, for messages.</param>
    /// <param name="startNs">When the call began.</param>
    public OptimizationResult Solve(OptimizationProblem problem, string argument, ulong startNs)
    {
        SonProblem son = SonProblem.Create(problem);
        CompiledProblem compiled = ProblemCompiler.Compile(son.Complete(problem), argument, startNs);
        SearchRun run = new(compiled.Search, son, host);
        SearchPlan plan = new(compiled.Search, run.Ledger);
        SonSolution? solution = son.Solve();
        if (solution is null)
        {
            run.Run(plan.Run(son.FirstPhase(compiled.Search, run.Ledger)));
        }
        else
        {
            RunSolved(run, plan, compiled, solution);
        }
        ObjectiveBound? bound = solution?.Bound is { } value ? new ObjectiveBound(value, BoundKind.Proven) : null;
        OptimizationResult result = ResultBuilder.Build(compiled, run.Ledger, bound);
        if (result.Best is not { } best)
        {
            return result;
        }
        return result with
        {
            InfeasibleSubset = best.Feasible ? null : solution?.InfeasibleSubset ?? result.InfeasibleSubset,
            Actions = son.Actions(best.X),
            Expected = son.Expected(best.X),
            Map = problem.IncludeMap && son is CellProblem cells ? NetworkMapper.Map(cells, best.X) : null,
        };
    }

    /// <summary>Evaluates the present point and the one that was computed; goes on from there unless that one is known to be best.</summary>
    private static void RunSolved(SearchRun run, SearchPlan plan, CompiledProblem compiled, SonSolution solution)
    {
        run.Run(solution.IsOptimal ? Both(compiled.Search, solution.X) : plan.Run(Point(compiled.Search, solution.X)));
        if (solution.IsOptimal && run.Ledger.Stopped is SearchStop.Converged)
        {
            run.Ledger.Stopped = SearchStop.Exact;
        }
    }

    private static IEnumerable<Batch> Both(SearchProblem problem, double[] x)
    {
        foreach (Batch batch in StartPoints.All(problem))
        {
            yield return batch;
        }
        foreach (Batch batch in Point(problem, x))
        {
            yield return batch;
        }
    }

    private static IEnumerable<Batch> Point(SearchProblem problem, double[] x)
    {
        Batch batch = new(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount) { GivenValues = x };
        batch.Resize(1);
        problem.Space.Coordinates(x, batch.Point(0));
        yield return batch;
    }
}
