namespace RanCognition.Performance;

/// <summary>The pages of a pool's address range: which are taken from the system, and how many that is.</summary>
/// <remarks>Not thread-safe: used under the pool's lock. A unit's taken pages are always its first ones.</remarks>
internal sealed unsafe class PoolPages : IDisposable
{
    public const int PageBytes = 4096;
    private const nuint PagesOfUnit = Slab.UnitBytes / PageBytes;

    private readonly NativePages _range;
    private readonly NativePages _counts;
    private readonly byte* _taken;   // per unit, its pages that are taken
    private readonly ulong _budget;

    public PoolPages(nuint units, ulong budget)
    {
        _range = NativePages.Closed((ulong)units * Slab.UnitBytes, Slab.UnitBytes);
        try
        {
            _counts = new NativePages(units, PageBytes);
        }
        catch (OutOfMemoryException)
        {
            _range.Dispose();
            throw;
        }
        _taken = (byte*)_counts.Address;
        _budget = budget;
    }

    public byte* Start => (byte*)_range.Address;

    /// <summary>Bytes taken from the system now, those of records and tables included.</summary>
    public ulong Taken { get; private set; }

    public ulong Peak { get; private set; }

    public static nuint RoundUp(nuint bytes) => (bytes + PageBytes - 1) & ~(nuint)(PageBytes - 1);

    /// <summary>Bytes of a unit that are taken.</summary>
    public nuint TakenOf(nuint unit) => (nuint)_taken[unit] * PageBytes;

    /// <summary>Takes the first bytes of a unit, as far as they are not; false when that is beyond the budget or the system has no room.</summary>
    public bool TryTake(nuint unit, nuint bytes)
    {
        nuint pages = RoundUp(bytes) / PageBytes;
        nuint taken = _taken[unit];
        if (pages <= taken)
        {
            return true;
        }
        if (!_range.TryOpen((unit << Slab.UnitShift) + pages * PageBytes) || !TryCount((pages - taken) * PageBytes))
        {
            return false;
        }
        _taken[unit] = (byte)pages;
        return true;
    }

    /// <summary>The same for a run of units; all or nothing. What is taken of the last unit beyond these bytes goes back.</summary>
    public bool TryTakeRun(nuint first, nuint bytes)
    {
        nuint more = 0;
        nuint left = RoundUp(bytes) / PageBytes;
        for (nuint unit = first; left > 0; unit++)
        {
            nuint pages = Math.Min(left, PagesOfUnit);
            more += pages > _taken[unit] ? pages - _taken[unit] : 0;
            left -= pages;
        }
        if (!_range.TryOpen((first << Slab.UnitShift) + RoundUp(bytes)) || !TryCount(more * PageBytes))
        {
            return false;
        }
        left = RoundUp(bytes) / PageBytes;
        for (nuint unit = first; left > 0; unit++)
        {
            nuint pages = Math.Min(left, PagesOfUnit);
            _taken[unit] = (byte)Math.Max(pages, _taken[unit]);
            left -= pages;
            if (left == 0)
            {
                GiveBack(unit, pages * PageBytes);
            }
        }
        return true;
    }

    /// <summary>Gives the pages of a unit back to the system but for the first bytes.</summary>
    public void GiveBack(nuint unit, nuint keep)
    {
        nuint pages = RoundUp(keep) / PageBytes;
        nuint taken = _taken[unit];
        if (taken > pages)
        {
            _range.Discard((unit << Slab.UnitShift) + pages * PageBytes, (taken - pages) * PageBytes);
            _taken[unit] = (byte)pages;
            Taken -= (taken - pages) * PageBytes;
        }
    }

    /// <summary>Counts memory that lies elsewhere (records, tables); false when it is beyond the budget.</summary>
    public bool TryCount(nuint bytes)
    {
        if (bytes > _budget - Math.Min(_budget, Taken))
        {
            return false;
        }
        Taken += bytes;
        Peak = Math.Max(Peak, Taken);
        return true;
    }

    public void Uncount(nuint bytes) => Taken -= bytes;

    public void Dispose()
    {
        _range.Dispose();
        _counts.Dispose();
    }
}
