using RanCognition.Contracts;
using RanCognition.Optimization;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class SonProblemTests
{
    [Fact]
    public void Small_energy_and_load_problems_are_solved_exactly_and_say_so()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            bool isEnergy = seed % 2 == 0;
            var problem = new OptimizationProblem
            {
                ProblemType = isEnergy ? SonProblemType.Es : SonProblemType.Mlb, Network = SmallNetworks.Make(500 + seed, 5, 40), Limits = new SonLimits { CioValues = [-3, 0, 3], P5Loss = LimitValue.Of(null) },
            };
            OptimizationResult result = Optimize(problem);
            SonProblem son = SonProblem.Create(problem);
            double best = double.PositiveInfinity;
            double[] objective = new double[1], constraints = new double[son.Constraints.Count];
            foreach (double[] x in SmallNetworks.Combinations(son.Variables.Count, isEnergy ? [0, 1] : [-3, 0, 3]))
            {
                son.Evaluate(x, objective, constraints);
                best = constraints.All(value => value <= 0) ? Math.Min(best, objective[0]) : best;
            }
            Assert.Equal(SearchStop.Exact, result.Stopped);
            Assert.Equal(double.IsFinite(best), result.Best!.Feasible);
            if (result.Best.Feasible)
            {
                Assert.Equal(best, result.Best.F[0]);
                Assert.Equal(BoundKind.Enumerated, result.Bound!.Kind);
            }
        }
    }

    [Fact]
    public void Few_evaluations_switch_cells_off_as_well_as_all_would()
    {
        int hits = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            var problem = new OptimizationProblem { ProblemType = SonProblemType.Es, Network = SmallNetworks.Make(700 + seed, 9, 60), Limits = new SonLimits { P5Loss = LimitValue.Of(0.5) } };
            OptimizationResult exact = Optimize(problem), few = Optimize(problem with { Budget = new OptimizationBudget { Evaluations = 150 } });
            hits += exact.Best!.Feasible == few.Best!.Feasible && (!exact.Best.Feasible || few.Best.F[0] <= exact.Best.F[0] + 1e-9) ? 1 : 0;
        }
        Assert.True(hits >= 18, $"{hits}");
    }

    [Fact]
    public void Doing_nothing_is_the_first_candidate_and_the_answer_where_nothing_is_better()
    {
        NetworkModel network = SmallNetworks.Layout(1, 60, 5);
        foreach (SonProblemType type in new[] { SonProblemType.Es, SonProblemType.Mlb, SonProblemType.Cco })
        {
            OptimizationResult one = Optimize(new OptimizationProblem { ProblemType = type, Network = network, Budget = new OptimizationBudget { Evaluations = 1 } });
            Assert.Equal(1UL, one.Evaluations);
            Assert.Empty(one.Actions!);
            Assert.All(one.Expected!, pair => Assert.Equal(pair.Value.Before, pair.Value.After));
            OptimizationResult more = Optimize(new OptimizationProblem { ProblemType = type, Network = network, Budget = new OptimizationBudget { Evaluations = 60 } });
            bool isBetter = type == SonProblemType.Cco ? more.Best!.F[0] >= one.Best!.F[0] : more.Best!.F[0] <= one.Best!.F[0];
            Assert.True(isBetter);
        }
    }

    [Fact]
    public void Identities_and_shares_come_with_a_proof()
    {
        OptimizationResult pci = Optimize(new OptimizationProblem { ProblemType = SonProblemType.Pci, Pci = new PciSpec { Cells = 4, Relations = [1, 2, 2, 3, 3, 4, 4, 1], ValueCount = 6, Present = [0, 0, 1, 1] } });
        Assert.Equal(SearchStop.Exact, pci.Stopped);
        Assert.Equal(BoundKind.Proven, pci.Bound!.Kind);
        Assert.Equal(pci.Bound.Value, pci.Best!.F[0]);
        Assert.True(pci.Evaluations <= 2);

        OptimizationResult tooFew = Optimize(new OptimizationProblem { ProblemType = SonProblemType.Pci, Pci = new PciSpec { Cells = 3, Relations = [1, 2, 2, 3], ValueCount = 2 } });
        Assert.False(tooFew.Best!.Feasible);
        Assert.Equal(["collision", "confusion"], tooFew.InfeasibleSubset!);

        var slices = new SlicesSpec { List = [new SliceSpec { Name = "a", SpectralEfficiency = 1, MinRateMbps = 15 }, new SliceSpec { Name = "b", SpectralEfficiency = 2, MinRateMbps = 8 }, new SliceSpec { Name = "c", SpectralEfficiency = 2 }] };
        OptimizationResult slice = Optimize(new OptimizationProblem { ProblemType = SonProblemType.Slice, Slices = slices });
        Assert.Equal([75.0, 20.0, 5.0], slice.Best!.X.Select(share => Math.Round(share, 9)));
        Assert.Equal(BoundKind.Proven, slice.Bound!.Kind);
        OptimizationResult promised = Optimize(new OptimizationProblem { ProblemType = SonProblemType.Slice, Slices = slices with { BandwidthMHz = 15 } });
        Assert.Equal(["total_share", "min_rate a"], promised.InfeasibleSubset!);
    }

    [Fact]
    public void Handover_settings_that_are_found_beat_the_present_ones()
    {
        var mobility = new MobilitySpec { Users = 12, DurationS = 20, Present = new HandoverSettings { A3OffsetDb = 0, HysteresisDb = 0, TimeToTriggerMs = 0 } };
        OptimizationResult result = Optimize(new OptimizationProblem { ProblemType = SonProblemType.Mro, Network = SmallNetworks.Layout(7, 10, 1), Mobility = mobility, Budget = new OptimizationBudget { Evaluations = 120 } });
        ExpectedChange cost = result.Expected![0].Value;
        Assert.Equal(result.Best!.F[0], cost.After);
        Assert.Equal(result.Trace[0].F, cost.Before);
        Assert.True(cost.After < 0.7 * cost.Before, $"{cost}");
        Assert.NotEmpty(result.Actions!);
    }

    [Fact]
    public void What_the_type_brings_along_itself_is_ignored_and_listed()
    {
        OptimizationResult result = Optimize(new OptimizationProblem
        {
            ProblemType = SonProblemType.Es, Network = SmallNetworks.Make(1, 3, 1), Variables = [new DecisionVariable { Name = "mine" }], Objectives = [new ObjectiveSpec("mine", true)], Constraints = ["mine"],
        });
        Assert.Equal(["/variables", "/objectives", "/constraints"], result.Ignored.Select(field => field.Field));
        Assert.Equal("NRCellDU=1", result.VariableNames[0]);
    }

    [Theory]
    [InlineData(SonProblemType.Pci, "problem/pci")]
    [InlineData(SonProblemType.Slice, "problem/slices")]
    [InlineData(SonProblemType.Mro, "problem/mobility")]
    [InlineData(SonProblemType.Es, "problem/network")]
    [InlineData(SonProblemType.Mlb, "problem/network")]
    [InlineData(SonProblemType.Cco, "problem/network")]
    public void What_a_type_needs_is_named(SonProblemType type, string place) =>
        Assert.Equal(place, Assert.Throws<InvalidInputException>(() => Optimize(new OptimizationProblem { ProblemType = type })).Argument);

    private static OptimizationResult Optimize(OptimizationProblem problem) => new OptimizationCore(new OptimizationOptions(), new FixedHost()).Optimize(problem);
}
