using System.Reflection;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>Counts a pool's blocks and pages one by one, looks at every list, and compares that with what the pool says. No thread may be in a call.</summary>
internal sealed unsafe class PoolWalk
{
    private readonly SlabRecords _records;
    private readonly PoolPages _pages;
    private readonly FreeUnits _units;
    private readonly Slab*[] _orphans;
    private readonly List<nint> _caches = [];
    private long _allocated;
    private long _requested;
    private ulong _live;
    private nuint _pagesTaken;

    private PoolWalk(MemoryPool pool)
    {
        _records = (SlabRecords)Field(pool, "_records");
        _pages = (PoolPages)Field(pool, "_pages");
        _units = (FreeUnits)Field(pool, "_units");
        _orphans = (Slab*[])Field(pool, "_orphans");
        for (var cache = (PoolCache*)Pointer.Unbox(Field(pool, "_caches")); cache != null; cache = cache->NextOfPool)
        {
            _caches.Add((nint)cache);
        }
    }

    public static void Check(MemoryPool pool)
    {
        MemoryPoolStats stats = pool.GetStats();
        var walk = new PoolWalk(pool);
        walk.LookAtUnits();
        walk.LookAtLists();
        Assert.Equal(((ulong)walk._allocated, (ulong)walk._requested, walk._live), (stats.TotalAllocated, stats.RequestedBytes, stats.LiveBlocks));
        Assert.Equal(walk._caches.Count, stats.ThreadCaches);
        Assert.Equal(walk._pagesTaken + walk._records.Taken + (nuint)walk._caches.Count * (nuint)sizeof(PoolCache), stats.ReservedBytes);
        Assert.Equal(stats.ReservedBytes, stats.TotalAllocated + stats.FreeBytes + stats.OverheadBytes);
        Assert.InRange(stats.FreeBytes, 0ul, stats.ReservedBytes);
    }

    private void LookAtUnits()
    {
        HashSet<nuint> unused = [];
        nuint end = 0;
        foreach ((nuint first, nuint count) in _units.Runs)
        {
            Assert.True(count > 0 && (first > end || end == 0), "runs ascend and do not touch");
            end = first + count;
            for (nuint unit = first; unit < end; unit++)
            {
                unused.Add(unit);
            }
        }
        nuint covered = 0;   // units below this belong to a large block
        for (nuint unit = 0; unit < _units.End; unit++)
        {
            _pagesTaken += _pages.TakenOf(unit);
            Slab* slab = _records.Table[unit];
            Assert.Equal(slab == null && unit >= covered, unused.Contains(unit));
            if (slab == null)
            {
                continue;
            }
            Assert.True(unit >= covered, "no slab lies in a large block");
            Assert.Equal((int)unit, slab->Unit);
            if (slab->Class == SlabRecords.LargeClass)
            {
                covered = unit + ((slab->LargeBytes + Slab.UnitBytes - 1) >> Slab.UnitShift);
                _allocated += (long)PoolPages.RoundUp(slab->LargeBytes);
                _requested += (long)slab->LargeBytes;
                _live++;
            }
            else
            {
                LookAtBlocks(slab);
            }
        }
    }

    private void LookAtBlocks(Slab* slab)
    {
        uint free = 0;
        uint remote = 0;
        for (uint block = 0; block < 64 * slab->Words; block++)
        {
            bool isFree = (slab->Bits[block >> 6] >> (int)(block & 63) & 1) != 0;
            bool isRemote = Slab.IsRemote(slab, block);
            uint slack = block < slab->BlocksMax ? Slab.SlackOf(slab, block) : 0;
            Assert.True(block < slab->Carved || !(isFree || isRemote || slack != 0), "what does not exist is neither free nor live");
            Assert.True(!isFree || block >> 6 >= slab->Word, "no free block lies below Word");
            if (block < slab->Carved)
            {
                Assert.Equal(isFree, slack == 0);
                Assert.False(isFree && isRemote);
                if (!isFree && !isRemote)
                {
                    _allocated += slab->BlockBytes;
                    _requested += slab->BlockBytes - slack + 1;
                    _live++;
                }
            }
            free += isFree ? 1u : 0;
            remote += isRemote ? 1u : 0;
        }
        Assert.Equal((free, remote), (slab->Free, slab->RemoteFree));
        Assert.True(_pages.TakenOf((nuint)slab->Unit) >= PoolPages.RoundUp((nuint)slab->Carved * slab->BlockBytes));
        bool known = slab->Owner == null || _caches.Contains((nint)slab->Owner);
        Assert.True(known, "its owner is a cache of the pool");
        Assert.True(
            slab->Owner == null || free == 0 || slab->IsListed || *PoolCache.Current(slab->Owner, slab->Class) == slab,
            "an owner can find its slabs with free blocks");
    }

    private void LookAtLists()
    {
        HashSet<nint> seen = [];
        for (int @class = 0; @class < PoolSizes.Classes; @class++)
        {
            LookAtSlabs(_orphans[@class], null, @class, seen);
        }
        foreach (nint address in _caches)
        {
            var cache = (PoolCache*)address;
            HashSet<nint> listed = [];
            for (int @class = 0; @class < PoolSizes.Classes; @class++)
            {
                LookAtSlabs(*PoolCache.Owned(cache, @class), cache, @class, seen);
                for (Slab* slab = *PoolCache.Listed(cache, @class); slab != null; slab = slab->NextListed)
                {
                    Assert.True(slab->IsListed && slab->Owner == cache && slab->Class == @class && listed.Add((nint)slab), "a list has slabs of its class, each once");
                }
                Slab* current = *PoolCache.Current(cache, @class);
                Assert.True(current == null || (current->Owner == cache && _records.Table[current->Unit] == current), "what serves a class is a slab of the cache");
            }
            for (Slab* slab = cache->FirstRemote; slab != null; slab = slab->NextRemote)
            {
                Assert.True(slab->Owner == cache && slab->RemoteFree != 0, "what others freed is with its owner");
            }
            Assert.All(seen, slab => Assert.True(((Slab*)slab)->Owner != cache || ((Slab*)slab)->IsListed == listed.Contains(slab)));
        }
        int inTable = 0;
        for (nuint unit = 0; unit < _units.End; unit++)
        {
            inTable += _records.Table[unit] != null && _records.Table[unit]->Class != SlabRecords.LargeClass ? 1 : 0;
        }
        Assert.Equal(inTable, seen.Count);
    }

    private void LookAtSlabs(Slab* first, PoolCache* owner, int @class, HashSet<nint> seen)
    {
        for (Slab* slab = first; slab != null; slab = slab->Next)
        {
            Assert.True(slab->Owner == owner && slab->Class == @class && _records.Table[slab->Unit] == slab && seen.Add((nint)slab), "a slab is with one owner, once");
        }
    }

    private static object Field(MemoryPool pool, string name) => typeof(MemoryPool).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(pool)!;
}
