using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Native.Boundary;

namespace RanCognition.Native.Exports;

/// <summary>The same memory on plain structs and vectors, for loops that cannot afford JSON.</summary>
[HeaderChapter(36, "Memory on arrays")]
internal static unsafe class MemoryArrayExports
{
    /// <summary>Keeps n episodes, or none of them, in one commit.</summary>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="episodes">n episodes. Copied.</param>
    /// <param name="n">Episodes, 1..1048576.</param>
    /// <param name="durability">0 none, 1 group, 2 sync, as rancog_memory_create explains them; -1 = the memory's own.</param>
    /// <param name="ids">Room for n ids. May be NULL.</param>
    /// <returns>
    /// RANCOG_OK; RANCOG_E_INVALID_ARGUMENT, which names the episode and its field; RANCOG_E_INVALID_JSON in a document; RANCOG_E_LIMIT; RANCOG_E_STORAGE when the device is full or fails; RANCOG_E_INVALID_HANDLE. Nothing is
    /// stored and nothing written on failure.
    /// </returns>
    [Since("0.5")]
    [CThreads(MemoryExports.AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_append", CallConvs = [typeof(CallConvCdecl)])]
    public static int Append(MemoryHandle self, EpisodeEntry* episodes, nuint n, int durability, ulong* ids)
    {
        try
        {
            MemoryCore core = Gate.EnterMemory(self.Value);
            if (durability is < -1 or > 2)
            {
                InvalidInputException.Throw("durability", $"{durability}, must be 0 (none), 1 (group), 2 (sync) or -1 (the memory's own)");
            }
            StoreResult result = core.Store(EpisodeInput.Episodes(episodes, n), isBatch: true, durability < 0 ? null : (Durability)durability, "episodes");
            for (int i = 0; ids is not null && i < result.Ids.Count; i++)
            {
                ids[i] = result.Ids[i];
            }
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Finds the k nearest episodes by their vectors: ascending distance, ties by id. Exact for every metric and filter.</summary>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="query">dim finite numbers.</param>
    /// <param name="dim">Numbers, those of the memory's vectors.</param>
    /// <param name="k">Hits wanted, 1 to the number of episodes, at most 65536.</param>
    /// <param name="filter">Which episodes count. May be NULL: all.</param>
    /// <param name="hits">Room for *n hits, at least k.</param>
    /// <param name="n">In: room in hits. Out: hits found; fewer than k only when fewer episodes with a vector satisfy the filter.</param>
    /// <returns>RANCOG_OK; RANCOG_E_INVALID_ARGUMENT, which names the argument; RANCOG_E_INVALID_JSON in the filter; RANCOG_E_LIMIT; RANCOG_E_INVALID_HANDLE. Nothing is written on failure.</returns>
    [Since("0.5")]
    [CThreads(MemoryExports.AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_search", CallConvs = [typeof(CallConvCdecl)])]
    public static int Search(MemoryHandle self, float* query, nuint dim, nuint k, FilterEntry* filter, HitEntry* hits, nuint* n)
    {
        try
        {
            MemoryCore core = Gate.EnterMemory(self.Value);
            ReadOnlySpan<float> numbers = NativeInput.Samples(query, dim, "query");
            nuint room = NativeInput.Room(n, 1, "n")[0];
            Span<MemoryHit> places = MemoryMarshal.Cast<HitEntry, MemoryHit>(NativeInput.Room(hits, Math.Min(room, MemoryLimits.HitsMax), "hits"));
            *n = (nuint)core.Search(numbers, (long)Math.Min(k, long.MaxValue), EpisodeInput.Filter(filter), places);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
