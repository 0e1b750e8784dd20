using RanCognition.Contracts;

namespace RanCognition.Performance;

/// <summary>What a thread's own slabs cannot do: under the lock.</summary>
public sealed unsafe partial class MemoryPool
{
    private readonly Slab*[] _orphans = new Slab*[PoolSizes.Classes];

    internal void* AllocateSlow(PoolCache* cache, nuint size)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (size == 0)
            {
                _refused++;
                InvalidInputException.Throw("size", "is 0");
            }
            void* block = Take(cache, size);
            if (block == null && size <= _options.BudgetBytes - _pages.Taken + FreeNow())
            {
                Reclaim(cache, 0);   // what other sizes and threads have free
                block = Take(cache, size);
            }
            if (block == null)
            {
                _refused++;
                throw BeyondBudget(size);
            }
            NotePeak(cache);
            return block;
        }
    }

    /// <summary>The cache may be null: a thread for which there is no room can free blocks all the same. A size that is not said is that of the block.</summary>
    internal void DeallocateSlow(PoolCache* cache, void* address, nuint size, bool isSized)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            nuint offset = (nuint)address - (nuint)_pages.Start;
            bool isZero = isSized && size == 0;
            if (address == null || isZero || offset >> Slab.UnitShift >= _unitsMax)
            {
                Refuse(address == null ? "block" : isZero ? "size" : "block", address == null ? "is NULL" : isZero ? "is 0" : "is not of this pool");
            }
            Slab* slab = _records.Table[offset >> Slab.UnitShift];
            if (slab == null)
            {
                Refuse("block", "is no live block: it was freed, or the address is not where a block begins");
            }
            uint within = (uint)offset & (Slab.UnitBytes - 1);
            size = isSized ? size : Slab.SizeAt(slab, within);
            if (slab->Class == SlabRecords.LargeClass)
            {
                FreeLarge(cache, slab, within, size);
            }
            else
            {
                FreeBlock(cache, slab, within, size);
            }
        }
    }

    private void FreeBlock(PoolCache* cache, Slab* slab, uint offset, nuint size)
    {
        uint block = Slab.BlockAt(slab, offset);
        if (block >= slab->Carved)
        {
            Refuse("block", "is not the address at which a block begins");
        }
        uint slack = Slab.SlackOf(slab, block);
        if (slack == 0 || Slab.IsRemote(slab, block))
        {
            Refuse("block", "was freed already");
        }
        if (slab->BlockBytes - slack + 1 != size)
        {
            Refuse("size", $"is {size}, the block was allocated with {slab->BlockBytes - slack + 1}");
        }
        if (slab->Owner != cache && slab->Owner != null)
        {
            if (!TryLeaveToOwner(slab, block))
            {
                Refuse("block", "was freed already");
            }
            CountBack(cache, slab->BlockBytes, size);
            TidyOther(cache, slab);
            return;
        }
        CountBack(cache, slab->BlockBytes, size);
        if (slab->Owner == null)
        {
            Slab.Give(slab, block);
        }
        else
        {
            PoolCache.Give(cache, slab, block);
        }
        Tidy(cache, slab);
    }

    private void CountBack(PoolCache* cache, nuint blockBytes, nuint size)
    {
        if (cache == null)
        {
            _gone.CountBack(blockBytes, size);
        }
        else
        {
            PoolCache.CountBack(cache, blockBytes, size);
        }
    }

    /// <summary>Of another thread's slab only the bit is set; the owner takes such blocks in when it needs some. False when it has just freed the block itself.</summary>
    private static bool TryLeaveToOwner(Slab* slab, uint block)
    {
        slab->Remote[block >> 6] |= 1UL << (int)(block & 63);
        Interlocked.MemoryBarrier();
        if (Slab.SlackOf(slab, block) == 0)
        {
            slab->Remote[block >> 6] &= ~(1UL << (int)(block & 63));
            return false;
        }
        if (slab->RemoteFree++ == 0)
        {
            slab->NextRemote = slab->Owner->FirstRemote;
            slab->Owner->FirstRemote = slab;
        }
        return true;
    }

    private void* Take(PoolCache* cache, nuint size) => size <= PoolSizes.BlockBytesMax ? TakeBlock(cache, (uint)size) : TakeLarge(cache, size);

    private void* TakeBlock(PoolCache* cache, uint size)
    {
        int @class = PoolSizes.ClassOf(size);
        CollectRemote(cache);
        Slab* slab = WithFree(cache, @class);
        if (slab == null)
        {
            AdoptFromEndedThreads();
            slab = Adopted(cache, @class);
        }
        if (slab == null)
        {
            slab = Lent(cache, @class);
        }
        if (slab == null)
        {
            slab = Grown(cache, @class);
        }
        if (slab == null)
        {
            return null;
        }
        Serve(cache, @class, slab);
        void* block = Slab.Take(slab, size);
        PoolCache.Count(cache, slab->BlockBytes, size);
        return block;
    }

    /// <summary>From now on the slab serves the class; the one that did can still be found.</summary>
    private static void Serve(PoolCache* cache, int @class, Slab* slab)
    {
        Slab** current = PoolCache.Current(cache, @class);
        Slab* before = *current;
        *current = slab;
        if (before != null && before != slab && before->Free != 0 && before->Class == @class)
        {
            PoolCache.List(cache, before);
        }
    }

    /// <summary>A slab of the class itself.</summary>
    private static Slab* WithFree(PoolCache* cache, int @class)
    {
        Slab* current = *PoolCache.Current(cache, @class);
        return current != null && current->Free != 0 && current->Class == @class ? current : PoolCache.NextListed(cache, @class);
    }

    /// <summary>A slab of the next class that has free blocks: better than new memory. Its blocks are not aligned as those of a power of two.</summary>
    private static Slab* Lent(PoolCache* cache, int @class) =>
        @class + 1 < PoolSizes.Classes && !PoolSizes.IsAligned(@class) ? WithFree(cache, @class + 1) : null;

    /// <summary>A slab with memory newly taken from the system; null when that is beyond the budget.</summary>
    private Slab* Grown(PoolCache* cache, int @class)
    {
        for (Slab* slab = *PoolCache.Owned(cache, @class); slab != null; slab = slab->Next)
        {
            if (slab->Carved < slab->BlocksMax)
            {
                return Carve(slab) ? slab : null;
            }
        }
        if (!_units.TryTake(1, out nuint unit))
        {
            return null;
        }
        Slab* fresh = _records.TryNew(@class, unit);
        if (fresh != null)
        {
            fresh->Start = _pages.Start + (unit << Slab.UnitShift);
            fresh->TidyAt = uint.MaxValue;
            if (Carve(fresh))
            {
                _records.Table[unit] = fresh;
                Own(cache, fresh);
                return fresh;
            }
            _records.Free(fresh);
        }
        _units.Give(unit, 1);
        return null;
    }

    /// <summary>The blocks of the next page, or of those that are taken already.</summary>
    private bool Carve(Slab* slab)
    {
        nuint begin = (nuint)slab->Carved * slab->BlockBytes;
        nuint end = PoolPages.RoundUp(begin + slab->BlockBytes);
        if (!_pages.TryTake((nuint)slab->Unit, end))
        {
            return false;
        }
        uint carved = Math.Min((uint)(end / slab->BlockBytes), slab->BlocksMax);
        for (uint block = slab->Carved; block < carved; block++)
        {
            slab->Bits[block >> 6] |= 1UL << (int)(block & 63);
        }
        slab->Word = Math.Min(slab->Free == 0 ? uint.MaxValue : slab->Word, slab->Carved >> 6);
        slab->Free += carved - slab->Carved;
        slab->Carved = carved;
        slab->TidyAt = NextTidy(slab);
        return true;
    }

    private static void Own(PoolCache* cache, Slab* slab)
    {
        slab->Owner = cache;
        Slab** first = PoolCache.Owned(cache, slab->Class);
        slab->Next = *first;
        *first = slab;
    }

    /// <summary>Blocks that other threads freed become free ones.</summary>
    private static void CollectRemote(PoolCache* cache)
    {
        for (Slab* slab = cache->FirstRemote; slab != null; slab = slab->NextRemote)
        {
            Collect(slab);
            PoolCache.List(cache, slab);
        }
        cache->FirstRemote = null;
    }

    private static void Collect(Slab* slab)
    {
        for (uint word = 0; slab->RemoteFree != 0; word++)
        {
            for (ulong bits = slab->Remote[word]; bits != 0; bits &= bits - 1)
            {
                uint block = (word << 6) + (uint)System.Numerics.BitOperations.TrailingZeroCount(bits);
                if (Slab.SlackOf(slab, block) != 0)
                {
                    Slab.Give(slab, block);
                }
                else
                {
                    // Its owner freed it at the same instant, stopped between its look and its free: it is free, and counted back twice. What was asked for is not known any more.
                    slab->Owner->Allocated += slab->BlockBytes;
                    slab->Owner->Requested += slab->BlockBytes;
                    slab->Owner->Deallocations--;
                }
                slab->RemoteFree--;
            }
            slab->Remote[word] = 0;
        }
    }

    /// <summary>A slab that a thread left when it ended.</summary>
    private Slab* Adopted(PoolCache* cache, int @class)
    {
        for (Slab* slab = _orphans[@class]; slab != null; slab = slab->Next)
        {
            if (slab->Free != 0)
            {
                _orphans[@class] = Without(_orphans[@class], slab);
                Own(cache, slab);
                return slab;
            }
        }
        return null;
    }

    /// <summary>A list but for one of its slabs.</summary>
    private static Slab* Without(Slab* first, Slab* slab)
    {
        if (first == slab)
        {
            return slab->Next;
        }
        Slab* before = first;
        while (before->Next != slab)
        {
            before = before->Next;
        }
        before->Next = slab->Next;
        return first;
    }

    private void LeaveSlabs(PoolCache* cache)
    {
        CollectRemote(cache);
        for (int @class = 0; @class < PoolSizes.Classes; @class++)
        {
            for (Slab* slab = *PoolCache.Owned(cache, @class); slab != null;)
            {
                Slab* next = slab->Next;
                slab->Owner = null;
                slab->IsListed = false;
                slab->Next = _orphans[@class];
                _orphans[@class] = slab;
                slab = next;
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void Refuse(string argument, string reason)
    {
        _refused++;
        InvalidInputException.Throw(argument, reason);
    }
}
