using RanCognition.Contracts;
using RanCognition.Memory.Learning;

namespace RanCognition.Tests.Memory.Learning;

public class ActionKindsTests
{
    private static ConfigurationChange Step(string managedObject, string attribute, double before, double after) =>
        new(managedObject, attribute, new MetadataValue.Number(before), new MetadataValue.Number(after));

    private static ConfigurationChange Set(string managedObject, string attribute, MetadataValue? after) => new(managedObject, attribute, null, after);

    private static string Key(params ConfigurationChange[] changes) => ActionKinds.KeyOf(changes);

    [Fact]
    public void The_same_step_on_another_cell_from_another_value_is_the_same_kind()
    {
        string key = Key(Step("NRCellDU=1", "digitalTilt", 40, 45));
        Assert.Equal(key, Key(Step("NRCellDU=7", "digitalTilt", 10, 15)));
        Assert.Equal(key, Key(Step("SubNetwork=3,NRCellDU=7", "digitalTilt", 10, 14)));
        Assert.Equal(key, Key(Step("NRCellDU=1", "digitalTilt", 40, 45), Step("NRCellDU=2", "digitalTilt", 40, 45)));
    }

    [Fact]
    public void Another_direction_size_attribute_or_class_is_another_kind()
    {
        string[] keys =
        [
            Key(), Key(Step("NRCellDU=1", "digitalTilt", 40, 41)), Key(Step("NRCellDU=1", "digitalTilt", 40, 39)), Key(Step("NRCellDU=1", "digitalTilt", 40, 42)),
            Key(Step("NRCellDU=1", "digitalTilt", 40, 40)), Key(Step("NRCellDU=1", "digitalAzimuth", 40, 41)), Key(Step("NRSectorCarrier=1", "digitalTilt", 40, 41)),
            Key(Set("NRCellDU=1", "digitalTilt", new MetadataValue.Number(41))), Key(Step("NRCellDU=1", "digitalTilt", 40, 41), Step("NRCellDU=1", "x", 0, 1)),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal("", keys[0]);
    }

    [Fact]
    public void A_value_set_counts_as_it_is()
    {
        string locked = Key(Set("NRCellDU=1", "administrativeState", new MetadataValue.Text("LOCKED")));
        Assert.Equal(locked, Key(new ConfigurationChange("NRCellDU=2", "administrativeState", new MetadataValue.Text("UNLOCKED"), new MetadataValue.Text("LOCKED"))));
        Assert.NotEqual(locked, Key(Set("NRCellDU=1", "administrativeState", new MetadataValue.Text("UNLOCKED"))));
        Assert.NotEqual(Key(Set("a", "b", null)), Key(Set("a", "b", new MetadataValue.Truth(false))));
        Assert.Equal(Key(Set("a", "b", new MetadataValue.Number(1, "1.0"))), Key(Set("a", "b", new MetadataValue.Number(1))));
        MetadataValue one = new MetadataValue.Number(1), two = new MetadataValue.Number(2);
        Assert.Equal(Key(Set("a", "b", new MetadataValue.Map([new("x", one), new("y", two)]))), Key(Set("a", "b", new MetadataValue.Map([new("y", two), new("x", one)]))));
        Assert.NotEqual(Key(Set("a", "b", new MetadataValue.List([one, two]))), Key(Set("a", "b", new MetadataValue.List([two, one]))));
    }

    [Fact]
    public void The_order_of_changes_says_nothing_and_texts_do_not_run_together()
    {
        ConfigurationChange a = Step("NRCellDU=1", "x", 0, 1), b = Set("NRCellDU=1", "y", new MetadataValue.Text("v"));
        Assert.Equal(Key(a, b), Key(b, a));
        Assert.NotEqual(Key(Set("ab", "c", null)), Key(Set("a", "bc", null)));
    }

    [Fact]
    public void Numbers_of_any_size_have_a_kind()
    {
        Assert.Equal(Key(Step("a", "b", -double.MaxValue, double.MaxValue)), Key(Step("a", "b", -double.MaxValue, double.MaxValue / 2 * 1.9)));
        Assert.NotEqual(Key(Step("a", "b", 0, double.Epsilon)), Key(Step("a", "b", 0, 0)));
    }

    [Fact]
    public void A_pattern_matches_when_one_change_has_all_that_it_gives()
    {
        ConfigurationChange[] action = [Step("NRCellDU=1", "digitalTilt", 40, 45), Set("NRCellDU=2", "administrativeState", new MetadataValue.Text("LOCKED"))];
        bool Matches(string? managedObject, string? attribute, MetadataValue? before, MetadataValue? after) => ActionKinds.Matches(action, new ActionPattern(managedObject, attribute, before, after));
        Assert.True(Matches(null, null, null, null));
        Assert.True(Matches(null, "digitalTilt", null, null));
        Assert.True(Matches("NRCellDU=1", "digitalTilt", new MetadataValue.Number(40, "40.0"), new MetadataValue.Number(45)));
        Assert.True(Matches(null, null, null, new MetadataValue.Text("LOCKED")));
        Assert.False(Matches("NRCellDU=2", "digitalTilt", null, null));
        Assert.False(Matches(null, "digitalTilt", null, new MetadataValue.Text("45")));
        Assert.False(Matches(null, null, new MetadataValue.Number(45), null));
        Assert.False(ActionKinds.Matches([], new ActionPattern(null, null, null, null)));
    }
}
