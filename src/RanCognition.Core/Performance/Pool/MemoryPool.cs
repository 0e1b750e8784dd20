using System.Runtime.InteropServices;
using RanCognition.Contracts;

namespace RanCognition.Performance;

/// <summary>
/// Native memory in blocks of size classes, within a budget. A thread that has a cache here takes and frees blocks without a lock; every sum adds up to the byte at any time; a wrong
/// free is recognised and refused, whatever the pointer.
/// </summary>
/// <remarks>
/// Safe from any thread. Slabs (one class, one owner) are found by an address's unit in a table, so no pointer of a caller is ever followed. After mimalloc (Leijen, Zorn and de Moura 2019: blocks
/// taken from and returned to slabs of the thread's own) and jemalloc (Evans 2006: size classes in sixteenths, records apart from the blocks).
/// </remarks>
public sealed unsafe partial class MemoryPool : IDisposable
{
    /// <summary>Address space per byte of budget: a block of just over 32 KiB takes a unit of 256 KiB of it.</summary>
    private const ulong AddressPerBudget = 8;

    private readonly Lock _gate = new();
    private readonly MemoryPoolOptions _options;
    private readonly PoolPages _pages;
    private readonly SlabRecords _records;
    private readonly FreeUnits _units;
    private readonly nuint _unitsMax;

    private PoolCache* _caches;
    private int _cacheCount;
    private Sums _gone;   // of threads that ended, and what those without a cache freed
    private ulong _peak;
    private ulong _refused;
    private bool _disposed;

    public MemoryPool(MemoryPoolOptions options)
    {
        CheckWithin(options.BudgetBytes, MemoryPoolOptions.BudgetBytesMin, MemoryPoolOptions.BudgetBytesMax, "budget_bytes");
        CheckWithin(options.RetainBytesFor(1), 0, options.BudgetBytes, "retain_bytes");
        _options = options;
        _unitsMax = (nuint)((AddressPerBudget * options.BudgetBytes >> Slab.UnitShift) + PoolSizes.Classes);
        _pages = new PoolPages(_unitsMax, options.BudgetBytes);
        try
        {
            _records = new SlabRecords(_unitsMax, _pages);
        }
        catch (OutOfMemoryException)
        {
            _pages.Dispose();
            throw;
        }
        _units = new FreeUnits(_unitsMax);
    }

    /// <summary>Free memory that is kept.</summary>
    private ulong Retain => _options.RetainBytesFor(_cacheCount);

    /// <summary>What threads show with their caches; not 0, and set before the first is opened.</summary>
    internal ulong Key { get; set; } = 1;

    /// <summary>Addresses of all blocks.</summary>
    internal (nuint Start, nuint Length) Range => ((nuint)_pages.Start, _unitsMax << Slab.UnitShift);

    /// <summary>The address lies where this pool's blocks lie.</summary>
    internal bool Has(nint address) => (nuint)address - Range.Start < Range.Length;

    /// <summary>A block of at least this many bytes for the thread that has this cache: 16-byte aligned, a power of two up to 4096 to itself. Its contents are undefined.</summary>
    internal void* Allocate(PoolCache* cache, nuint size)
    {
        void* block = PoolCache.TryAllocate(cache, Key, size);
        return block != null ? block : AllocateSlow(cache, size);
    }

    /// <summary>Frees a live block; the size must be the one asked for.</summary>
    internal void Deallocate(PoolCache* cache, void* block, nuint size)
    {
        if (!PoolCache.TryDeallocate(cache, Key, block, size))
        {
            DeallocateSlow(cache, block, size, isSized: true);
        }
    }

    /// <summary>Frees the live block at this address, whatever its size; refused when there is none.</summary>
    internal void Deallocate(PoolCache* cache, void* block)
    {
        if (!PoolCache.TryDeallocate(cache, Key, block))
        {
            DeallocateSlow(cache, block, 0, isSized: false);
        }
    }

    /// <summary>Live blocks; exact when no other thread is in a call, else perhaps some too many.</summary>
    internal ulong LiveBlocks
    {
        get
        {
            lock (_gate)
            {
                ulong freed = _gone.Deallocations;
                for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
                {
                    freed += Volatile.Read(ref cache->Deallocations);
                }
                ulong allocated = _gone.Allocations;   // read after all frees: what was freed was allocated before
                for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
                {
                    allocated += Volatile.Read(ref cache->Allocations);
                }
                return allocated - Math.Min(allocated, freed);
            }
        }
    }

