using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.Performance;

namespace RanCognition.Native.Exports;

/// <summary>
/// Memory in blocks, within a budget, with statistics that add up to the byte; wrong frees are refused, whatever the pointer. A thread's own blocks are allocated and freed
/// without a lock; blocks may be freed by any thread.
/// </summary>
[HeaderChapter(60, "Memory pool")]
internal static unsafe class PoolExports
{
    private const string TypeName = "rancog_pool";
    private const string NoLock = "any thread; a thread waits only when memory must be taken from or given back to the system, or for a statistics call.";

    /// <summary>Creates a memory pool.</summary>
    /// <remarks>
    /// Options, all optional: budget_bytes (most memory it takes from the system, 65536..2^40, 2^30), retain_bytes (free memory that it keeps, 0..budget_bytes; more goes back to the
    /// system; default an eighth of the budget, at most 4194304 for each thread). A field that is not known is not used; rancog_pool_get_stats names it in ignored. Eight times the budget is reserved as
    /// address space. Blocks are rounded up: to 16 bytes, from 256 bytes on to a sixteenth of their power of two, from 32 KiB on to whole pages.
    /// </remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Not asked for anything today. May be NULL. Copied.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_pool_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT, RANCOG_E_INVALID_JSON; RANCOG_E_OUT_OF_MEMORY when the address
    /// space cannot be reserved; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.3")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_pool_create", CallConvs = [typeof(CallConvCdecl)])]
    public static PoolHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            NativeHost.From(host);
            MemoryPool pool = new(JsonIn.MemoryPoolOptions(text, "options"));
            nint handle = HandleTable.Create(HandleKind.Pool, pool);
            pool.Key = (ulong)handle;
            return new PoolHandle(handle);
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Destroys a pool; all its blocks cease to exist. Calls of other threads that are under way finish first, later ones get RANCOG_E_INVALID_HANDLE.</summary>
    /// <param name="self">Handle from rancog_pool_create. May be NULL.</param>
    [Since("0.3")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_pool_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(PoolHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.Pool, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Allocates a block. Its contents are undefined.</summary>
    /// <param name="self">Handle from rancog_pool_create.</param>
    /// <param name="size">Bytes, at least 1.</param>
    /// <returns>
    /// Address of the block, a multiple of 16 (of the size, when that is a power of two up to 4096); release with rancog_pool_deallocate. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT for size 0, RANCOG_E_LIMIT when the budget has no room for it).
    /// </returns>
    [Since("0.3")]
    [Phase4Name("allocate")]
    [CThreads(NoLock)]
    [FastPath]
    [UnmanagedCallersOnly(EntryPoint = "rancog_pool_allocate", CallConvs = [typeof(CallConvCdecl)])]
    public static void* Allocate(PoolHandle self, nuint size)
    {
        try
        {
            MemoryPool pool = Gate.EnterPool(self.Value);
            PoolCache* cache = ThreadCaches.Of(pool);
            return cache == null ? (void*)pool.Allocate(size) : pool.Allocate(cache, size);
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return null;
        }
    }

    [RuntimeExport("leaf_rancog_pool_allocate")]
    private static void* AllocateLeaf(NativeThread* thread, PoolHandle self, nuint size) =>
        thread->Pool == null ? null : PoolCache.TryAllocate(thread->Pool, (ulong)self.Value, size);

    /// <summary>
    /// Frees a block. What is no live block of this pool, or another size, is refused and changes nothing; only of two threads that free the same block at the same instant both may be answered RANCOG_OK.
    /// </summary>
    /// <param name="self">Handle from rancog_pool_create.</param>
    /// <param name="block">Taken: what rancog_pool_allocate gave.</param>
    /// <param name="size">The size that was asked for.</param>
    /// <returns>RANCOG_OK, or RANCOG_E_INVALID_ARGUMENT; the message says what is wrong: NULL, not of this pool, not where a block begins, freed already, another size.</returns>
    [Since("0.3")]
    [Phase4Name("deallocate")]
    [CThreads(NoLock)]
    [FastPath]
    [UnmanagedCallersOnly(EntryPoint = "rancog_pool_deallocate", CallConvs = [typeof(CallConvCdecl)])]
    public static int Deallocate(PoolHandle self, void* block, nuint size)
    {
        try
        {
            MemoryPool pool = Gate.EnterPool(self.Value);
            PoolCache* cache = ThreadCaches.Of(pool);
            if (cache == null)
            {
                pool.Deallocate((nint)block, size);
            }
            else
            {
                pool.Deallocate(cache, block, size);
            }
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    [RuntimeExport("leaf_rancog_pool_deallocate")]
    private static int DeallocateLeaf(NativeThread* thread, PoolHandle self, void* block, nuint size) =>
        thread->Pool != null && PoolCache.TryDeallocate(thread->Pool, (ulong)self.Value, block, size) ? Status.Ok : 1;

    [RuntimeExport("leaf_thread_let_go")]
    private static PoolCache* ThreadLetGo(NativeThread* thread) => ThreadCaches.LetGo(thread);

    /// <summary>The pool at one instant; other threads' calls wait meanwhile.</summary>
    /// <remarks>
    /// JSON: total_allocated (bytes of live blocks as rounded up), requested_bytes (as asked for), peak_usage (highest total_allocated: exact while one thread uses the pool; with
    /// several the highest seen when memory was taken, or here), live_blocks, free_bytes (ready for reuse), overhead_bytes (records, ends of pages), reserved_bytes (taken from the system:
    /// the sum of total_allocated, free_bytes and overhead_bytes), peak_reserved_bytes, budget_bytes, retain_bytes, pool_count (size classes that hold memory), free_list_count
    /// (those with free blocks), thread_caches, allocations, deallocations, refused (calls), efficiency (requested of reserved), fragmentation (share of reserved that is free between live
    /// blocks of its size class; both null while nothing is reserved), ignored.
    /// </remarks>
    /// <param name="self">Handle from rancog_pool_create.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON. NULL only when memory is exhausted.</returns>
    [Since("0.3")]
    [Phase4Name("get_stats")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_pool_get_stats", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetStats(PoolHandle self)
    {
        try
        {
            return ResultBuffer.Write(Gate.EnterPool(self.Value).GetStats(), JsonOut.MemoryPoolStats);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }
}
