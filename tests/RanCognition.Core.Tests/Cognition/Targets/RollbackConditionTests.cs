using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

public sealed class RollbackConditionTests
{
    private const string Rate = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq";

    private static ConfigurationChange Change(string managedObject, string attribute = "cellIndividualOffset") => new(managedObject, attribute, 0, 1);

    private static CauseFinding Cause(string relation, string metric, double rate) => new()
    {
        Name = CauseNames.TooLate, ManagedObject = relation, Metric = metric,
        Tests = [new CauseTest { Name = "too_late_rate", Metric = metric, Value = rate, Limit = 0.05, Holds = true }],
    };

    private static TargetSet Targets(string[] constraints, params string[] objectives) =>
        TargetSet.Build(new RanProblem { Constraints = constraints, Objectives = objectives }, [], null, 1000);

    private static double Unknown(MetricReference reference) => double.NaN;

    [Fact]
    public void A_relation_goes_back_when_its_problem_rate_is_more_than_half_a_point_above_that_before()
    {
        string? text = RollbackCondition.Default([Change("NRCellRelation=1-2")], [Cause("NRCellRelation=1-2", Rate, 0.25)], Targets(["a < 1"]), _ => 0, []);
        Assert.True(RollbackCondition.TryParse(text!, out RollbackCondition? condition, out _));
        Assert.Equal(text, condition.Text);
        Dictionary<string, double> Observed(double late) => new() { ["NRCellRelation=1-2/HO.IntraSys.TooLate"] = late, ["NRCellRelation=1-2/MM.HoExeInterReq"] = 10_000 };
        Assert.False(condition.Holds(Observed(2550), 5));
        Assert.True(condition.Holds(Observed(2551), 5));
        Assert.False(condition.Holds(Observed(0), 5));
        Assert.True(condition.Holds(new Dictionary<string, double> { [Rate] = 0.26 }, 5));
        Assert.Null(condition.Holds(new Dictionary<string, double> { ["x"] = 0.26 }, 5));
    }

    [Fact]
    public void Several_relations_are_joined_with_or_and_others_are_left_out()
    {
        string? text = RollbackCondition.Default(
            [Change("NRCellRelation=1-2"), Change("NRCellCU=3", "a3Offset")],
            [Cause("NRCellRelation=1-2", "a / b", 0.5), Cause("NRCellRelation=3-4", "c / d", 0.25), Cause("NRCellRelation=5-6", "e / f", 0.25)], Targets([]), Unknown, []);
        Assert.Equal("a / b > 0.505 or c / d > 0.255", text);
    }

    [Fact]
    public void Otherwise_it_goes_back_when_a_target_fails_that_held_before()
    {
        TargetSet targets = Targets(["a < 1", "during[0,9000000000](b < 2)", "c > 5", "d > 1"], "maximize e");
        double Before(MetricReference reference) => reference.Name == "d" ? double.NaN : 1.5;
        Assert.Equal("not (b < 2)", RollbackCondition.Default([Change("NRCellDU=1", "digitalTilt")], [], targets, Before, []));
        Assert.Equal("not (a < 1) or not (b < 2)", RollbackCondition.Default([Change("NRCellDU=1", "digitalTilt")], [], targets, _ => 0, []));
    }

    [Fact]
    public void Otherwise_it_goes_back_when_the_objective_is_worse_than_expected_without_the_changes()
    {
        MetricExpectation[] nothing = [new() { Metric = "NRCellDU=1/e", P10 = 3, P50 = 5, P90 = 8.5 }];
        ConfigurationChange[] changes = [Change("NRCellDU=1", "digitalTilt")];
        Assert.Equal("NRCellDU=1/e < 3", RollbackCondition.Default(changes, [], Targets([], "maximize \"NRCellDU=1/e\""), Unknown, nothing)!.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("NRCellDU=1/e > 8.5", RollbackCondition.Default(changes, [], Targets([], "minimize \"NRCellDU=1/e\""), Unknown, nothing)!.Replace("\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Otherwise_it_goes_back_when_what_shows_the_cause_is_worse_by_a_tenth()
    {
        ConfigurationChange[] changes = [Change("NRCellDU=1", "digitalTilt")];
        CauseFinding high = new() { Name = CauseNames.Overload, ManagedObject = "NRCellDU=1", Metric = "load", Tests = [new CauseTest { Name = "t", Metric = "load", Value = 80, Limit = 70, Holds = true }] };
        CauseFinding low = new() { Name = CauseNames.CoverageHole, ManagedObject = "NRCellDU=1", Metric = "sinr", Tests = [new CauseTest { Name = "t", Metric = "sinr", Value = 10, Limit = 15, Holds = true }] };
        Assert.Equal("load > 88", RollbackCondition.Default(changes, [high], Targets([]), Unknown, []));
        Assert.Equal("sinr < 9", RollbackCondition.Default(changes, [low], Targets([]), Unknown, []));
        Assert.Null(RollbackCondition.Default(changes, [], Targets([]), Unknown, []));
        Assert.Null(RollbackCondition.Default([], [high], Targets(["a < 1"]), _ => 0, []));
    }

    [Fact]
    public void Any_number_of_relations_gives_a_condition_that_can_be_read()
    {
        List<ConfigurationChange> changes = [];
        List<CauseFinding> causes = [];
        for (int i = 0; i < 300; i++)
        {
            changes.Add(Change($"NRCellRelation=1-{i}"));
            causes.Add(Cause($"NRCellRelation=1-{i}", $"NRCellRelation=1-{i}/HO.IntraSys.TooLate / NRCellRelation=1-{i}/MM.HoExeInterReq", i / 1000.0));
        }
        string? text = RollbackCondition.Default(changes, causes, Targets([]), Unknown, []);
        Assert.True(RollbackCondition.TryParse(text!, out RollbackCondition? condition, out _));
        Assert.InRange(condition.References.Count, 10, 300);
    }

    [Fact]
    public void A_condition_outside_of_its_window_does_not_hold_and_a_rate_needs_the_value_before()
    {
        Assert.True(RollbackCondition.TryParse("during[100ns,200ns](a > 1)", out RollbackCondition? window, out _));
        Dictionary<string, double> observed = new() { ["a"] = 2 };
        Assert.True(window.Holds(observed, 200));
        Assert.False(window.Holds(observed, 201));
        Assert.True(RollbackCondition.TryParse("rate(a) > 0.5", out RollbackCondition? rate, out _));
        Assert.Null(rate.Holds(observed, 2_000_000_000));
        Assert.True(rate.Holds(observed, 2_000_000_000, new Dictionary<string, double> { ["a"] = 0.5 }, 0));
        Assert.False(rate.Holds(observed, 2_000_000_000, new Dictionary<string, double> { ["a"] = 1 }, 0));
        Assert.False(RollbackCondition.TryParse("a >", out _, out string? reason));
        Assert.NotEmpty(reason!);
    }
}
