using System.Runtime.CompilerServices;
using System.Threading;

namespace RanCognition.Performance;

/// <summary>
/// What one thread has of a pool: slabs of its own, from which it takes and to which it gives blocks without a lock or an atomic operation, and its part of the sums.
/// </summary>
/// <remarks>
/// The pool can shut a thread out: it sets <see cref="Key"/> to 0, makes all processors see that (a barrier of the process), and waits until <see cref="Busy"/> is 0.
/// The thread sets Busy before it reads Key, so one of the two sees the other. The methods here touch native memory only, allocate and throw nothing:
/// they also run where the garbage collector does not know the thread.
/// </remarks>
internal unsafe struct PoolCache
{
    public const int ThreadEnded = 1;
    public const int PoolEnded = 2;

    /// <summary>Of the pool; 0 sends the thread to the pool's lock.</summary>
    public ulong Key;

    /// <summary>1 while its thread is inside.</summary>
    public int Busy;

    /// <summary>ThreadEnded, PoolEnded; who sets the second frees the cache.</summary>
    public int Ended;

    /// <summary>The pool's key, which stays.</summary>
    public ulong Pool;

    public byte* Start;
    public Slab** Slabs;
    public nuint Units;

    /// <summary>Bytes of live blocks that this thread took, less those of blocks that it gave: over all caches they make the sum.</summary>
    public long Allocated;

    /// <summary>Highest Allocated since the pool last looked.</summary>
    public long High;

    public long Requested;
    public ulong Allocations;
    public ulong Deallocations;

    /// <summary>Other caches of the same thread, for other pools.</summary>
    public PoolCache* NextOfThread;

    /// <summary>Other caches of the same pool.</summary>
    public PoolCache* NextOfPool;

    /// <summary>First of this thread's slabs with blocks that others freed; under the pool's lock.</summary>
    public Slab* FirstRemote;

    private fixed ulong _current[PoolSizes.Classes];
    private fixed ulong _listed[PoolSizes.Classes];
    private fixed ulong _owned[PoolSizes.Classes];

    /// <summary>Slab that serves a class: of that class or lent by the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Slab** Current(PoolCache* cache, int @class) => (Slab**)cache->_current + @class;

    /// <summary>First of the slabs of a class that have free blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Slab** Listed(PoolCache* cache, int @class) => (Slab**)cache->_listed + @class;

    /// <summary>First of the slabs of a class.</summary>
    public static Slab** Owned(PoolCache* cache, int @class) => (Slab**)cache->_owned + @class;

    /// <summary>A block of at least this size; null when only the pool can say more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void* TryAllocate(PoolCache* cache, ulong key, nuint size)
    {
        Volatile.Write(ref cache->Busy, 1);
        void* block = null;
        if (Volatile.Read(ref cache->Key) == key && size - 1 < PoolSizes.BlockBytesMax)
        {
            int @class = PoolSizes.ClassOf((uint)size);
            Slab* slab = *Current(cache, @class);
            if (slab != null && ((block = Slab.Take(slab, (uint)size)) != null || ((slab = NextListed(cache, @class)) != null && (block = Slab.Take(slab, (uint)size)) != null)))
            {
                Count(cache, slab->BlockBytes, (uint)size);
            }
        }
        Volatile.Write(ref cache->Busy, 0);
        return block;
    }

    /// <summary>Frees a block of this thread's own; false when only the pool can say more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDeallocate(PoolCache* cache, ulong key, void* address, nuint size)
    {
        Volatile.Write(ref cache->Busy, 1);
        bool done = Volatile.Read(ref cache->Key) == key && TryGive(cache, (nuint)address - (nuint)cache->Start, size);
        Volatile.Write(ref cache->Busy, 0);
        return done;
    }

    /// <summary>The same for a caller that does not say the size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDeallocate(PoolCache* cache, ulong key, void* address)
    {
        Volatile.Write(ref cache->Busy, 1);
        nuint offset = (nuint)address - (nuint)cache->Start;
        bool done = Volatile.Read(ref cache->Key) == key && TryGive(cache, offset, OwnSizeAt(cache, offset));
        Volatile.Write(ref cache->Busy, 0);
        return done;
    }

    /// <summary>Size of the live block of this thread's own at this offset; 0 when there is none.</summary>
    private static nuint OwnSizeAt(PoolCache* cache, nuint offset)
    {
        nuint unit = offset >> Slab.UnitShift;
        Slab* slab = unit < cache->Units ? cache->Slabs[unit] : null;
        // Others' may be changed into something else at this moment.
        return slab == null || slab->Owner != cache ? 0 : Slab.SizeAt(slab, (uint)offset & (Slab.UnitBytes - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryGive(PoolCache* cache, nuint offset, nuint size)
    {
        nuint unit = offset >> Slab.UnitShift;
        if (unit >= cache->Units)
        {
            return false;
        }
        Slab* slab = cache->Slabs[unit];
        if (slab == null || slab->Owner != cache)
        {
            return false;
        }
        uint block = Slab.BlockAt(slab, (uint)offset & (Slab.UnitBytes - 1));
        if (block >= slab->Carved || size - 1 >= slab->BlockBytes || Slab.SlackOf(slab, block) != slab->BlockBytes - (uint)size + 1
            || slab->Free + 1 >= slab->TidyAt || Slab.IsRemote(slab, block))
        {
            return false;
        }
        Give(cache, slab, block);
        CountBack(cache, slab->BlockBytes, size);
        return true;
    }

    /// <summary>The next slab of the class that has a free block serves it from now on; null when there is none.</summary>
    public static Slab* NextListed(PoolCache* cache, int @class)
    {
        Slab** first = Listed(cache, @class);
        Slab* slab = *first;
        while (slab != null)
        {
            *first = slab->NextListed;
            slab->IsListed = false;
            if (slab->Free != 0)
            {
                return *Current(cache, @class) = slab;
            }
            slab = *first;
        }
        return null;
    }

    /// <summary>A block of a slab of this thread is free from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Give(PoolCache* cache, Slab* slab, uint block)
    {
        Slab.Give(slab, block);
        if (slab->Free == 1)
        {
            List(cache, slab);
        }
    }

    /// <summary>A slab that has free blocks can be found, unless it serves its class now.</summary>
    public static void List(PoolCache* cache, Slab* slab)
    {
        if (!slab->IsListed && *Current(cache, slab->Class) != slab)
        {
            Slab** first = Listed(cache, slab->Class);
            slab->NextListed = *first;
            slab->IsListed = true;
            *first = slab;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(PoolCache* cache, nuint blockBytes, nuint size)
    {
        long allocated = cache->Allocated + (long)blockBytes;
        cache->Allocated = allocated;
        cache->High = Math.Max(cache->High, allocated);
        cache->Requested += (long)size;
        cache->Allocations++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountBack(PoolCache* cache, nuint blockBytes, nuint size)
    {
        cache->Allocated -= (long)blockBytes;
        cache->Requested -= (long)size;
        cache->Deallocations++;
    }

    /// <summary>The slab serves no class any more and is not listed.</summary>
    public static void Forget(PoolCache* cache, Slab* slab)
    {
        for (int @class = Math.Max(0, slab->Class - 1); @class <= slab->Class; @class++)
        {
            Slab** current = Current(cache, @class);
            *current = *current == slab ? null : *current;
        }
        if (!slab->IsListed)
        {
            return;
        }
        Slab** link = Listed(cache, slab->Class);
        while (*link != slab)
        {
            link = &(*link)->NextListed;
        }
        *link = slab->NextListed;
        slab->IsListed = false;
    }
}
