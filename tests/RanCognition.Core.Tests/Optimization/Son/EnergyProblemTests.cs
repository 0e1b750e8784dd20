using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class EnergyProblemTests
{
    [Fact]
    public void The_best_of_all_settings_is_that_of_a_plain_evaluation()
    {
        int savings = 0, withoutLoads = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            NetworkModel network = SmallNetworks.Make(seed, cellsMax: 6, trafficMaxMbps: 120);
            var limits = new SonLimits
            {
                MaxLoad = seed % 5 == 1 ? LimitValue.Of(null) : default,
                CoverageLoss = seed % 7 == 2 ? LimitValue.Of(null) : seed % 7 == 3 ? LimitValue.Of(0.2) : default,
                P5Loss = seed % 3 == 0 ? LimitValue.Of(null) : LimitValue.Of(0.6),
            };
            var problem = (EnergyProblem)SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Es, Network = network, Limits = limits });
            NaiveNetwork allOn = new NaiveNetwork(network).Evaluate(network.Cells!), naive = new(network);
            double best = double.PositiveInfinity, naiveBest = double.PositiveInfinity;
            double[] energy = new double[1], constraints = new double[problem.Constraints.Count];
            foreach (double[] x in SmallNetworks.Combinations(network.Cells!.Count, [0, 1]))
            {
                problem.Evaluate(x, energy, constraints);
                bool isFeasible = constraints.All(value => value <= 0);
                best = isFeasible ? Math.Min(best, energy[0]) : best;

                naive.Evaluate([.. network.Cells.Select((cell, i) => cell with { On = x[i] == 1 })]);
                bool holds = naive.Loads is not null
                    && (limits.MaxLoad.IsGiven || naive.Loads.Max() <= 0.7)
                    && (limits.CoverageLoss.Or(0.01) is not { } coverage || naive.Uncovered - allOn.Uncovered <= coverage)
                    && (limits.P5Loss.Value is not { } p5 || allOn.Loads is null || 1 - naive.P5Mbps / allOn.P5Mbps <= p5);
                naiveBest = holds ? Math.Min(naiveBest, naive.EnergyW) : naiveBest;
                Assert.Equal(holds, isFeasible);
                Assert.Equal(naive.EnergyW, energy[0], 1e-7 * naive.EnergyW);
                if (naive.Loads is null)
                {
                    withoutLoads++;
                    Assert.Equal(CellProblem.NoLoads, constraints[0]);
                }
                else if (!limits.MaxLoad.IsGiven)
                {
                    Assert.Equal(naive.Loads.Max() - 0.7, constraints[0], 1e-7 * (1 + naive.Loads.Max()));
                }
            }
            Assert.True(best == naiveBest || Math.Abs(best - naiveBest) < 1e-6 * best);
            savings += naiveBest < allOn.EnergyW - 1 ? 1 : 0;
        }
        Assert.True(savings > 30 && withoutLoads > 120, $"{savings} {withoutLoads}");
    }

    [Fact]
    public void The_first_phase_saves_energy_and_holds_every_limit()
    {
        NetworkModel network = SmallNetworks.Layout(7, 300, 60);
        var problem = (EnergyProblem)SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Es, Network = network });
        int count = problem.Variables.Count;
        Ledger ledger = FirstPhases.Run(problem, budget: 2000);
        double[] allOn = Enumerable.Repeat(1.0, count).ToArray(), energy = new double[1], constraints = new double[3];
        problem.Evaluate(allOn, energy, constraints);
        Assert.Equal(0, ledger.BestViolation);
        Assert.True(ledger.BestValue < energy[0] - 100, $"{ledger.BestValue} {energy[0]}");
        Assert.True(ledger.Evaluations < 2000);
    }

    [Fact]
    public void Actions_lock_and_unlock_what_changes()
    {
        NetworkModel network = SmallNetworks.Make(1, 6, 10);
        network = network with { Cells = [new CellSpec(), new CellSpec { On = false }, new CellSpec()] };
        SonProblem problem = SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Es, Network = network });
        Assert.Equal([1, 0, 1], problem.Variables.Select(variable => variable.Initial!.Value));
        Assert.Equal(
            [new ConfigurationChange("NRCellDU=1", "administrativeState", "UNLOCKED", "LOCKED"), new ConfigurationChange("NRCellDU=2", "administrativeState", "LOCKED", "UNLOCKED")],
            problem.Actions([0, 1, 1]));
        Dictionary<string, ExpectedChange> expected = problem.Expected([0, 1, 1]).ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(new ExpectedChange(2, 2), expected["cells_on"]);
        double[] energy = new double[1];
        problem.Evaluate([0, 1, 1], energy, new double[3]);
        Assert.Equal(energy[0], expected["energy_w"].After);
    }

    [Theory]
    [InlineData("problem/network")]
    [InlineData("problem/limits/max_load")]
    public void Bad_input_is_named(string place)
    {
        var problem = new OptimizationProblem { ProblemType = SonProblemType.Es, Network = SmallNetworks.Make(1, 6, 10) };
        problem = place == "problem/network" ? problem with { Network = null } : problem with { Limits = new SonLimits { MaxLoad = LimitValue.Of(double.NaN) } };
        Assert.Equal(place, Assert.Throws<InvalidInputException>(() => SonProblem.Create(problem)).Argument);
    }
}
