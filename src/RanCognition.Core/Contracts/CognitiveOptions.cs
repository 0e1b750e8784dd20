namespace RanCognition.Contracts;

/// <summary>Options of a cognitive core.</summary>
public sealed record CognitiveOptions
{
    public const ulong MaxMessageBytesDefault = 64 << 20;

    /// <summary>SQLite file that memory, history and journal live in. Null = in the process alone.</summary>
    public string? Path { get; init; }

    /// <summary>File that every call is written to, to be replayed. Null = none.</summary>
    public string? RecordTo { get; init; }

    /// <summary>Seed of decisions that give none themselves. Null = the host's random numbers.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Largest message that ingest takes.</summary>
    public ulong MaxMessageBytes { get; init; } = MaxMessageBytesDefault;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
