using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization;

/// <summary>Runs the portfolio on functions of real variables.</summary>
internal static class SearchBench
{
    public static SearchProblem Problem(int dimension, double lower, double upper, ulong evaluations, double? target, ulong seed)
    {
        double[] low = new double[dimension], high = new double[dimension];
        Array.Fill(low, lower);
        Array.Fill(high, upper);
        return new SearchProblem
        {
            Space = new SearchSpace(low, high, new double[]?[dimension], new bool[dimension]),
            Maximize = [false],
            Evaluations = evaluations,
            Target = target,
            Seed = seed,
        };
    }

    public static (Ledger Ledger, Portfolio Portfolio) Run(SearchProblem problem, FunctionEvaluator.Function function)
    {
        SearchRun run = new(problem, new FunctionEvaluator(function), new FixedHost());
        int[] moving = SearchArea.Continuous(problem.Space);
        double[] held = new double[problem.Space.Dimension];
        Array.Fill(held, 0.5);
        Portfolio portfolio = new(new SearchArea(problem, run.Ledger, moving, held), problem.Seed);
        run.Run(portfolio.Run());
        return (run.Ledger, portfolio);
    }
}
