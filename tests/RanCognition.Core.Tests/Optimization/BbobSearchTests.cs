using RanCognition.Contracts;
using RanCognition.Optimization.Functions;
using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization;

public sealed class BbobSearchTests
{
    private const double Precision = 1e-8;

    /// <summary>How far above the least value the best point may be after 10 000 evaluations a dimension. What has no number is to be solved.</summary>
    private static double Allowed(int id) => id switch
    {
        16 or 17 or 18 => 1e-2, // ripples, of which a few runs in a hundred miss the last
        19 => 0.5,              // a ridge of equal valleys
        23 => 2,                // valleys in valleys without a slope
        24 => 25,               // two funnels, the wider one is the wrong one
        _ => Precision,
    };

    [Fact]
    public void All_24_functions_are_solved_or_come_near_and_none_is_undercut()
    {
        const int dimension = 5;
        for (int id = 1; id <= BbobFunction.IdMax; id++)
        {
            for (int instance = 1; instance <= 2; instance++)
            {
                var function = new BbobFunction(new FunctionSpec(id, dimension, instance));
                SearchProblem problem = SearchBench.Problem(dimension, -5, 5, 10_000 * dimension, function.FOpt + Precision, 1);
                Ledger ledger = SearchBench.Run(problem, function.Value).Ledger;
                double above = ledger.BestValue - function.FOpt;
                Assert.True(above <= Allowed(id) && above >= 0, $"f{id}, instance {instance}: {above} above the least value");
                Assert.Equal(above <= Precision ? SearchStop.Target : SearchStop.Budget, ledger.Stopped);
                Assert.Equal(ledger.BestValue, function.Value(ledger.BestX));
            }
        }
    }

    [Fact]
    public void Functions_with_one_valley_take_few_evaluations()
    {
        foreach (int id in (int[])[1, 2, 5, 8, 9, 10, 11, 12, 13, 14])
        {
            var function = new BbobFunction(new FunctionSpec(id, 10, 1));
            SearchProblem problem = SearchBench.Problem(10, -5, 5, 20_000, function.FOpt + Precision, 1);
            Assert.Equal(SearchStop.Target, SearchBench.Run(problem, function.Value).Ledger.Stopped);
        }
    }
}
