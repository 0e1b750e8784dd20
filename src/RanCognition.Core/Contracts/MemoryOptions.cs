namespace RanCognition.Contracts;

/// <summary>How far apart two vectors are.</summary>
public enum DistanceMetric : byte
{
    /// <summary>Euclidean distance.</summary>
    L2 = 0,

    /// <summary>1 - cosine of the angle, 0..2; 1 where a vector is zero.</summary>
    Cosine = 1,

    /// <summary>Minus the inner product.</summary>
    InnerProduct = 2,
}

/// <summary>What is promised of an episode when the call that stored it returns.</summary>
public enum Durability : byte
{
    /// <summary>It is in the file's log, which the operating system has: it survives the end of the process, not of the machine.</summary>
    None = 0,

    /// <summary>It is on the device; calls that arrive while another commits share one commit.</summary>
    Group = 1,

    /// <summary>It is on the device, by a commit of its own.</summary>
    Sync = 2,
}

/// <summary>Options of a memory.</summary>
public sealed record MemoryOptions
{
    /// <summary>The file; null = the memory lives in the process and ends with it.</summary>
    public string? Path { get; init; }

    /// <summary>Numbers of a vector; null = those of the first one.</summary>
    public int? Dimension { get; init; }

    public DistanceMetric? Metric { get; init; }

    public Durability Durability { get; init; } = Durability.Group;

    /// <summary>Episodes kept; beyond, the oldest make room. Null = no bound.</summary>
    public ulong? MaxRows { get; init; }

    /// <summary>Connection string of the PostgreSQL database through which machines share episodes.</summary>
    public string? Postgres { get; init; }

    /// <summary>This machine's name among those that share.</summary>
    public string? Site { get; init; }

    /// <summary>Pause between two exchanges with the shared database, ns.</summary>
    public ulong SyncIntervalNs { get; init; } = MemoryLimits.SyncIntervalNsDefault;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
