using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using static RanCognition.Tests.Cognition.GuardScene;

namespace RanCognition.Tests.Cognition;

public sealed class ConstraintGuardTests
{
    private static Constraint Record(string type, string metric, double value) => new() { Id = "c", ConstraintType = type, Parameters = [new(metric, value)] };

    private static GuardVerdict Examine(Constraint record, double nothing, double candidate, double pNothing = 0.5, double pCandidate = 0.5, params ConfigurationChange[] changes)
    {
        TargetSet targets = TargetSet.Build(new RanProblem(), [record], null, Now);
        return ConstraintGuard.Examine(targets, [nothing], [candidate], [pNothing], [pCandidate], changes.Length == 0 ? [Offset("1-2", 1), Offset("1-3", 1)] : changes);
    }

    [Theory]
    [InlineData(60, 71, 0.9, 0.4, true)]      // holds without, not with
    [InlineData(60, 70, 0.9, 0.6, false)]
    [InlineData(75, 80, 0.4, 0.34, true)]     // fails by more
    [InlineData(75, 80, 0.4, 0.36, false)]    // not surely
    [InlineData(75, 80, 0.0, 0.0, true)]      // there is no probability left that could fall
    [InlineData(75, 74, 0.0, 0.0, false)]
    [InlineData(75, 72, 0.4, 0.3, false)]     // fails by less
    [InlineData(75, 75, 0.4, 0.3, false)]     // not moved
    [InlineData(75, 65, 0.4, 0.8, false)]
    [InlineData(double.NaN, 80, 0.5, 0.1, false)]
    [InlineData(60, double.NaN, 0.5, 0.1, false)]
    [InlineData(75, 80, double.NaN, double.NaN, false)]
    public void A_record_must_not_be_broken_by_the_candidate(double nothing, double candidate, double pNothing, double pCandidate, bool isVetoed)
    {
        GuardVerdict verdict = Examine(Record("max", "load", 70), nothing, candidate, pNothing, pCandidate);
        Assert.Equal("CONSTRAINT", verdict.Name);
        Assert.Equal(!isVetoed, verdict.Passed);
        Assert.Equal(isVetoed ? 2 : 0, verdict.Vetoed.Count);
        Assert.NotEmpty(verdict.Reason);
    }

    [Fact]
    public void Constraints_of_the_problem_are_kept_as_those_of_the_second_argument()
    {
        TargetSet targets = TargetSet.Build(new RanProblem { Constraints = ["load <= 70", "load <= 50"] }, [], null, Now);
        GuardVerdict verdict = ConstraintGuard.Examine(targets, [60, 60], [80, 80], [1, 0], [0, 0], [Offset("1-2", 1)]);
        Assert.False(verdict.Passed);
        Assert.Contains("load <= 70 holds without the changes", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("load <= 50 fails by more", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_of_an_attribute_is_held_exactly()
    {
        Assert.False(Examine(Record("max", "cellIndividualOffset", 1), double.NaN, double.NaN, 0.5, 0.5, Offset("1-2", 2)).Passed);
        Assert.True(Examine(Record("max", "cellIndividualOffset", 2), double.NaN, double.NaN, 0.5, 0.5, Offset("1-2", 2)).Passed);
        Assert.False(Examine(Record("max", "NRCellRelation=1-2/cellIndividualOffset", 1), double.NaN, double.NaN, 0.5, 0.5, Offset("1-3", 1), Offset("1-2", 2)).Passed);
        Assert.True(Examine(Record("max", "NRCellRelation=1-2/cellIndividualOffset", 1), double.NaN, double.NaN, 0.5, 0.5, Offset("1-3", 2)).Passed);
        Assert.True(Examine(Record("max", "NRCellRelation=1-2/hysteresis", 1), double.NaN, double.NaN, 0.5, 0.5, Offset("1-2", 2)).Passed);
    }

    [Fact]
    public void Doing_nothing_breaks_nothing()
    {
        TargetSet targets = TargetSet.Build(new RanProblem(), [Record("max", "load", 70)], null, Now);
        Assert.True(ConstraintGuard.Examine(targets, [60], [80], [1], [0], []).Passed);
    }

    [Theory]
    [InlineData(0.49, false)]
    [InlineData(0.5, true)]
    [InlineData(double.NaN, false)]
    public void Too_little_confidence_takes_out_all(double confidence, bool passed)
    {
        ConfigurationChange[] changes = [Offset("1-2", 1), Offset("1-3", 1)];
        GuardVerdict verdict = ConfidenceGuard.Examine(confidence, 0.5, changes);
        Assert.Equal(passed, verdict.Passed);
        Assert.Equal(passed ? 0 : 2, verdict.Vetoed.Count);
        Assert.True(ConfidenceGuard.Examine(0, 0.5, []).Passed);
    }
}
