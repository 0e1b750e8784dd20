using RanCognition.Contracts;

namespace RanCognition.Cognition.Recalling;

/// <summary>Changes that were made in similar cases within the last week and did not help: the library does not propose them again so soon.</summary>
internal sealed class FailedChanges
{
    private const ulong WeekNs = 7UL * 86_400_000_000_000;

    private readonly List<ConfigurationChange> _changes = [];

    /// <param name="similar">Earlier cases.</param>
    /// <param name="timeNs">Moment of the decision.</param>
    public FailedChanges(IReadOnlyList<SimilarCase> similar, ulong timeNs)
    {
        foreach (SimilarCase earlier in similar)
        {
            ulong distanceNs = earlier.TimeNs > timeNs ? earlier.TimeNs - timeNs : timeNs - earlier.TimeNs;
            if (earlier.Success == false && distanceNs < WeekNs)
            {
                _changes.AddRange(earlier.Action);
            }
        }
    }

    /// <summary>The changes without those that go the same way as one that failed.</summary>
    public List<ConfigurationChange> Without(IReadOnlyList<ConfigurationChange> changes)
    {
        List<ConfigurationChange> rest = [];
        foreach (ConfigurationChange change in changes)
        {
            if (!_changes.Exists(failed => IsSameWay(failed, change)))
            {
                rest.Add(change);
            }
        }
        return rest;
    }

    private static bool IsSameWay(ConfigurationChange failed, ConfigurationChange change)
    {
        if (failed.ManagedObject != change.ManagedObject || failed.Attribute != change.Attribute)
        {
            return false;
        }
        return failed.After is MetadataValue.Number && change.After is MetadataValue.Number ? Math.Sign(Step(failed)) == Math.Sign(Step(change)) : Equals(failed.After, change.After);
    }

    private static double Step(ConfigurationChange change)
    {
        double before = change.Before is MetadataValue.Number number ? number.Value : Situations.AttributeRules.Find(change.Attribute)?.Default ?? 0;
        return ((MetadataValue.Number)change.After!).Value - before;
    }
}
