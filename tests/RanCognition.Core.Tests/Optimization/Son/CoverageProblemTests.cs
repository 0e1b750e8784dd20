using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class CoverageProblemTests
{
    [Fact]
    public void Utility_and_coverage_are_those_of_a_plain_evaluation()
    {
        int feasible = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            NetworkModel network = SmallNetworks.Make(seed, cellsMax: 6, trafficMaxMbps: 60);
            var random = new Random(seed);
            var limits = new SonLimits { PowerMin = 30, PowerMax = 50 };
            var problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Cco, Network = network, Limits = limits });
            int count = network.Cells!.Count;
            double[] x = [.. Enumerable.Range(0, count).Select(_ => 90 + 0.1 * random.Next(300)), .. Enumerable.Range(0, count).Select(_ => 30 + 0.1 * random.Next(200))];
            double[] utility = new double[1], constraints = new double[2];
            problem.Evaluate(x, utility, constraints);
            NaiveNetwork before = new NaiveNetwork(network).Evaluate(network.Cells);
            NaiveNetwork after = new NaiveNetwork(network).Evaluate([.. network.Cells.Select((cell, i) => cell with { TiltDeg = x[i], PowerDbm = x[count + i] })]);
            Assert.Equal(after.Loads is null ? CellProblem.NoLoads : 0, constraints[0]);
            Assert.Equal(after.Uncovered - before.Uncovered - 0.01, constraints[1], 12);
            Assert.Equal(after.Loads is null ? 0 : after.Utility, utility[0], 1e-7);
            feasible += after.Loads is null ? 0 : 1;
        }
        Assert.True(feasible > 20, $"{feasible}");
    }

    [Fact]
    public void Slopes_are_those_of_small_differences()
    {
        NetworkModel network = SmallNetworks.Layout(7, 300, 80);
        var problem = (CoverageProblem)SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Cco, Network = network, Limits = new SonLimits { PowerMin = 40, PowerMax = 50 } });
        var slopes = new UtilitySlopes(network, problem.Links, problem.PresentCells, "network");
        var random = new Random(7);
        double[] x = [.. Enumerable.Range(0, 21).Select(_ => 95 + 10 * random.NextDouble()), .. Enumerable.Range(0, 21).Select(_ => 44 + 3 * random.NextDouble())];
        double[] computed = problem.Slopes(slopes, x)!;
        for (int knob = 0; knob < x.Length; knob++)
        {
            const double h = 1e-4;
            double difference = (Utility(knob, h) - Utility(knob, -h)) / (2 * h);
            Assert.Equal(difference, computed[knob], 1e-4 * Math.Abs(difference) + 2e-6);
        }

        double Utility(int knob, double by)
        {
            double[] other = (double[])x.Clone(), utility = new double[1];
            other[knob] += by;
            problem.Evaluate(other, utility, new double[2]);
            return utility[0];
        }
    }

    [Fact]
    public void The_first_phase_beats_every_common_tilt_with_few_evaluations()
    {
        NetworkModel network = SmallNetworks.Layout(7, 400, 80);
        var problem = (CoverageProblem)SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Cco, Network = network });
        double[] utility = new double[1], constraints = new double[2];
        double common = double.NegativeInfinity;
        for (int tilt = 90; tilt <= 120; tilt++)
        {
            problem.Evaluate([.. Enumerable.Repeat((double)tilt, 21)], utility, constraints);
            common = Math.Max(common, utility[0]);
        }
        Ledger ledger = FirstPhases.Run(problem, budget: 120), again = FirstPhases.Run(problem, budget: 120);
        Assert.Equal(0, ledger.BestViolation);
        Assert.True(-ledger.BestValue > common + 0.02, $"{-ledger.BestValue} {common}");
        Assert.Equal(ledger.BestX.ToArray(), again.BestX.ToArray());
        Assert.All(ledger.BestX.ToArray(), tilt => Assert.True(tilt is >= 90 and <= 120 && Math.Abs(10 * tilt - Math.Round(10 * tilt)) < 1e-6));
    }

    [Fact]
    public void Actions_are_tilts_in_tenths_of_degrees_below_the_horizon()
    {
        NetworkModel network = SmallNetworks.Make(3, 5, 10);
        network = network with { Cells = [new CellSpec { TiltDeg = 102.35 }, new CellSpec { On = false }, new CellSpec { TiltDeg = 95 }] };
        var problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Cco, Network = network });
        Assert.Equal(["NRCellDU=1", "NRCellDU=3"], problem.Variables.Select(variable => variable.Name));
        Assert.Equal([102.35, 95], problem.Variables.Select(variable => variable.Initial!.Value));
        Assert.Equal(90.05, problem.Variables[0].Lower, 9);
        Assert.Equal([new ConfigurationChange("NRCellDU=3", "digitalTilt", 50.0, -3.0)], problem.Actions([102.35, 89.7]));
    }

    [Theory]
    [InlineData("tilt_min")]
    [InlineData("tilt_max")]
    [InlineData("tilt_step")]
    [InlineData("power_min")]
    [InlineData("power_max")]
    public void Bad_limits_are_named(string limit)
    {
        SonLimits limits = limit switch
        {
            "tilt_min" => new SonLimits { TiltMin = double.NaN },
            "tilt_max" => new SonLimits { TiltMax = 80 },
            "tilt_step" => new SonLimits { TiltStep = 0 },
            "power_min" => new SonLimits { PowerMax = 40 },
            _ => new SonLimits { PowerMin = 40, PowerMax = 30 },
        };
        var problem = new OptimizationProblem { ProblemType = SonProblemType.Cco, Network = SmallNetworks.Make(3, 5, 10), Limits = limits };
        Assert.Equal("problem/limits/" + limit, Assert.Throws<InvalidInputException>(() => SonProblem.Create(problem)).Argument);
    }
}
