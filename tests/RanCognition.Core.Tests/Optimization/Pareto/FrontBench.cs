using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Pareto;

namespace RanCognition.Tests.Optimization.Pareto;

/// <summary>Runs the search of several objectives.</summary>
internal static class FrontBench
{
    public static Ledger Run(FrontProblem function, ulong evaluations, ulong seed, int threads = 1) => Run(function.Problem(evaluations, seed) with { Threads = threads }, function);

    public static Ledger Run(SearchProblem problem, IEvaluator evaluator)
    {
        SearchRun run = new(problem, evaluator, new FixedHost());
        run.Run(new ParetoSearch(problem, run.Ledger).Run());
        return run.Ledger;
    }

    public static double Hypervolume(FrontArchive front, double[] reference)
    {
        List<double> points = [];
        for (int row = 0; row < front.Count; row++)
        {
            points.AddRange(front.F(row));
        }
        return new Hypervolume(reference.Length).Of(points.ToArray(), front.Count, reference);
    }
}
