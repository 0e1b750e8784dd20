using RanCognition.Cognition.Recalling;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

/// <summary>What similar cases propose.</summary>
public sealed class MemoryProposerTests
{
    [Fact]
    public void Cases_that_speak_for_the_same_change_propose_it_once()
    {
        List<Candidate> proposed = Propose(Case(0, 2), Case(1, 3), Case(0, 1), Case(3, 4));
        Assert.Equal(["0 -> 2", "0 -> 1"], proposed.Select(candidate => $"0 -> {((MetadataValue.Number)Assert.Single(candidate.Actions).After!).Value}"));
        Assert.All(proposed, candidate => Assert.Equal("NRCellRelation=8-9", candidate.Actions[0].ManagedObject));
    }

    [Fact]
    public void What_did_not_help_is_not_proposed()
    {
        Assert.Empty(Propose(Case(0, 2, success: false), Case(0, 1, success: null)));
    }

    [Theory]
    [InlineData("NRCellRelation=1-2", "ManagedElement=A,NRCellCU=8,NRCellRelation=9", "ManagedElement=A,NRCellCU=8,NRCellRelation=9")]
    [InlineData("ManagedElement=A,NRCellCU=1,NRCellRelation=2", "NRCellRelation=8-9", "NRCellRelation=8-9")]
    [InlineData("ManagedElement=A,NRCellCU=1", "ManagedElement=B,NRCellCU=8,NRCellRelation=9", "ManagedElement=B,NRCellCU=8")]
    [InlineData("NRCellDU=1", "ManagedElement=B,GNBDUFunction=1,NRCellDU=8", "ManagedElement=B,GNBDUFunction=1,NRCellDU=8")]
    [InlineData("NRCellCU=1", "ManagedElement=B,GNBDUFunction=1,NRCellDU=8", "ManagedElement=B,GNBCUCPFunction=1,NRCellCU=8")]
    [InlineData("NRCellDU=1", "NRCellCU=8", "NRCellDU=8")]
    public void The_object_that_plays_the_same_part_is_changed(string then, string now, string changed)
    {
        SimilarCase similar = new() { Action = [new ConfigurationChange(then, "cellIndividualOffset", 0, 2)], Success = true };
        Assert.Equal(changed, Assert.Single(Assert.Single(Propose(now, similar)).Actions).ManagedObject);
    }

    private static List<Candidate> Propose(params SimilarCase[] similar) => Propose("NRCellRelation=8-9", similar);

    private static List<Candidate> Propose(string now, params SimilarCase[] similar) =>
        MemoryProposer.Propose(new OutlookScene().With("m", 1).View(), new CauseFinding { Name = CauseNames.TooLate, ManagedObject = now }, similar);

    private static SimilarCase Case(double before, double after, bool? success = true) =>
        new() { Action = [OutlookScene.Offset(before, after)], Success = success };
}
