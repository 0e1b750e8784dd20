namespace RanCognition.Contracts;

/// <summary>Bounds of a cognitive core.</summary>
public static class CognitiveLimits
{
    public const int CandidatesMax = 10_000;

    /// <summary>Metrics of a problem, and of an outcome: the counters of every relation of a network.</summary>
    public const int MetricsMax = 65_536;

    /// <summary>Changes of one candidate.</summary>
    public const int ActionsMax = 10_000;

    /// <summary>Alternatives that a result lists, the best ones.</summary>
    public const int AlternativesMax = 32;

    /// <summary>Metrics that a decision expects something of.</summary>
    public const int ExpectedMax = 256;

    /// <summary>Causes that a result lists.</summary>
    public const int CausesMax = 256;

    /// <summary>Decisions that a core remembers; the oldest that are closed are forgotten beyond.</summary>
    public const int DecisionsMax = 100_000;

    /// <summary>Series of the history.</summary>
    public const int HistorySeriesMax = 6_000_000;

    /// <summary>Futures that a candidate is judged in.</summary>
    public const int ScenariosMax = 2000;

    /// <summary>Largest message that options may allow.</summary>
    public const ulong MessageBytesMax = int.MaxValue;

    /// <summary>Longest path of a file.</summary>
    public const int PathBytesMax = 4096;

    /// <summary>How far after the clock a time may lie; later ones are refused.</summary>
    public const ulong FutureNsMax = 366UL * 86_400_000_000_000;

    /// <summary>Metrics whose integration is computed over every partition.</summary>
    public const int IntegrationMetricsMax = 12;
}
