namespace RanCognition.Performance;

/// <summary>The pool for callers without a cache of their own.</summary>
public sealed unsafe partial class MemoryPool
{
    private readonly SharedPoolCaches _shared = new();

    /// <summary>A block of at least this many bytes, 16-byte aligned; its contents are undefined.</summary>
    public nint Allocate(nuint size)
    {
        SharedPoolCaches.Place* place = _shared.Borrow();
        try
        {
            place->Cache = place->Cache == null ? TryOpenCache() : place->Cache;
            return place->Cache == null ? RefuseForWantOfCache(size) : (nint)Allocate(place->Cache, size);
        }
        finally
        {
            place->GiveBack();
            GC.KeepAlive(_shared);
        }
    }

    /// <summary>Frees a live block; the size must be the one asked for.</summary>
    public void Deallocate(nint block, nuint size) => Deallocate(block, size, isSized: true);

    /// <summary>Frees a live block of any size.</summary>
    internal void Deallocate(nint block) => Deallocate(block, 0, isSized: false);

    private void Deallocate(nint block, nuint size, bool isSized)
    {
        SharedPoolCaches.Place* place = _shared.BorrowOpened();   // a new cache takes memory, for which the budget may have no room
        if (place == null)
        {
            DeallocateSlow(null, (void*)block, size, isSized);
            return;
        }
        try
        {
            if (isSized)
            {
                Deallocate(place->Cache, (void*)block, size);
            }
            else
            {
                Deallocate(place->Cache, (void*)block);
            }
        }
        finally
        {
            place->GiveBack();
            GC.KeepAlive(_shared);
        }
    }

    private nint RefuseForWantOfCache(nuint size)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _refused++;
            throw BeyondBudget(size);
        }
    }
}
