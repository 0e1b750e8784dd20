using RanCognition.Contracts;

namespace RanCognition.Memory.Learning;

/// <summary>What learning needs to know of an episode.</summary>
internal sealed record EpisodeFacts
{
    public required ulong Id { get; init; }

    public required ulong TimeNs { get; init; }

    public IReadOnlyList<ConfigurationChange> Action { get; init; } = [];

    /// <summary>Raw, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Situation { get; init; } = [];

    /// <summary>The normalised situation by position, NaN = lacks the metric; or the vector. Empty = none; may be shorter than those of others: what lies beyond is missing.</summary>
    public ReadOnlyMemory<float> Point { get; init; }

    public IReadOnlyList<KeyValuePair<string, double>> Outcome { get; init; } = [];

    public double? Reward { get; init; }

    public bool? Success { get; init; }

    /// <summary>The facts of an episode whose id and time are known.</summary>
    public static EpisodeFacts Of(Episode episode, ReadOnlyMemory<float> point) => new()
    {
        Id = episode.Id,
        TimeNs = episode.TimeNs ?? 0,
        Action = episode.Action,
        Situation = episode.Situation,
        Point = point,
        Outcome = episode.Outcome,
        Reward = episode.Reward,
        Success = episode.Success,
    };
}
