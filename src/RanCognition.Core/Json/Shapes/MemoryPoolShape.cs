using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="MemoryPoolStats"/> as JSON has it: shares instead of the bytes that they are computed from; ignored only where the pool is asked itself.</summary>
internal sealed record MemoryPoolShape(
    ulong TotalAllocated, ulong PeakUsage, int PoolCount, int FreeListCount, ulong RequestedBytes, ulong LiveBlocks, ulong FreeBytes, ulong OverheadBytes, ulong ReservedBytes,
    ulong PeakReservedBytes, ulong BudgetBytes, ulong RetainBytes, int ThreadCaches, ulong Allocations, ulong Deallocations, ulong Refused, double Efficiency, double Fragmentation,
    IReadOnlyList<IgnoredField>? Ignored = null)
{
    public static MemoryPoolShape Of(MemoryPoolStats stats, IReadOnlyList<IgnoredField>? ignored) => new(
        stats.TotalAllocated, stats.PeakUsage, stats.PoolCount, stats.FreeListCount, stats.RequestedBytes, stats.LiveBlocks, stats.FreeBytes, stats.OverheadBytes,
        stats.ReservedBytes, stats.PeakReservedBytes, stats.BudgetBytes, stats.RetainBytes, stats.ThreadCaches, stats.Allocations, stats.Deallocations, stats.Refused,
        stats.Efficiency ?? double.NaN, stats.Fragmentation ?? double.NaN, ignored);

    public MemoryPoolStats Stats() => new()
    {
        TotalAllocated = TotalAllocated,
        PeakUsage = PeakUsage,
        PoolCount = PoolCount,
        FreeListCount = FreeListCount,
        RequestedBytes = RequestedBytes,
        LiveBlocks = LiveBlocks,
        FreeBytes = FreeBytes,
        OverheadBytes = OverheadBytes,
        ReservedBytes = ReservedBytes,
        PeakReservedBytes = PeakReservedBytes,
        BudgetBytes = BudgetBytes,
        RetainBytes = RetainBytes,
        ThreadCaches = ThreadCaches,
        Allocations = Allocations,
        Deallocations = Deallocations,
        Refused = Refused,
        BoundFreeBytes = double.IsNaN(Fragmentation) ? 0 : (ulong)Math.Round(Fragmentation * ReservedBytes),
        Ignored = Ignored ?? [],
    };
}

internal sealed class MemoryPoolStatsConverter : ShapeConverter<MemoryPoolStats, MemoryPoolShape>
{
    protected override MemoryPoolStats From(MemoryPoolShape shape) => shape.Stats();

    protected override MemoryPoolShape To(MemoryPoolStats value) => MemoryPoolShape.Of(value, value.Ignored);
}
