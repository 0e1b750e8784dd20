using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>How JSON calls the members of an episode.</summary>
internal static class EpisodeMemberNames
{
    public static (string Name, EpisodeMembers Member)[] All { get; } =
    [
        ("time_ns", EpisodeMembers.TimeNs), ("network_id", EpisodeMembers.NetworkId), ("cell", EpisodeMembers.Cell), ("problem_type", EpisodeMembers.ProblemType),
        ("situation", EpisodeMembers.Situation), ("vector", EpisodeMembers.Vector), ("action", EpisodeMembers.Action), ("outcome", EpisodeMembers.Outcome),
        ("reward", EpisodeMembers.Reward), ("success", EpisodeMembers.Success), ("tags", EpisodeMembers.Tags), ("metadata", EpisodeMembers.Metadata), ("text", EpisodeMembers.Text),
    ];

    /// <summary>None when it is no such name.</summary>
    public static EpisodeMembers Of(string name)
    {
        foreach ((string known, EpisodeMembers member) in All)
        {
            if (known == name)
            {
                return member;
            }
        }
        return EpisodeMembers.None;
    }
}
