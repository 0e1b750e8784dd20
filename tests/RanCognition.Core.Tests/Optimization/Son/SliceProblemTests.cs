using RanCognition.Contracts;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class SliceProblemTests
{
    [Fact]
    public void Shares_on_a_grid_are_the_best_of_all()
    {
        int feasible = 0, infeasible = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            SlicesSpec spec = RandomSpec(new Random(seed), step: 10);
            SliceProblem problem = Problem(spec);
            SonSolution solution = problem.Solve();
            double? best = BruteForce(problem, out List<HashSet<string>> satisfied);
            if (best is null)
            {
                infeasible++;
                Assert.NotNull(solution.InfeasibleSubset);
                Assert.DoesNotContain(satisfied, set => solution.InfeasibleSubset.All(set.Contains));
                int smallest = SmallestConflict(problem.Constraints, satisfied);
                Assert.Equal(smallest, solution.InfeasibleSubset.Count);
                continue;
            }
            feasible++;
            Assert.Null(solution.InfeasibleSubset);
            double[] objective = new double[1], constraints = new double[problem.Constraints.Count];
            Assert.True(problem.Evaluate(solution.X, objective, constraints));
            Assert.All(constraints, value => Assert.True(value <= 0));
            Assert.Equal(best.Value, objective[0], 1e-9 * Math.Abs(best.Value) + 1e-12);
            Assert.Equal(objective[0], solution.Bound);
        }
        Assert.InRange(infeasible, 20, 180);
        Assert.InRange(feasible, 20, 180);
    }

    [Fact]
    public void Shares_without_steps_beat_every_small_exchange_and_every_grid()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            SlicesSpec spec = RandomSpec(new Random(seed), step: 0);
            SliceProblem problem = Problem(spec), onGrid = Problem(spec with { StepPercent = 1 });
            SonSolution solution = problem.Solve(), grid = onGrid.Solve();
            if (solution.InfeasibleSubset is not null)
            {
                Assert.NotNull(grid.InfeasibleSubset);
                continue;
            }
            double best = Value(problem, solution.X, out double violation);
            Assert.Equal(0, violation);
            double sign = problem.Objectives[0].Maximize ? 1 : -1;
            if (grid.InfeasibleSubset is null)
            {
                Assert.True(sign * best >= sign * Value(onGrid, grid.X, out _) - 1e-9 * Math.Abs(best));
            }
            for (int from = 0; from < solution.X.Length; from++)
            {
                for (int to = 0; to < solution.X.Length; to++)
                {
                    double[] other = (double[])solution.X.Clone();
                    other[from] -= 0.01;
                    other[to] += 0.01;
                    if (other[from] >= problem.Variables[from].Lower && other[to] <= problem.Variables[to].Upper && from != to)
                    {
                        double value = Value(problem, other, out violation);
                        Assert.True(violation > 0 || sign * value <= sign * best + 1e-9 * Math.Abs(best), $"seed {seed}: {best} {value}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Without_limits_shares_are_proportional_to_the_weights()
    {
        SliceProblem problem = Problem(new SlicesSpec
        {
            StepPercent = 0,
            List = [new SliceSpec { Name = "a", SpectralEfficiency = 2, Weight = 1 }, new SliceSpec { Name = "b", SpectralEfficiency = 0.5, Weight = 3 }],
        });
        SonSolution solution = problem.Solve();
        Assert.Equal(25, solution.X[0], 9);
        Assert.Equal(75, solution.X[1], 9);
        Assert.Equal(Math.Log(0.25 * 40) + 3 * Math.Log(0.75 * 10), solution.Bound!.Value, 12);
    }

    [Fact]
    public void Delay_of_two_slices_follows_the_formula_of_the_multiplier()
    {
        SliceProblem problem = Problem(new SlicesSpec
        {
            BandwidthMHz = 10, StepPercent = 0, Objective = SliceObjective.Delay,
            List = [new SliceSpec { Name = "a", SpectralEfficiency = 4, DemandMbps = 8 }, new SliceSpec { Name = "b", SpectralEfficiency = 1, DemandMbps = 3, Weight = 2 }],
        });
        // spare share 1 - 8/40 - 3/10 = .5 is divided as sqrt(w / a): sqrt(1/40) : sqrt(2/10)
        double first = Math.Sqrt(1 / 40.0), second = Math.Sqrt(0.2);
        Assert.Equal(100 * (0.2 + 0.5 * first / (first + second)), problem.Solve().X[0], 6);
    }

    [Fact]
    public void Actions_are_ratios_in_percent_and_only_changes()
    {
        SliceProblem problem = Problem(new SlicesSpec
        {
            List = [new SliceSpec { Name = "a", SpectralEfficiency = 1, Share = 0.5 }, new SliceSpec { Name = "b", SpectralEfficiency = 1, Share = 0.3 }, new SliceSpec { Name = "c", SpectralEfficiency = 1, Share = 0.2, MaxShare = 0.2 }],
        });
        Assert.Equal([50, 30, 20], problem.Variables.Select(variable => variable.Initial!.Value));
        IReadOnlyList<ConfigurationChange> actions = problem.Actions(problem.Solve().X);
        Assert.Equal(2, actions.Count);
        Assert.Equal(new ConfigurationChange("RRMPolicyRatio=a", "rRMPolicyMinRatio", 50.0, 40.0), actions[0]);
        Assert.Equal(new ConfigurationChange("RRMPolicyRatio=b", "rRMPolicyMinRatio", 30.0, 40.0), actions[1]);
        ExpectedChange utility = problem.Expected(problem.Solve().X)[0].Value;
        Assert.True(utility.After > utility.Before);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("spectral_efficiency")]
    [InlineData("min_rate_mbps")]
    [InlineData("max_share")]
    [InlineData("demand_mbps")]
    public void Bad_input_is_named(string field)
    {
        var slice = new SliceSpec { Name = "b", SpectralEfficiency = 1, DemandMbps = 4 };
        slice = field switch
        {
            "name" => slice with { Name = "a" },
            "spectral_efficiency" => slice with { SpectralEfficiency = double.NaN },
            "min_rate_mbps" => slice with { MinRateMbps = 5 },
            "max_share" => slice with { MinShare = 0.5, MaxShare = 0.4 },
            _ => slice with { DemandMbps = null },
        };
        var spec = new SlicesSpec { Objective = SliceObjective.Delay, List = [new SliceSpec { Name = "a", SpectralEfficiency = 1, DemandMbps = 1 }, slice] };
        Assert.Equal($"problem/slices/1/{field}", Assert.Throws<InvalidInputException>(() => Problem(spec)).Argument);
    }

    private static SliceProblem Problem(SlicesSpec spec) => (SliceProblem)SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Slice, Slices = spec });

    private static double Value(SliceProblem problem, double[] x, out double violation)
    {
        double[] objective = new double[1], constraints = new double[problem.Constraints.Count];
        problem.Evaluate(x, objective, constraints);
        violation = constraints.Sum(value => Math.Max(0, value));
        return objective[0];
    }

    private static SlicesSpec RandomSpec(Random random, double step)
    {
        bool isDelay = random.Next(2) == 0;
        var list = new List<SliceSpec>();
        int count = random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            double efficiency = 0.5 + 3 * random.NextDouble();
            double? demand = isDelay || random.Next(2) == 0 ? 20 * efficiency * (0.02 + 0.4 * random.NextDouble()) : null;
            list.Add(new SliceSpec
            {
                Name = $"s{i}", SpectralEfficiency = efficiency, DemandMbps = demand, Weight = random.Next(0, 5) * 0.5,
                MinShare = random.Next(3) == 0 ? 0.3 * random.NextDouble() : 0, MaxShare = random.Next(3) == 0 ? 0.4 + 0.6 * random.NextDouble() : 1,
                MinRateMbps = random.Next(2) == 0 ? Math.Min(demand ?? 1e9, 20 * efficiency * (0.1 + 0.4 * random.NextDouble())) : null,
            });
        }
        return new SlicesSpec { Objective = isDelay ? SliceObjective.Delay : SliceObjective.ProportionalFair, StepPercent = step, List = list };
    }

    private static double? BruteForce(SliceProblem problem, out List<HashSet<string>> satisfied)
    {
        satisfied = [];
        double? best = null;
        int count = problem.Variables.Count;
        int[] levels = [.. problem.Variables.Select(variable => (int)Math.Round((variable.Upper - variable.Lower) / variable.Step!.Value) + 1)];
        int total = levels.Aggregate(1, (product, level) => product * level);
        double[] x = new double[count], objective = new double[1], constraints = new double[problem.Constraints.Count];
        var seen = new HashSet<int>();
        for (int code = 0; code < total; code++)
        {
            for (int i = 0, rest = code; i < count; rest /= levels[i++])
            {
                x[i] = problem.Variables[i].Lower + rest % levels[i] * problem.Variables[i].Step!.Value;
            }
            problem.Evaluate(x, objective, constraints);
            int mask = 0;
            for (int c = 0; c < constraints.Length; c++)
            {
                mask |= constraints[c] <= 0 ? 1 << c : 0;
            }
            if (seen.Add(mask))
            {
                satisfied.Add([.. problem.Constraints.Where((_, c) => (mask >> c & 1) != 0)]);
            }
            bool isBetter = best is null || (problem.Objectives[0].Maximize ? objective[0] > best : objective[0] < best);
            if (mask == (1 << constraints.Length) - 1 && isBetter)
            {
                best = objective[0];
            }
        }
        return best;
    }

    private static int SmallestConflict(IReadOnlyList<string> constraints, List<HashSet<string>> satisfied)
    {
        int smallest = int.MaxValue;
        for (int mask = 1; mask < 1 << constraints.Count; mask++)
        {
            string[] subset = [.. constraints.Where((_, c) => (mask >> c & 1) != 0)];
            if (subset.Length < smallest && !satisfied.Any(set => subset.All(set.Contains)))
            {
                smallest = subset.Length;
            }
        }
        return smallest;
    }
}
