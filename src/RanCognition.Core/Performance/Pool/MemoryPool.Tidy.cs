namespace RanCognition.Performance;

/// <summary>What goes back to the system: free memory beyond what is to be kept, whole slabs first, then the free ends of others.</summary>
public sealed unsafe partial class MemoryPool
{
    /// <summary>A slab is looked at again when that much more of it is free.</summary>
    private const uint StepBytes = 64 << 10;

    /// <summary>Fewer pages at the end of a slab are not worth a system call.</summary>
    private const uint TrimPages = 4;

    private ulong _sweepAt;

    /// <summary>After a free that may have made something superfluous.</summary>
    private void Tidy(PoolCache* cache, Slab* slab)
    {
        if (slab->Free + slab->RemoteFree < Math.Min(slab->TidyAt, slab->Carved))
        {
            return;
        }
        if (slab->RemoteFree != 0)
        {
            CollectRemote(slab->Owner);   // the caller's
        }
        ulong free = FreeNow();
        if (free <= Retain)
        {
            slab->TidyAt = slab->Free == slab->Carved ? uint.MaxValue : slab->Carved;   // if that: until it grows again, or a sweep comes by
            return;
        }
        if (slab->Free == slab->Carved)
        {
            Release(slab);
            return;
        }
        slab->TidyAt = NextTidy(slab);
        if (free >= _sweepAt)
        {
            SweepUnits();
            SweepSlabs(cache, Retain);
            SetNextSweep();
        }
    }

    /// <summary>The same after a free in another thread's slab, which only the owner may change: the threads are kept out meanwhile.</summary>
    private void TidyOther(PoolCache* own, Slab* slab)
    {
        uint live = slab->Carved - Math.Min(slab->Carved, slab->RemoteFree);
        slab->TidyAt = Math.Min(slab->TidyAt, live);   // then the owner's free that empties it comes here, too
        ulong free = FreeNow();
        if (free <= Retain)
        {
            return;
        }
        if (Volatile.Read(ref slab->Free) >= live)
        {
            ShutOut(own);
            try
            {
                CollectRemote(slab->Owner);
                if (slab->Free == slab->Carved)
                {
                    Release(slab);
                }
            }
            finally
            {
                LetIn();
            }
        }
        else if (free >= _sweepAt)
        {
            Reclaim(own, Retain);
            SetNextSweep();
        }
    }

    /// <summary>Gives back what is free in the slabs of all threads, but for so many bytes.</summary>
    private void Reclaim(PoolCache* own, ulong keep)
    {
        AdoptFromEndedThreads();
        ShutOut(own);
        try
        {
            SweepUnits();
            for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
            {
                CollectRemote(cache);
                SweepSlabs(cache, keep);
            }
        }
        finally
        {
            LetIn();
        }
    }

    private void SetNextSweep() => _sweepAt = FreeNow() + Math.Max(StepBytes, _pages.Taken / 16);

    private static uint NextTidy(Slab* slab) => Math.Min(slab->Carved, slab->Free + Math.Max(StepBytes / slab->BlockBytes, slab->Carved / 4));

    /// <summary>Bytes that are taken and not in live blocks, records or caches. Others may be allocating: then it is near the truth.</summary>
    private ulong FreeNow()
    {
        long live = _gone.Allocated;
        for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
        {
            live += cache->Allocated;
        }
        long free = (long)_pages.Taken - (long)FixedBytes - live;
        return (ulong)Math.Max(0, free);
    }

    private nuint FixedBytes => _records.Taken + (nuint)_cacheCount * (nuint)sizeof(PoolCache);

    private void SweepUnits()
    {
        foreach ((nuint first, nuint count) in _units.Runs)
        {
            for (nuint unit = first; unit < first + count; unit++)
            {
                _pages.GiveBack(unit, 0);
            }
        }
    }

    private void SweepSlabs(PoolCache* cache, ulong keep)
    {
        for (int @class = 0; @class < PoolSizes.Classes; @class++)
        {
            SweepList(cache == null ? null : *PoolCache.Owned(cache, @class), keep);
            SweepList(_orphans[@class], keep);
        }
    }

    private void SweepList(Slab* slab, ulong keep)
    {
        while (slab != null && FreeNow() > keep)
        {
            Slab* next = slab->Next;
            if (slab->Free == slab->Carved)
            {
                Release(slab);
            }
            else
            {
                Trim(slab, keep == 0 ? 1 : (nuint)TrimPages);
                slab->TidyAt = NextTidy(slab);
            }
            slab = next;
        }
    }

    /// <summary>The free blocks after the last live one cease to exist, and their pages go back.</summary>
    private void Trim(Slab* slab, nuint pagesMin)
    {
        uint carved = slab->Carved;
        while (carved > 0 && (slab->Bits[(carved - 1) >> 6] >> (int)((carved - 1) & 63) & 1) != 0)
        {
            carved--;
        }
        nuint keep = PoolPages.RoundUp((nuint)carved * slab->BlockBytes);
        if (_pages.TakenOf((nuint)slab->Unit) < keep + pagesMin * PoolPages.PageBytes)
        {
            return;
        }
        for (uint block = carved; block < slab->Carved; block++)
        {
            slab->Bits[block >> 6] &= ~(1UL << (int)(block & 63));
        }
        slab->Free -= slab->Carved - carved;
        slab->Carved = carved;
        _pages.GiveBack((nuint)slab->Unit, keep);
    }

    /// <summary>A slab without live blocks ceases to exist.</summary>
    private void Release(Slab* slab)
    {
        PoolCache* owner = slab->Owner;
        if (owner == null)
        {
            _orphans[slab->Class] = Without(_orphans[slab->Class], slab);
        }
        else
        {
            PoolCache.Forget(owner, slab);
            Slab** first = PoolCache.Owned(owner, slab->Class);
            *first = Without(*first, slab);
        }
        nuint unit = (nuint)slab->Unit;
        _records.Free(slab);
        _pages.GiveBack(unit, 0);
        _units.Give(unit, 1);
    }
}
