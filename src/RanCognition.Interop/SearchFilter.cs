using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>Which episodes a search looks at: all conditions that are given must hold; <c>default</c> leaves all.</summary>
public readonly record struct SearchFilter
{
    /// <summary>Episodes of this cell; null or "" = of any.</summary>
    public string? Cell { get; init; }

    /// <summary>Episodes from this time on, ns since the Unix epoch.</summary>
    public ulong? FromNs { get; init; }

    /// <summary>Episodes before this time, ns since the Unix epoch.</summary>
    public ulong? UntilNs { get; init; }

    /// <summary>Episodes whose reward is known and at least this.</summary>
    public double? MinReward { get; init; }

    /// <summary>Episodes whose reward is known and at most this.</summary>
    public double? MaxReward { get; init; }

    /// <summary>Episodes whose success is known and this.</summary>
    public bool? Success { get; init; }

    /// <summary>Further conditions; they cross as JSON, unlike those above. Null = none.</summary>
    public EpisodeFilter? Conditions { get; init; }
}
