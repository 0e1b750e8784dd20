using RanCognition.Cognition.Situations;

namespace RanCognition.Tests.Cognition;

public class ManagedObjectsTests
{
    [Theory]
    [InlineData("NRCellDU=1", "1")]
    [InlineData("NRCellCU=east", "east")]
    [InlineData("ManagedElement=A,NRCellDU=1", "ManagedElement=A,1")]
    [InlineData("ManagedElement=A,GNBDUFunction=3,NRCellDU=1", "ManagedElement=A,GNBDUFunction=3,1")]
    [InlineData("ManagedElement=A,GNBCUCPFunction=3,NRCellCU=1", "ManagedElement=A,GNBDUFunction=3,1")]
    [InlineData("GNBCUFunction=3,NRCellCU=1", "GNBDUFunction=3,1")]
    [InlineData("NRCellDU=", null)]
    [InlineData("ManagedElement=A,NRCellDU=", null)]
    [InlineData("NRCellDU=1,UE=5", null)]
    [InlineData("ManagedElement=A,GNBDUFunction=1,NRCellDU=1,Beam=2", null)]
    [InlineData("ManagedElement=A,NRCellRelation=1-2", null)]
    [InlineData("ManagedElement=NRCellDU=1", null)]
    [InlineData("", null)]
    [InlineData(",", null)]
    public void A_cell_is_told_by_the_last_part_and_what_stands_before(string managedObject, string? cell)
    {
        Assert.Equal(cell, ManagedObjects.CellOf(managedObject));
        Assert.Equal(cell is not null, cell is not null && ManagedObjects.IsCell(managedObject, cell));
    }

    [Theory]
    [InlineData("NRCellRelation=1-2", "1", "2", "NRCellCU=1", "NRCellRelation=2-1", "NRCellRelation=1-2")]
    [InlineData("NRCellRelation=a-b-c", "a", "b-c", "NRCellCU=a", "NRCellRelation=b-c-a", "NRCellRelation=a-b-c")]
    [InlineData("E=A,NRCellRelation=1-2", "E=A,1", "E=A,2", "E=A,NRCellCU=1", "E=A,NRCellRelation=2-1", "NRCellRelation=1-2")]
    [InlineData("GNBCUCPFunction=4,NRCellRelation=1-2", "GNBDUFunction=4,1", "GNBDUFunction=4,2", "GNBCUCPFunction=4,NRCellCU=1", "GNBCUCPFunction=4,NRCellRelation=2-1", "NRCellRelation=1-2")]
    [InlineData("NRCellCU=1,NRCellRelation=2", "1", "2", "NRCellCU=1", "NRCellCU=2,NRCellRelation=1", "NRCellRelation=1-2")]
    [InlineData("E=A,NRCellCU=1,NRCellRelation=2", "E=A,1", "E=A,2", "E=A,NRCellCU=1", "E=A,NRCellCU=2,NRCellRelation=1", "NRCellRelation=1-2")]
    [InlineData("E=A,NRCellCU=1,NRCellRelation=1-2", "E=A,1", "E=A,2", "E=A,NRCellCU=1", "E=A,NRCellCU=2,NRCellRelation=2-1", "NRCellRelation=1-2")]
    [InlineData("E=A,NRCellCU=1,NRCellRelation=11-2", "E=A,1", "E=A,11-2", "E=A,NRCellCU=1", "E=A,NRCellCU=11-2,NRCellRelation=1", "NRCellRelation=1-11-2")]
    public void A_relation_tells_its_cells_its_owner_and_its_opposite(string relation, string from, string to, string owner, string opposite, string local)
    {
        Assert.True(ManagedObjects.TryRelation(relation, out string source, out string target));
        Assert.Equal((from, to), (source, target));
        Assert.Equal(owner, ManagedObjects.SourceUnit(relation));
        Assert.Equal(opposite, ManagedObjects.Opposite(relation));
        Assert.Equal(local, ManagedObjects.Local(relation));
    }

    [Theory]
    [InlineData("NRCellRelation=12")]
    [InlineData("NRCellRelation=1-")]
    [InlineData("NRCellRelation=-2")]
    [InlineData("E=A,NRCellRelation=2")]
    [InlineData("E=A,NRCellCU=,NRCellRelation=2")]
    [InlineData("E=A,NRCellCU=1,NRCellRelation=")]
    [InlineData("NRCellRelation=1-2,Part=1")]
    [InlineData(",NRCellRelation=")]
    public void What_lacks_an_end_is_no_relation(string name)
    {
        Assert.False(ManagedObjects.TryRelation(name, out _, out _));
        Assert.Equal("", ManagedObjects.SourceUnit(name));
        Assert.Equal("", ManagedObjects.Opposite(name));
    }

    [Fact]
    public void The_units_of_a_cell_lie_below_functions_of_one_id()
    {
        Assert.Equal("E=A,GNBDUFunction=3,NRCellDU=1", ManagedObjects.Unit(ManagedObjects.CellDu, "E=A,GNBDUFunction=3,1"));
        Assert.Equal("E=A,GNBCUCPFunction=3,NRCellCU=1", ManagedObjects.Unit(ManagedObjects.CellCu, "E=A,GNBDUFunction=3,1"));
        Assert.Equal("GNBCUCPFunction=3,NRCellCU=1", ManagedObjects.Unit(ManagedObjects.CellCu, "GNBDUFunction=3,1"));
        Assert.Equal("E=A,NRCellCU=1", ManagedObjects.Unit(ManagedObjects.CellCu, "E=A,1"));
        Assert.Equal("NRCellCU=1", ManagedObjects.Unit(ManagedObjects.CellCu, "1"));
        Assert.Equal(["E=A", "E=A", "", ""], ((string[])["E=A,GNBDUFunction=3,1", "E=A,1", "GNBDUFunction=3,1", "1"]).Select(ManagedObjects.ElementOf));
    }
}
