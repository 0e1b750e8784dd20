using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization;

public sealed class PortfolioTests
{
    [Theory]
    [InlineData(1, 10, 14)]
    [InlineData(1, 20, 24)]
    [InlineData(8, 10, 2500)]
    [InlineData(8, 20, 8000)]
    [InlineData(10, 10, 5000)]
    [InlineData(10, 20, 18000)]
    [InlineData(13, 10, 3000)]
    [InlineData(13, 20, 8000)]
    [InlineData(15, 10, 160_000)]
    [InlineData(17, 10, 160_000)]
    [InlineData(20, 10, 120_000)]
    [InlineData(21, 10, 80_000)]
    public void Functions_of_all_kinds_are_solved_within_a_bound_of_evaluations(int id, int dimension, int evaluationsMax)
    {
        foreach (int instance in (int[])[131, 132, 133])
        {
            TestFunction function = new(id, dimension, instance);
            SearchProblem problem = SearchBench.Problem(dimension, -5, 5, 200_000, function.OptimumValue + 1e-8, (ulong)instance);
            Ledger ledger = SearchBench.Run(problem, function.Evaluate).Ledger;
            Assert.True(ledger.Stopped == SearchStop.Target, $"f{id}, {dimension} variables, instance {instance}: {ledger.BestValue - function.OptimumValue} above the optimum");
            Assert.InRange(ledger.Evaluations, 1UL, (ulong)evaluationsMax);
        }
    }

