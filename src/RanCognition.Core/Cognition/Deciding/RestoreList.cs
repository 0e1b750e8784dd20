using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>The changes that undo changes, the last one first.</summary>
internal static class RestoreList
{
    public static List<ConfigurationChange> Of(IReadOnlyList<ConfigurationChange> actions)
    {
        List<ConfigurationChange> restore = new(actions.Count);
        for (int i = actions.Count - 1; i >= 0; i--)
        {
            restore.Add(actions[i] with { Before = actions[i].After, After = actions[i].Before });
        }
        return restore;
    }
}
