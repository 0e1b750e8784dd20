using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using static RanCognition.Tests.Optimization.Search.Problems;

namespace RanCognition.Tests.Optimization.Search;

public class SensitivityTests
{
    private static double?[] Shares(SearchProblem problem, int points, Func<Random, double[]> draw, Func<double[], double> function)
    {
        Random random = new(5);
        SensitivitySample sample = new(problem.Space);
        double[] x = new double[problem.Space.Dimension];
        for (int i = 0; i < points; i++)
        {
            double[] u = draw(random);
            problem.Space.Values(u, x);
            sample.Enter(u, function(x));
        }
        return sample.Shares(false);
    }

    private static Func<Random, double[]> Uniform(int n) => random => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];

    [Theory]
    [InlineData(500)]
    [InlineData(4000)]
    [InlineData(100_000)]
    public void Shares_of_a_sum_are_those_of_its_variances(int points)
    {
        SearchProblem problem = Compiled(Of(1, Real("a", 0, 1), Real("b", 0, 1), Binary("c"), Category("d", 5), Real("e", 0, 1)));
        double[] category = [0, 3, 1, 4, 2];
        // Variances: 9/12, 4 * 4/45, 1/4, 2 * .04, none.
        double?[] shares = Shares(problem, points, Uniform(5), x => 3 * x[0] + 8 * (x[1] - 0.5) * (x[1] - 0.5) + x[2] + 0.2 * category[(int)x[3]]);
        double total = 9 / 12.0 + 64.0 / 180 + 0.25 + 0.08;
        double[] expected = [9 / 12.0 / total, 64.0 / 180 / total, 0.25 / total, 0.08 / total, 0];
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(expected[i], shares[i]!.Value, points > 1000 ? 0.03 : 0.09);
        }
    }

    [Fact]
    public void A_search_that_converges_does_not_make_idle_variables_important()
    {
        SearchProblem problem = Many(1, 3, i => Real($"r{i}", -1, 1));
        int call = 0;
        double?[] shares = Shares(problem, 4000, random =>
        {
            double width = call++ < 400 ? 1 : Math.Pow(0.99, call - 400);   // closes in on 0.5 in all variables
            return [.. Enumerable.Range(0, 3).Select(_ => 0.5 + width * (random.NextDouble() - 0.5))];
        }, x => x[0] * x[0] + 0.05 * x[1] * x[1]);
        Assert.True(shares[0] > 0.8, $"{shares[0]}");
        Assert.True(shares[1] < 0.1, $"{shares[1]}");
        Assert.True(shares[2] < 0.1, $"{shares[2]}");
    }

    [Fact]
    public void Nothing_is_said_of_too_few_points_or_a_constant_and_fixed_variables_explain_nothing()
    {
        SearchProblem problem = Compiled(Of(1, Real("a", 0, 1), Real("b", 2, 2)));
        Assert.All(Shares(problem, 10, Uniform(2), x => x[0]), share => Assert.Null(share));
        Assert.All(Shares(problem, 1000, Uniform(2), _ => 4), share => Assert.Null(share));
        Assert.Equal(0, Shares(problem, 1000, Uniform(2), x => x[0])[1]);
        Assert.True(Shares(problem, 1000, Uniform(2), x => x[0])[0] > 0.9);
    }

    [Fact]
    public void Of_an_enumerated_space_the_shares_are_exact()
    {
        SearchProblem problem = Compiled(Of(100, Binary("a"), Ordered("b", 1, 2, 3)) with { Objectives = [new ObjectiveSpec("f", true)] });
        SearchRun run = new(problem, PlainEvaluator.Of(x => 4 * x[0] + x[1] * x[1]), new FixedHost());
        run.Run(Enumeration.All(problem));
        // Variances over the 6 points: 4 and 98/9.
        double?[] shares = run.Ledger.Sensitivity();
        Assert.Equal(4 / (4 + 98 / 9.0), shares[0]!.Value, 1e-12);
        Assert.Equal(98 / 9.0 / (4 + 98 / 9.0), shares[1]!.Value, 1e-12);
    }
}
