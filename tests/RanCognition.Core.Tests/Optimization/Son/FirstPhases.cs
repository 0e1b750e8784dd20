using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

/// <summary>Runs the first phase of a problem: the present point, then what the phase asks for.</summary>
internal static class FirstPhases
{
    public static Ledger Run(SonProblem son, ulong budget, ulong seed = 1)
    {
        int count = son.Variables.Count;
        double[][] levels = new double[count][];
        for (int i = 0; i < count; i++)
        {
            DecisionVariable variable = son.Variables[i];
            double step = variable.Step ?? 1;
            levels[i] = variable.Values is { } values ? [.. values] : [.. Enumerable.Range(0, (int)Math.Round((variable.Upper - variable.Lower) / step) + 1).Select(k => variable.Lower + k * step)];
        }
        var space = new SearchSpace(new double[count], new double[count], levels, new bool[count]);
        var problem = new SearchProblem { Space = space, Maximize = [son.Objectives[0].Maximize], ConstraintCount = son.Constraints.Count, Evaluations = budget, Seed = seed };
        var run = new SearchRun(problem, son, new FixedHost());
        run.Run(Batches(son, problem, run.Ledger));
        return run.Ledger;
    }

    private static IEnumerable<Batch> Batches(SonProblem son, SearchProblem problem, Ledger ledger)
    {
        var present = new Batch(problem.Space.Dimension, 1, problem.ConstraintCount);
        present.Resize(1);
        for (int i = 0; i < problem.Space.Dimension; i++)
        {
            present.Point(0)[i] = problem.Space.Coordinate(i, son.Variables[i].Initial!.Value);
        }
        yield return present;
        foreach (Batch batch in son.FirstPhase(problem, ledger)!)
        {
            yield return batch;
        }
    }
}
