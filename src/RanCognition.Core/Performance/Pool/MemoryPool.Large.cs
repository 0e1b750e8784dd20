namespace RanCognition.Performance;

/// <summary>Blocks of more than PoolSizes.BlockBytesMax: whole pages in a run of units of their own.</summary>
public sealed unsafe partial class MemoryPool
{
    private void* TakeLarge(PoolCache* cache, nuint size)
    {
        if (size > _options.BudgetBytes)
        {
            return null;
        }
        nuint count = UnitsOf(size);
        if (!_units.TryTake(count, out nuint unit))
        {
            return null;
        }
        Slab* record = _records.TryNew(SlabRecords.LargeClass, unit);
        if (record == null || !_pages.TryTakeRun(unit, size))
        {
            if (record != null)
            {
                _records.Free(record);
            }
            _units.Give(unit, count);
            return null;
        }
        record->LargeBytes = size;
        _records.Table[unit] = record;
        PoolCache.Count(cache, PoolPages.RoundUp(size), size);
        return _pages.Start + (unit << Slab.UnitShift);
    }

    private void FreeLarge(PoolCache* cache, Slab* record, uint offset, nuint size)
    {
        if (offset != 0)
        {
            Refuse("block", "is not the address at which a block begins");
        }
        if (record->LargeBytes != size)
        {
            Refuse("size", $"is {size}, the block was allocated with {record->LargeBytes}");
        }
        nuint first = (nuint)record->Unit;
        nuint count = UnitsOf(size);
        _records.Free(record);
        CountBack(cache, PoolPages.RoundUp(size), size);
        _units.Give(first, count);
        if (FreeNow() > Retain)
        {
            for (nuint unit = first; unit < first + count; unit++)
            {
                _pages.GiveBack(unit, 0);
            }
        }
    }

    private static nuint UnitsOf(nuint size) => (size + Slab.UnitBytes - 1) >> Slab.UnitShift;
}
