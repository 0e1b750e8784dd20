namespace RanCognition.Interop;

/// <summary>One episode of <see cref="EpisodeMemory.Append(ReadOnlySpan{EpisodeRow}, Contracts.Durability?)"/>: what a loop has at hand, and the rest as a document.</summary>
public readonly record struct EpisodeRow
{
    /// <summary>The state vector, finite numbers; empty = none, then the document must have a situation.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Not there yet; 0 = the memory gives the next one.</summary>
    public ulong Id { get; init; }

    /// <summary>When the situation was, ns since the Unix epoch; 0 = the host's clock.</summary>
    public ulong TimeNs { get; init; }

    /// <summary>The cell; null or "" = none.</summary>
    public string? Cell { get; init; }

    /// <summary>Null or NaN = not known yet.</summary>
    public double? Reward { get; init; }

    /// <summary>Null = not known yet.</summary>
    public bool? Success { get; init; }

    /// <summary>UTF-8 JSON object with the other members of an episode (situation, action, outcome, tags, metadata, text, network_id, problem_type); empty = none.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }
}
