namespace RanCognition.Contracts;

/// <summary>Condition of a filter, as its JSON name says.</summary>
public enum FilterOperator : byte
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    In,
    NotIn,

    /// <summary>A list has the value, or a text has it within.</summary>
    Contains,

    /// <summary>The value, true or false, says whether the field is there.</summary>
    Exists,
}

/// <summary>One condition. Field is id, time_ns, network_id, cell, problem_type, reward, success, tags, text, metadata.KEY, situation.METRIC or outcome.METRIC.</summary>
/// <remarks>
/// A field that is not there satisfies NotEqual, NotIn and Exists false, and nothing else. Order is defined between two numbers and between two texts (by code unit); any other pair satisfies no
/// order. Values has one element but for In and NotIn.
/// </remarks>
public sealed record FilterTerm(string Field, FilterOperator Operator, IReadOnlyList<MetadataValue> Values);

/// <summary>All its terms must hold.</summary>
public sealed record EpisodeFilter(IReadOnlyList<FilterTerm> Terms)
{
    public static EpisodeFilter Everything { get; } = new([]);
}

/// <summary>What counts how much when hits are ranked; none is negative.</summary>
public sealed record RankWeights(double Similarity = 1, double Recency = 0, double Reward = 0, double Text = 0);

/// <summary>A question to the memory. One or more of Situation, Vector, Text and Like say what is looked for.</summary>
public sealed record RecallQuery
{
    public IReadOnlyList<KeyValuePair<string, double>> Situation { get; init; } = [];

    public float[] Vector { get; init; } = [];

    public string Text { get; init; } = "";

    /// <summary>Id of an episode whose like is looked for; itself is no hit.</summary>
    public ulong? Like { get; init; }

    /// <summary>Hits wanted; null = 10, or as many as there are.</summary>
    public int? K { get; init; }

    public EpisodeFilter Filter { get; init; } = EpisodeFilter.Everything;

    /// <summary>Null = plain nearest neighbours.</summary>
    public RankWeights? Weights { get; init; }

    /// <summary>Age at which recency is one half; null = one day.</summary>
    public ulong? HalfLifeNs { get; init; }

    /// <summary>1 = the best hits whatever they are, 0 = hits as different from each other as can be; null = 1.</summary>
    public double? MmrLambda { get; init; }

    /// <summary>Answer as the memory would have at this time; null = with everything known.</summary>
    public ulong? AsOfNs { get; init; }

    public bool Explain { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>What is asked of the memory as a whole.</summary>
public abstract record MemoryAnalysis
{
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>Which action worked in which situation.</summary>
public sealed record SkillsAnalysis : MemoryAnalysis
{
    /// <summary>Least episodes of a skill.</summary>
    public int MinCount { get; init; } = 5;

    public EpisodeFilter Filter { get; init; } = EpisodeFilter.Everything;

    /// <summary>Older episodes count less: one half at this age; null = all count the same.</summary>
    public ulong? HalfLifeNs { get; init; }

    /// <summary>Share of the interval of the success rate.</summary>
    public double Coverage { get; init; } = 0.95;
}

/// <summary>What an action changes in an outcome, against its absence in like situations.</summary>
public sealed record EffectAnalysis : MemoryAnalysis
{
    /// <summary>Members that are null match any value; an episode is treated when one of its changes matches.</summary>
    public required ActionPattern Action { get; init; }

    /// <summary>A metric of the outcome, or "reward".</summary>
    public required string Outcome { get; init; }

    public EpisodeFilter Filter { get; init; } = EpisodeFilter.Everything;

    public double Coverage { get; init; } = 0.95;
}

public sealed record ActionPattern(string? ManagedObject, string? Attribute, MetadataValue? Before, MetadataValue? After);

/// <summary>Removes what is not worth its place; each bound given applies.</summary>
public sealed record PruneAnalysis : MemoryAnalysis
{
    /// <summary>The newest are kept.</summary>
    public ulong? MaxRows { get; init; }

    /// <summary>Counted back from the host's clock.</summary>
    public ulong? MaxAgeNs { get; init; }

    /// <summary>Episodes with a known reward below it go.</summary>
    public double? MinReward { get; init; }

    public EpisodeFilter Filter { get; init; } = EpisodeFilter.Everything;
}

/// <summary>Copies the memory to another file while it is in use.</summary>
public sealed record BackupAnalysis : MemoryAnalysis
{
    public required string Path { get; init; }
}
