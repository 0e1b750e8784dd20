using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void MemoryPoolStats(MemoryPoolStats stats, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        WriteMemoryPool(json, stats);
        WriteIgnored(json, stats.Ignored);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>The fields of a pool, inside an object.</summary>
    private static void WriteMemoryPool(Utf8JsonWriter json, MemoryPoolStats stats)
    {
        json.WriteNumber("total_allocated"u8, stats.TotalAllocated);
        json.WriteNumber("peak_usage"u8, stats.PeakUsage);
        json.WriteNumber("pool_count"u8, stats.PoolCount);
        json.WriteNumber("free_list_count"u8, stats.FreeListCount);
        json.WriteNumber("requested_bytes"u8, stats.RequestedBytes);
        json.WriteNumber("live_blocks"u8, stats.LiveBlocks);
        json.WriteNumber("free_bytes"u8, stats.FreeBytes);
        json.WriteNumber("overhead_bytes"u8, stats.OverheadBytes);
        json.WriteNumber("reserved_bytes"u8, stats.ReservedBytes);
        json.WriteNumber("peak_reserved_bytes"u8, stats.PeakReservedBytes);
        json.WriteNumber("budget_bytes"u8, stats.BudgetBytes);
        json.WriteNumber("retain_bytes"u8, stats.RetainBytes);
        json.WriteNumber("thread_caches"u8, stats.ThreadCaches);
        json.WriteNumber("allocations"u8, stats.Allocations);
        json.WriteNumber("deallocations"u8, stats.Deallocations);
        json.WriteNumber("refused"u8, stats.Refused);
        json.Number("efficiency"u8, stats.Efficiency ?? double.NaN);
        json.Number("fragmentation"u8, stats.Fragmentation ?? double.NaN);
    }
}
