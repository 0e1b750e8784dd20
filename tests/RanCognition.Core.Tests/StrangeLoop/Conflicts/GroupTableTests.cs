using RanCognition.Contracts;
using RanCognition.StrangeLoop.Conflicts;

namespace RanCognition.Tests.StrangeLoop;

public sealed class GroupTableTests
{
    [Fact]
    public void The_first_common_group_is_the_least_number_of_both()
    {
        var random = new Random(1);
        for (int round = 0; round < 3000; round++)
        {
            int[] left = Draw(), right = Draw();
            int[] common = left.Intersect(right).Order().ToArray();
            Assert.Equal(common.Length == 0 ? -1 : common[0], GroupTable.FirstCommon(left, right));
        }

        int[] Draw() => Enumerable.Range(0, random.Next(4) == 0 ? 200 : random.Next(0, 8)).Select(_ => random.Next(random.Next(2) == 0 ? 20 : 1000)).Distinct().Order().ToArray();
    }

    [Fact]
    public void A_parameter_is_in_the_groups_that_name_it_once_each()
    {
        GroupParameter tilt = new("NRCellDU", "digitalTilt"), power = new("NRCellDU", "configuredMaxTxPower");
        var table = new GroupTable([new ParameterGroup("a", [tilt, tilt]), new ParameterGroup("b", [power]), new ParameterGroup("c", [power, tilt])], "request");
        Assert.Equal([0, 2], table.GroupsOf("digitalTilt"));
        Assert.Equal([1, 2], table.GroupsOf("configuredMaxTxPower"));
        Assert.Empty(table.GroupsOf("other"));
    }

    [Fact]
    public void The_same_groups_are_known_again_and_others_are_not()
    {
        GroupParameter tilt = new("NRCellDU", "digitalTilt"), power = new("NRCellDU", "configuredMaxTxPower");
        ParameterGroup[] groups = [new("a", [tilt, power]), new("b", [power])];
        var table = new GroupTable(groups, "request");
        Assert.True(table.Is([new("a", [new("NRCellDU", "digitalTilt"), power]), new("b", [power])]));
        Assert.False(table.Is([groups[0]]));
        Assert.False(table.Is([groups[1], groups[0]]));
        Assert.False(table.Is([new("c", [tilt, power]), groups[1]]));
        Assert.False(table.Is([new("a", [tilt]), groups[1]]));
        Assert.False(table.Is([new("a", [tilt, new("NRCellDU", "other")]), groups[1]]));
        Assert.False(table.Is([new("a", [tilt, new("NRCellCU", "configuredMaxTxPower")]), groups[1]]));
    }
}
