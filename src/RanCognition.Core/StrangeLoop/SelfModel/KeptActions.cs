using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>The last change of each attribute, the latest last: what a loop remembers of its own doing.</summary>
internal static class KeptActions
{
    public static ConfigurationChange[] Of(IReadOnlyList<ConfigurationChange> before, IReadOnlyList<ConfigurationChange> now)
    {
        List<ConfigurationChange> latestFirst = [];
        AddLatest(now, latestFirst);
        AddLatest(before, latestFirst);
        latestFirst.Reverse();
        return latestFirst.ToArray();
    }

    private static void AddLatest(IReadOnlyList<ConfigurationChange> changes, List<ConfigurationChange> latestFirst)
    {
        for (int i = changes.Count - 1; i >= 0 && latestFirst.Count < StrangeLoopLimits.ActionsKeptMax; i--)
        {
            bool isKnown = false;
            foreach (ConfigurationChange later in latestFirst)
            {
                isKnown |= later.ManagedObject == changes[i].ManagedObject && later.Attribute == changes[i].Attribute;
            }
            if (!isKnown)
            {
                latestFirst.Add(changes[i]);
            }
        }
    }
}