    /// <summary>A cache for a thread, which gives it back by <see cref="PoolCache.ThreadEnded"/>; null when there is no room for it: blocks can be freed without.</summary>
    internal PoolCache* TryOpenCache()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            AdoptFromEndedThreads();
            return TryNewCache();
        }
    }

    /// <summary>All blocks die; calls of other threads that are under way finish first.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }
            _disposed = true;
            ShutOut(null);
            for (PoolCache* cache = _caches; cache != null;)
            {
                PoolCache* next = cache->NextOfPool;
                End(cache, PoolCache.PoolEnded);
                cache = next;
            }
            _caches = null;
            _records.Dispose();
            _pages.Dispose();
        }
    }

    /// <summary>Says that the thread or the pool has no more use for a cache; the second to say so frees it.</summary>
    internal static void End(PoolCache* cache, int who)
    {
        if (Interlocked.Or(ref cache->Ended, who) != 0)
        {
            NativeMemory.Free(cache);
        }
    }

    private PoolCache* TryNewCache()
    {
        nuint bytes = (nuint)sizeof(PoolCache);
        PoolCache* cache;
        try
        {
            cache = (PoolCache*)NativeMemory.AllocZeroed(bytes);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
        if (!_pages.TryCount(bytes))
        {
            Reclaim(null, 0);
            if (!_pages.TryCount(bytes))
            {
                NativeMemory.Free(cache);
                return null;
            }
        }
        cache->Pool = Key;
        cache->Start = _pages.Start;
        cache->Slabs = _records.Table;
        cache->Units = _unitsMax;
        cache->NextOfPool = _caches;
        NotePeak(_caches);
        _alone = _caches == null ? cache : null;
        _caches = cache;
        _cacheCount++;
        Volatile.Write(ref cache->Key, Key);
        return cache;
    }

    /// <summary>Threads that ended leave their slabs to those that come to need them.</summary>
    private void AdoptFromEndedThreads()
    {
        PoolCache* before = null;
        for (PoolCache* cache = _caches; cache != null;)
        {
            PoolCache* next = cache->NextOfPool;
            if ((Volatile.Read(ref cache->Ended) & PoolCache.ThreadEnded) != 0)
            {
                if (_alone == cache)
                {
                    NotePeak(cache);
                    _alone = null;
                }
                if (before == null)
                {
                    _caches = next;
                }
                else
                {
                    before->NextOfPool = next;
                }
                LeaveSlabs(cache);
                _gone.Add(cache);
                _cacheCount--;
                _pages.Uncount((nuint)sizeof(PoolCache));
                End(cache, PoolCache.PoolEnded);
            }
            else
            {
                before = cache;
            }
            cache = next;
        }
    }

    /// <summary>Sends all threads but one to the lock, which the caller holds, and waits for those that are inside.</summary>
    private void ShutOut(PoolCache* except)
    {
        bool others = false;
        for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
        {
            if (cache != except)
            {
                Volatile.Write(ref cache->Key, 0);
                others = true;
            }
        }
        if (!others)
        {
            return;
        }
        Interlocked.MemoryBarrierProcessWide();
        for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
        {
            SpinWait wait = default;
            while (cache != except && Volatile.Read(ref cache->Busy) != 0)
            {
                wait.SpinOnce();
            }
        }
    }

    private void LetIn()
    {
        for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
        {
            Volatile.Write(ref cache->Key, Key);
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    private static void CheckWithin(ulong value, ulong least, ulong most, string name)
    {
        if (value < least || value > most)
        {
            InvalidInputException.Throw($"options/{name}", $"{value}, must be {least}..{most}");
        }
    }

    private LimitExceededException BeyondBudget(nuint size) =>
        new("size", $"{size} bytes are more than the budget has room for: {_pages.Taken} of {_options.BudgetBytes} bytes are taken");

    /// <summary>What a cache has counted.</summary>
    private struct Sums
    {
        public long Allocated;
        public long Requested;
        public ulong Allocations;
        public ulong Deallocations;

        public void Add(PoolCache* cache)
        {
            Allocated += cache->Allocated;
            Requested += cache->Requested;
            Allocations += cache->Allocations;
            Deallocations += cache->Deallocations;
        }

        public void CountBack(nuint blockBytes, nuint size)
        {
            Allocated -= (long)blockBytes;
            Requested -= (long)size;
            Deallocations++;
        }
    }
}
