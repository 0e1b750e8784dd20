using System.Globalization;

namespace RanCognition.Memory.Writing;

/// <summary>Where an episode stands in a call; made text only for a refusal.</summary>
internal readonly struct EpisodePlace(string argument, int index = EpisodePlace.Alone)
{
    private const int Alone = -1;

    /// <summary>The place of a member.</summary>
    public string Of(string member) => ToString() + "/" + member;

    public override string ToString() => index == Alone ? argument : string.Create(CultureInfo.InvariantCulture, $"{argument}/{index}");
}
