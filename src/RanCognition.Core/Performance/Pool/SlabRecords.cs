namespace RanCognition.Performance;

/// <summary>Where the records of slabs lie, and which unit of the address range has which. A free record serves its class again, or one that needs less; none is unmapped before the pool is.</summary>
/// <remarks>Not thread-safe: used under the pool's lock; the table is read by all threads.</remarks>
internal sealed unsafe class SlabRecords : IDisposable
{
    public const int LargeClass = PoolSizes.Classes;

    private readonly NativePages _tablePages;
    private readonly NativePages _recordPages;
    private readonly PoolPages _pages;
    private readonly Slab*[] _free = new Slab*[PoolSizes.Classes + 1];
    private nuint _recordsUsed;
    private nuint _tableUsed;

    public SlabRecords(nuint units, PoolPages pages)
    {
        _pages = pages;
        _tablePages = new NativePages((ulong)units * (uint)sizeof(Slab*), PoolPages.PageBytes);
        try
        {
            _recordPages = NativePages.Closed((ulong)units * Slab.RecordBytes(PoolSizes.BytesOf(0)), PoolPages.PageBytes);
        }
        catch (OutOfMemoryException)
        {
            _tablePages.Dispose();
            throw;
        }
        Table = (Slab**)_tablePages.Address;
    }

    /// <summary>Per unit its slab, or the large block that begins there; null for all others.</summary>
    public Slab** Table { get; }

    /// <summary>Bytes of records and table that were taken from the system.</summary>
    public nuint Taken { get; private set; }

    /// <summary>The record of a slab without blocks yet; null when it is beyond the budget or the system has no room.</summary>
    public Slab* TryNew(int @class, nuint unit)
    {
        nuint bytes = BytesFor(@class);
        nuint table = PoolPages.RoundUp((unit + 1) * (nuint)sizeof(Slab*));
        int stock = StockFor(@class, bytes);
        bool known = stock >= 0;
        nuint records = known ? _recordsUsed : _recordsUsed + bytes;
        nuint more = Math.Max(table, _tableUsed) - _tableUsed + PoolPages.RoundUp(records) - PoolPages.RoundUp(_recordsUsed);
        if (!_recordPages.TryOpen(records) || !_pages.TryCount(more))
        {
            return null;
        }
        Slab* slab = known ? _free[stock] : (Slab*)((byte*)_recordPages.Address + _recordsUsed);
        if (known)
        {
            _free[stock] = slab->Next;
        }
        _tableUsed = Math.Max(table, _tableUsed);
        _recordsUsed = records;
        Taken += more;
        Prepare(slab, @class, unit);
        slab->Stock = known ? stock : @class;
        return slab;
    }

    /// <summary>The nearest class below (more blocks, a larger record) that has a free record of so many bytes; -1 when none has.</summary>
    private int StockFor(int @class, nuint bytes)
    {
        for (int stock = @class; stock >= 0; stock--)
        {
            if (_free[stock] != null && BytesFor(stock) >= bytes)
            {
                return stock;
            }
        }
        return -1;
    }

    private static nuint BytesFor(int @class) => @class == LargeClass ? (nuint)sizeof(Slab) : Slab.RecordBytes(PoolSizes.BytesOf(@class));

    public void Free(Slab* slab)
    {
        Table[slab->Unit] = null;
        slab->Owner = null;
        slab->Carved = 0;   // a wrong free that comes now finds no block
        slab->Next = _free[slab->Stock];
        _free[slab->Stock] = slab;
    }

    public void Dispose()
    {
        _tablePages.Dispose();
        _recordPages.Dispose();
    }

    private static void Prepare(Slab* slab, int @class, nuint unit)
    {
        *slab = default;
        slab->Class = @class;
        slab->Unit = (int)unit;
        if (@class == LargeClass)
        {
            return;
        }
        uint blockBytes = PoolSizes.BytesOf(@class);
        slab->BlockBytes = blockBytes;
        slab->Reciprocal = (uint)((uint.MaxValue / blockBytes) + 1);
        slab->BlocksMax = Slab.UnitBytes / blockBytes;
        slab->Bits = (ulong*)(slab + 1);
        slab->Remote = slab->Bits + slab->Words;
        slab->Slack = (byte*)(slab->Remote + slab->Words);
        nuint arrays = Slab.RecordBytes(blockBytes) - (nuint)sizeof(Slab);
        System.Runtime.InteropServices.NativeMemory.Clear(slab->Bits, arrays);
    }
}
