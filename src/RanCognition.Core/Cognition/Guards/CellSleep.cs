using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Guards;

/// <summary>What puts cells to sleep and wakes them.</summary>
internal static class CellSleep
{
    private const string Load = "RRU.PrbTotDl";

    /// <summary>Whether an attribute says if a cell is awake.</summary>
    public static bool IsSwitch(string attribute) => attribute is AttributeRules.AdministrativeState or AttributeRules.EnergySavingState;

    /// <summary>Whether a change puts a cell to sleep.</summary>
    public static bool Sleeps(ConfigurationChange change) => change.After is MetadataValue.Text text && change.Attribute switch
    {
        AttributeRules.AdministrativeState => text.Value != AttributeRules.Unlocked,
        AttributeRules.EnergySavingState => text.Value == AttributeRules.Saving,
        _ => false,
    };

    /// <summary>Whether a change wakes a cell; one that leaves it awake, as far as is known, does not.</summary>
    public static bool Wakes(ConfigurationChange change) =>
        IsSwitch(change.Attribute) && change.After is MetadataValue.Text && !Sleeps(change) && !SameValue(change.Before, change.After);

    public static bool SameValue(MetadataValue? left, MetadataValue? right) =>
        left is MetadataValue.Number one && right is MetadataValue.Number other ? one.Value == other.Value : Equals(left, right);

    /// <summary>When a cell's load came back after being exactly zero, or after there had never been any, by its history; null when that is not seen.</summary>
    /// <param name="series">Histories.</param>
    /// <param name="unit">Distributed unit of the cell.</param>
    /// <param name="timeNs">Later samples are not looked at.</param>
    /// <param name="ageNs">Time from then until this moment, or until the end of the history when that is before.</param>
    public static ulong? WokenAt(SeriesBook series, string unit, ulong timeNs, out ulong ageNs)
    {
        ageNs = 0;
        MetricGrid? grid = series.Find(unit + "/" + Load);
        if (grid is null)
        {
            return null;
        }
        int last = grid.Values.Length - 1;
        while (last >= 0 && grid.TimeOf(last) > timeNs)
        {
            last--;
        }
        int first = -1;   // earliest sample with load since the last one that was zero
        int i = last;
        for (; i >= 0 && grid.Values[i] != 0; i--)
        {
            first = grid.Values[i] > 0 ? i : first;
        }
        bool sleptBefore = i >= 0 || (first > 0 && !double.IsFinite(grid.Values[0]));
        if (first < 0 || !sleptBefore)
        {
            return null;
        }
        ageNs = grid.TimeOf(last) - grid.TimeOf(first);
        return grid.TimeOf(first);
    }
}
