namespace RanCognition.Contracts;

/// <summary>Ids in the order of the episodes given.</summary>
public sealed record StoreResult(IReadOnlyList<ulong> Ids, bool IsBatch, Durability Durability, ulong ExecutionTime)
{
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

public sealed record UpdateResult(ulong Id, EpisodeMembers Updated, Durability Durability, ulong ExecutionTime)
{
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>Why a hit is where it is: one metric's part in the distance.</summary>
/// <param name="Metric">Name, or "[i]" of a vector's number i.</param>
/// <param name="Difference">Episode minus query, in units of the metric's scale (vectors: as they are); null where one of the two lacks the metric.</param>
/// <param name="Share">Part of the squared distance; for cosine and inner product part of the sum of the sizes of products. 0..1.</param>
public sealed record DistanceShare(string Metric, double? Difference, double Share);

/// <summary>Parts of a score, each 0..1; null where the query does not ask for it or the episode does not have it.</summary>
public sealed record RankParts(double? Similarity, double? Recency, double? Reward, double? Text);

public sealed record RecallHit
{
    public required ulong Id { get; init; }

    public required double Score { get; init; }

    /// <summary>In the memory's metric; null when only text was asked for, or the episode cannot be compared.</summary>
    public double? Distance { get; init; }

    public required RankParts Parts { get; init; }

    public required Episode Episode { get; init; }

    /// <summary>Largest share first; only when explanation was asked for.</summary>
    public IReadOnlyList<DistanceShare>? Why { get; init; }
}

public sealed record RecallResult
{
    public required IReadOnlyList<RecallHit> Hits { get; init; }

    /// <summary>Episodes that passed the filter.</summary>
    public required ulong Scanned { get; init; }

    /// <summary>Of these, those whose distance was computed from the vectors themselves.</summary>
    public required ulong Reranked { get; init; }

    /// <summary>No episode that was left out is nearer: always, for the search proves it.</summary>
    public bool Exact { get; init; } = true;

    public RankWeights? Weights { get; init; }

    public ulong ExecutionTime { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>An action that was done in like situations, and how it went.</summary>
public sealed record Skill
{
    /// <summary>The typical situation: the median of each metric.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Situation { get; init; }

    public required IReadOnlyList<ConfigurationChange> Action { get; init; }

    public required int Count { get; init; }

    /// <summary>Of the episodes whose success is known; null when none is.</summary>
    public double? SuccessRate { get; init; }

    public double? Lower { get; init; }

    public double? Upper { get; init; }

    public double? MeanReward { get; init; }

    /// <summary>Ids, newest first, at most 100.</summary>
    public required IReadOnlyList<ulong> Episodes { get; init; }
}

public sealed record ActionEffect
{
    /// <summary>Null when there is not enough data.</summary>
    public double? Effect { get; init; }

    public double? Lower { get; init; }

    public double? Upper { get; init; }

    public required int Treated { get; init; }

    public required int Control { get; init; }

    public required string Method { get; init; }

    public required bool Enough { get; init; }

    /// <summary>Why there is not enough, or null.</summary>
    public string? Reason { get; init; }
}

/// <summary>Answer to a <see cref="MemoryAnalysis"/>: the member that was asked for is there.</summary>
public sealed record MemoryAnalysisResult
{
    public IReadOnlyList<Skill>? Skills { get; init; }

    public ActionEffect? Effect { get; init; }

    public ulong? Removed { get; init; }

    /// <summary>Bytes of the copy.</summary>
    public ulong? BackupBytes { get; init; }

    public ulong ExecutionTime { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>Running robust scale of a metric of the situations: a difference of one scale counts 1 in the distance.</summary>
public sealed record MetricScale(string Metric, double Median, double Scale);

public sealed record MemoryStats
{
    public required ulong Episodes { get; init; }

    /// <summary>Of the vectors; null before the first.</summary>
    public int? Dimension { get; init; }

    public required DistanceMetric Metric { get; init; }

    /// <summary>Metrics of the situations with their present scales.</summary>
    public required IReadOnlyList<MetricScale> Scales { get; init; }

    public required ulong IndexBytes { get; init; }

    /// <summary>File and its log; 0 without a file.</summary>
    public required ulong FileBytes { get; init; }

    /// <summary>Changes that wait for their commit, or for the shared database.</summary>
    public required ulong Pending { get; init; }

    public required Durability Durability { get; init; }

    /// <summary>When the last commit reached the device; null = none yet in this process.</summary>
    public ulong? LastSyncNs { get; init; }

    /// <summary>Own episodes that the shared database does not have yet, and others' that are not here; null without one.</summary>
    public ulong? PeerLag { get; init; }

    /// <summary>What the shared database last said, or null when all is well.</summary>
    public string? PeerError { get; init; }

    public string? Path { get; init; }

    public string? Site { get; init; }

    public ulong ExecutionTime { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
