namespace RanCognition.Contracts;

/// <summary>One attribute of one managed object, changed from one value to another.</summary>
public sealed record ConfigurationChange(string ManagedObject, string Attribute, MetadataValue? Before, MetadataValue? After);

/// <summary>One experience of a network: the situation, what was done, and what came of it.</summary>
public sealed record Episode
{
    /// <summary>Counts from 1; 0 = the memory gives the next one.</summary>
    public ulong Id { get; init; }

    /// <summary>When the situation was; null = the host's clock.</summary>
    public ulong? TimeNs { get; init; }

    public string NetworkId { get; init; } = "";

    public string Cell { get; init; } = "";

    public string ProblemType { get; init; } = "";

    /// <summary>Named metrics, in the order given; empty = none. Compared as 32-bit floats, each in units of its running robust scale.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Situation { get; init; } = [];

    /// <summary>A state vector, compared as it is; empty = none.</summary>
    public float[] Vector { get; init; } = [];

    public IReadOnlyList<ConfigurationChange> Action { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, double>> Outcome { get; init; } = [];

    public double? Reward { get; init; }

    public bool? Success { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public MetadataValue.Map Metadata { get; init; } = MetadataValue.Map.Empty;

    public string Text { get; init; } = "";
}

/// <summary>The members of an episode, for updates that name some of them.</summary>
[Flags]
public enum EpisodeMembers
{
    None = 0,
    TimeNs = 1 << 0,
    NetworkId = 1 << 1,
    Cell = 1 << 2,
    ProblemType = 1 << 3,
    Situation = 1 << 4,
    Vector = 1 << 5,
    Action = 1 << 6,
    Outcome = 1 << 7,
    Reward = 1 << 8,
    Success = 1 << 9,
    Tags = 1 << 10,
    Metadata = 1 << 11,
    Text = 1 << 12,
}

/// <summary>New values of some members of an episode; a member that is given replaces the old one whole.</summary>
public sealed record EpisodeUpdate
{
    public required ulong Id { get; init; }

    public required EpisodeMembers Given { get; init; }

    /// <summary>The values of the members given.</summary>
    public required Episode Values { get; init; }

    /// <summary>Since when this is known, for queries as of a time; null = the host's clock.</summary>
    public ulong? KnownNs { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