    [Fact]
    public void The_same_seed_tries_the_same_points()
    {
        TestFunction function = new(17, 10, 1);
        ulong first = Points(function, 5), again = Points(function, 5), other = Points(function, 6);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Evaluations_are_charged_to_strategies_completely()
    {
        TestFunction function = new(15, 5, 1);
        (Ledger ledger, _) = SearchBench.Run(SearchBench.Problem(5, -5, 5, 20_001, null, 1), function.Evaluate);
        List<KeyValuePair<string, ulong>> arms = ledger.Arms.Entries();
        Assert.Equal(["start", "cma_es", "local", "differential_evolution"], arms.Select(arm => arm.Key));
        Assert.All(arms, arm => Assert.True(arm.Value > 500));
        Assert.Equal(20_001UL, ledger.Evaluations);
        Assert.Equal(20_001UL, arms.Aggregate(0UL, (sum, arm) => sum + arm.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Few_variables_are_enough(int dimension)
    {
        SearchProblem problem = SearchBench.Problem(dimension, -4, 6, 3000, 1e-9, 3);
        Ledger ledger = SearchBench.Run(problem, x =>
        {
            double sum = 0;
            foreach (double value in x)
            {
                sum += (value - 1.3) * (value - 1.3) + 2 * Math.Pow(Math.Sin(3 * (value - 1.3)), 2);
            }
            return sum;
        }).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    [Fact]
    public void A_constant_function_ends_with_the_budget()
    {
        Ledger ledger = SearchBench.Run(SearchBench.Problem(4, -1, 1, 5000, null, 1), _ => 7).Ledger;
        Assert.Equal(5000UL, ledger.Evaluations);
        Assert.Equal(7, ledger.BestValue);
    }

    [Fact]
    public void Nothing_but_failures_ends_with_the_budget()
    {
        Ledger ledger = SearchBench.Run(SearchBench.Problem(4, -1, 1, 5000, null, 1), _ => double.NaN).Ledger;
        Assert.Equal(5000UL, ledger.FailedEvaluations);
        Assert.False(ledger.HasBest);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1.7e308)]
    public void Islands_of_failures_are_gone_around(double bad)
    {
        SearchProblem problem = SearchBench.Problem(5, -5, 5, 20_000, 1e-7, 2);
        Ledger ledger = SearchBench.Run(problem, x =>
        {
            double sum = 0, cell = 0;
            foreach (double value in x)
            {
                sum += (value - 0.7) * (value - 0.7);
                cell += Math.Floor(2 * value);
            }
            return (int)cell % 3 == 0 && sum > 0.5 ? bad : sum;
        }).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    [Fact]
    public void An_optimum_at_the_edge_of_what_fails_is_approached()
    {
        SearchProblem problem = SearchBench.Problem(3, 0, 1, 10_000, null, 2);
        Ledger ledger = SearchBench.Run(problem, x => x[0] + x[1] + x[2] < 1 ? double.NaN : x[0] + 2 * x[1] + 3 * x[2]).Ledger;
        Assert.InRange(ledger.BestValue, 1, 1.001);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e-30)]
    [InlineData(1e-9)]
    [InlineData(1e30)]
    [InlineData(1e200)]
    [InlineData(1e290)]
    public void The_scale_of_the_values_does_not_matter(double scale)
    {
        TestFunction function = new(8, 6, 3);
        SearchProblem problem = SearchBench.Problem(6, -5, 5, 20_000, scale * 1e-8, 2);
        Ledger ledger = SearchBench.Run(problem, x => scale * (function.Evaluate(x) - function.OptimumValue)).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
        Assert.True(ledger.Evaluations < 3000);
    }

    [Fact]
    public void Values_over_all_magnitudes_are_survived()
    {
        SearchProblem problem = SearchBench.Problem(4, -5, 5, 20_000, 1 + 1e-6, 2);
        Ledger ledger = SearchBench.Run(problem, x => Math.Exp(28 * (x[0] * x[0] + Math.Abs(x[1]) + x[2] * x[2] + x[3] * x[3]) / 4)).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    [Fact]
    public void Steps_of_the_function_are_descended()
    {
        SearchProblem problem = SearchBench.Problem(6, -5, 5, 20_000, 0.5, 4);
        Ledger ledger = SearchBench.Run(problem, x =>
        {
            double sum = 0;
            foreach (double value in x)
            {
                sum += Math.Floor(Math.Abs(value - 2.2) + 0.5);
            }
            return sum;
        }).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    [Fact]
    public void An_optimum_in_a_corner_is_found_exactly()
    {
        SearchProblem problem = SearchBench.Problem(8, 0, 3, 4000, 0, 4);
        Ledger ledger = SearchBench.Run(problem, x =>
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += (i + 1) * x[i];
            }
            return sum;
        }).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
        Assert.Equal(0, ledger.BestValue);
    }

    [Fact]
    public void Variables_without_width_stay()
    {
        SearchProblem problem = SearchBench.Problem(4, -1, 1, 3000, 4 + 1e-9, 1) with
        {
            Space = new SearchSpace([-1, 2, -1, -1], [1, 2, 1, 1], new double[]?[4], new bool[4]),
        };
        Ledger ledger = SearchBench.Run(problem, x => x[0] * x[0] + x[1] * x[1] + Math.Pow(x[2] - 0.3, 4) + x[3] * x[3]).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
        Assert.Equal(2, ledger.BestX[1]);
    }

    [Fact]
    public void Held_coordinates_keep_the_values_they_were_given()
    {
        SearchProblem problem = SearchBench.Problem(3, 0, 1, 3000, 0.25 + 1e-9, 1);
        SearchRun run = new(problem, new FunctionEvaluator(x => x[0] * x[0] + x[1] + (x[2] - 0.5) * (x[2] - 0.5)), new FixedHost());
        run.Run(new Portfolio(new SearchArea(problem, run.Ledger, [0, 2], [0.9, 0.25, 0.1]), 1).Run());
        Assert.Equal(SearchStop.Target, run.Ledger.Stopped);
        Assert.Equal(0.25, run.Ledger.BestU[1]);
    }

    [Fact]
    public void A_start_that_is_known_is_where_it_begins()
    {
        SearchProblem problem = SearchBench.Problem(2, 0, 1, 1000, null, 1);
        Ledger ledger = new(problem);
        ledger.Enter([0.95, 0.02], [0.95, 0.02], [3], [], false);
        Portfolio portfolio = new(new SearchArea(problem, ledger, [0, 1], [0.5, 0.5]), 1);
        Batch first = portfolio.Run().First();
        Assert.Equal([0.75, 0.02], first.Point(0).ToArray());   // up would leave the cube
        Assert.Equal([0.95, 0.02 + 0.1], first.Point(1).ToArray());
    }

    [Theory]
    [InlineData(300, 6000)]
    [InlineData(1024, 12_000)]
    public void Many_variables_are_affordable(int dimension, int evaluations)
    {
        SearchProblem problem = SearchBench.Problem(dimension, -5, 5, (ulong)evaluations, 1e-3, 1);
        Ledger ledger = SearchBench.Run(problem, x =>
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += (1 + i % 7) * (x[i] - 1) * (x[i] - 1) + (i > 0 ? 0.3 * (x[i] - 1) * (x[i - 1] - 1) : 0);
            }
            return sum;
        }).Ledger;
        Assert.Equal(SearchStop.Target, ledger.Stopped);
    }

    /// <summary>Hash of the bits of all points tried.</summary>
    private static ulong Points(TestFunction function, ulong seed)
    {
        ulong hash = 14695981039346656037;
        SearchBench.Run(SearchBench.Problem(10, -5, 5, 12_000, null, seed), x =>
        {
            foreach (double value in x)
            {
                hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(value)) * 1099511628211;
            }
            return function.Evaluate(x);
        });
        return hash;
    }
}
