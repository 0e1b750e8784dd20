using RanCognition.Contracts;

namespace RanCognition.Performance;

/// <summary>What a pool tells about itself.</summary>
public sealed unsafe partial class MemoryPool
{
    /// <summary>All figures of one instant: threads that want to allocate or free meanwhile wait.</summary>
    public MemoryPoolStats GetStats()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            AdoptFromEndedThreads();
            ShutOut(null);
            try
            {
                return Describe();
            }
            finally
            {
                LetIn();
            }
        }
    }

    private MemoryPoolStats Describe()
    {
        NotePeak(_caches);
        Sums sums = _gone;
        for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
        {
            sums.Add(cache);
        }
        Survey survey = new(this);
        ulong overhead = FixedBytes + survey.PageEnds;
        ulong allocated = (ulong)sums.Allocated;
        return new MemoryPoolStats
        {
            TotalAllocated = allocated,
            PeakUsage = _peak,
            PoolCount = survey.Classes,
            FreeListCount = survey.ClassesWithFree,
            RequestedBytes = (ulong)sums.Requested,
            LiveBlocks = sums.Allocations - sums.Deallocations,
            FreeBytes = _pages.Taken - overhead - allocated,
            OverheadBytes = overhead,
            ReservedBytes = _pages.Taken,
            PeakReservedBytes = _pages.Peak,
            BudgetBytes = _options.BudgetBytes,
            RetainBytes = Retain,
            ThreadCaches = _cacheCount,
            Allocations = sums.Allocations,
            Deallocations = sums.Deallocations,
            Refused = _refused,
            BoundFreeBytes = survey.BoundFree,
            Ignored = _options.Ignored,
        };
    }

    private PoolCache* _alone;   // the only cache since its High was set: that says the highest sum, too

    /// <summary>
    /// Keeps the highest sum of live blocks. Between two looks a lone cache knows its own highest; of several only the sum now is known. Its thread must not be in a call, unless another cache comes.
    /// </summary>
    private void NotePeak(PoolCache* looked)
    {
        long live = _gone.Allocated;
        for (PoolCache* cache = _caches; cache != null; cache = cache->NextOfPool)
        {
            live += cache->Allocated;
        }
        if (looked != null && looked == _caches && looked->NextOfPool == null)
        {
            if (looked == _alone)   // else it is from when there were others, and perhaps not on top of what is live now
            {
                live = Math.Max(live, _gone.Allocated + looked->High);
            }
            looked->High = looked->Allocated;
            _alone = looked;
        }
        _peak = Math.Max(_peak, (ulong)Math.Max(0, live));
    }

    /// <summary>The slabs of a pool counted one by one.</summary>
    private readonly ref struct Survey
    {
        public readonly int Classes;
        public readonly int ClassesWithFree;
        public readonly ulong BoundFree;
        public readonly ulong PageEnds;

        public Survey(MemoryPool pool)
        {
            Span<bool> has = stackalloc bool[PoolSizes.Classes + 1];
            Span<bool> hasFree = stackalloc bool[PoolSizes.Classes + 1];
            has.Clear();
            hasFree.Clear();
            for (nuint unit = 0; unit < pool._units.End; unit++)
            {
                Slab* slab = pool._records.Table[unit];
                if (slab == null)
                {
                    continue;
                }
                has[slab->Class] = true;
                if (slab->Class == SlabRecords.LargeClass)
                {
                    continue;
                }
                uint free = slab->Free + slab->RemoteFree;
                hasFree[slab->Class] |= free != 0;
                BoundFree += free == slab->Carved ? 0 : (ulong)free * slab->BlockBytes;
                nuint carved = (nuint)slab->Carved * slab->BlockBytes;
                PageEnds += PoolPages.RoundUp(carved) - carved;
            }
            for (int i = 0; i < has.Length; i++)
            {
                Classes += has[i] ? 1 : 0;
                ClassesWithFree += hasFree[i] ? 1 : 0;
            }
        }
    }
}
