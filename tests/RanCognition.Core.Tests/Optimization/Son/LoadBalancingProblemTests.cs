using RanCognition.Contracts;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class LoadBalancingProblemTests
{
    [Fact]
    public void The_best_of_all_offsets_is_that_of_a_plain_evaluation()
    {
        int gains = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            NetworkModel network = SmallNetworks.Make(seed, cellsMax: 4, trafficMaxMbps: 80);
            double[] values = [-6, 0, 3];
            var problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Mlb, Network = network, Limits = new SonLimits { CioValues = values } });
            double best = double.PositiveInfinity, naiveBest = double.PositiveInfinity, present = double.NaN;
            double[] load = new double[1], constraints = new double[1];
            var naive = new NaiveNetwork(network);
            foreach (double[] x in SmallNetworks.Combinations(network.Cells!.Count, values))
            {
                problem.Evaluate(x, load, constraints);
                naive.Evaluate([.. network.Cells.Select((cell, i) => cell with { CioDb = x[i] })]);
                Assert.Equal(naive.Loads is not null, constraints[0] <= 0);
                Assert.Equal(naive.Loads?.Max() ?? CellProblem.NoLoads, load[0], 1e-7 * (naive.Loads?.Max() ?? 1));
                best = Math.Min(best, load[0]);
                naiveBest = Math.Min(naiveBest, naive.Loads?.Max() ?? CellProblem.NoLoads);
                present = x.All(value => value == 0) ? load[0] : present;
            }
            Assert.Equal(naiveBest, best, 1e-7 * naiveBest);
            gains += best < 0.9 * present ? 1 : 0;
        }
        Assert.True(gains > 20, $"{gains}");
    }

    [Fact]
    public void Actions_are_offsets_in_dB_and_a_given_largest_load_is_a_constraint()
    {
        NetworkModel network = SmallNetworks.Make(2, 5, 30);
        var problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Mlb, Network = network, Limits = new SonLimits { MaxLoad = LimitValue.Of(0.5) } });
        double[] x = new double[network.Cells!.Count], load = new double[1], constraints = new double[1];
        problem.Evaluate(x, load, constraints);
        Assert.Equal(load[0] - 0.5, constraints[0]);
        x[1] = -4;
        Assert.Equal([new ConfigurationChange("NRCellDU=2", "cellIndividualOffset", 0.0, -4.0)], problem.Actions(x));
        Assert.Equal("NRCellDU=1", problem.Variables[0].Name);
        Assert.All(problem.Variables, variable => Assert.Equal(0, variable.Initial));
    }

    [Fact]
    public void Every_thread_gets_the_same_values()
    {
        NetworkModel network = SmallNetworks.Layout(7, 200, 60);
        var problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Mlb, Network = network });
        double[][] points = [.. Enumerable.Range(0, 64).Select(seed => { var random = new Random(seed); return Enumerable.Range(0, 21).Select(_ => 2.0 * random.Next(-3, 4)).ToArray(); })];
        double[] alone = [.. points.Select(Value)], together = new double[points.Length];
        Parallel.For(0, points.Length, i => together[i] = Value(points[i]));
        Assert.Equal(alone, together);

        double Value(double[] x)
        {
            double[] load = new double[1];
            problem.Evaluate(x, load, new double[1]);
            return load[0];
        }
    }

    [Fact]
    public void Bad_offsets_are_named()
    {
        var problem = new OptimizationProblem { ProblemType = SonProblemType.Mlb, Network = SmallNetworks.Make(2, 5, 30), Limits = new SonLimits { CioValues = [0, double.NaN] } };
        Assert.Equal("problem/limits/cio_values/1", Assert.Throws<InvalidInputException>(() => SonProblem.Create(problem)).Argument);
    }
}
