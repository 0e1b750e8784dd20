namespace RanCognition.Contracts;

/// <summary>Bounds of the memory core.</summary>
public static class MemoryLimits
{
    public const int DimensionMax = 4096;

    /// <summary>Metrics that the situations of one memory may name in all.</summary>
    public const int MetricsMax = 1024;

    /// <summary>Episodes of one memory.</summary>
    public const int EpisodesMax = 1 << 26;

    /// <summary>Episodes of one call.</summary>
    public const int BatchMax = 1 << 20;

    /// <summary>JSON of one episode, bytes.</summary>
    public const int EpisodeBytesMax = 1 << 20;

    public const int NameBytesMax = 1024;

    public const int TagsMax = 256;

    public const int ActionsMax = 4096;

    /// <summary>Objects and arrays within each other in the metadata of an episode, so that what holds them can be read again.</summary>
    public const int MetadataDepthMax = 32;

    public const int HitsMax = 1 << 16;

    /// <summary>Conditions of one filter.</summary>
    public const int FilterTermsMax = 64;

    /// <summary>Values of one $in or $nin.</summary>
    public const int FilterValuesMax = 4096;

    /// <summary>The largest id; ids and times are kept as 64-bit signed numbers.</summary>
    public const ulong IdMax = long.MaxValue;

    public const ulong TimeMax = long.MaxValue;

    public const ulong SyncIntervalNsDefault = 1_000_000_000;
}
