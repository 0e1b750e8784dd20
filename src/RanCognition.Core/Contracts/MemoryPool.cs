namespace RanCognition.Contracts;

/// <summary>What a memory pool is told when it is made.</summary>
public sealed record MemoryPoolOptions
{
    public const ulong BudgetBytesMin = 64 << 10;
    public const ulong BudgetBytesMax = 1UL << 40;

    private const ulong RetainBytesPerThread = 4 << 20;

    /// <summary>Most memory it takes from the system.</summary>
    public ulong BudgetBytes { get; init; } = 1UL << 30;

    /// <summary>Free memory that it keeps; more goes back to the system. Null: an eighth of the budget, at most 4 MiB for each thread that has a cache.</summary>
    public ulong? RetainBytes { get; init; }

    public ulong RetainBytesFor(int threads) => RetainBytes ?? Math.Min(BudgetBytes / 8, RetainBytesPerThread * (ulong)Math.Max(1, threads));

    /// <summary>Fields that were not used.</summary>
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>A pool at one instant; the document's MemoryPoolStats and more. Bytes add up: Reserved = TotalAllocated + Free + Overhead.</summary>
public sealed record MemoryPoolStats
{
    /// <summary>Bytes of live blocks as rounded up.</summary>
    public required ulong TotalAllocated { get; init; }

    /// <summary>Highest TotalAllocated: exact while one thread uses the pool; with several the highest that was seen when memory was taken or returned, or statistics asked.</summary>
    public required ulong PeakUsage { get; init; }

    /// <summary>Size classes that hold memory; large blocks count as one.</summary>
    public required int PoolCount { get; init; }

    /// <summary>Size classes that have free blocks.</summary>
    public required int FreeListCount { get; init; }

    /// <summary>Bytes of live blocks as asked for.</summary>
    public required ulong RequestedBytes { get; init; }

    public required ulong LiveBlocks { get; init; }

    /// <summary>Bytes ready for reuse.</summary>
    public required ulong FreeBytes { get; init; }

    /// <summary>Bytes of records, tables and the ends of pages.</summary>
    public required ulong OverheadBytes { get; init; }

    /// <summary>Bytes taken from the system now.</summary>
    public required ulong ReservedBytes { get; init; }

    public required ulong PeakReservedBytes { get; init; }
    public required ulong BudgetBytes { get; init; }
    public required ulong RetainBytes { get; init; }
    public required int ThreadCaches { get; init; }
    public required ulong Allocations { get; init; }
    public required ulong Deallocations { get; init; }

    /// <summary>Calls that were refused.</summary>
    public required ulong Refused { get; init; }

    /// <summary>Requested of reserved bytes; null when none are reserved.</summary>
    public double? Efficiency => ReservedBytes == 0 ? null : (double)RequestedBytes / ReservedBytes;

    /// <summary>Share of the reserved bytes that is free, but between live blocks of its size class, so that nothing else can have it; null when none are reserved.</summary>
    public double? Fragmentation => ReservedBytes == 0 ? null : (double)BoundFreeBytes / ReservedBytes;

    public required ulong BoundFreeBytes { get; init; }
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
