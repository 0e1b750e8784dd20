using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>The pool beside a list of what it gave out: each call is checked for what it does, what it refuses and what the statistics say then.</summary>
internal sealed unsafe class PoolModel : IDisposable
{
    /// <summary>A live block may hold this much that no other size can have, for all the contract says.</summary>
    private const ulong BoundBytesMax = 128 << 10;

    private readonly MemoryPool _pool;
    private readonly MemoryPoolOptions _options;
    private readonly List<(nint Start, nuint Size, byte Mark)> _live = [];
    private readonly SortedDictionary<nint, nuint> _ends = [];   // start of each live block -> its size, for overlaps
    private readonly List<(nint Start, nuint Size)> _freed = [];
    private readonly nint _foreign = (nint)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(4096, 4096);
    private ulong _requested;
    private ulong _peakAllocated;
    private ulong _allocations;
    private ulong _deallocations;
    private ulong _refused;
    private byte _mark;

    public PoolModel(MemoryPoolOptions options)
    {
        _options = options;
        _pool = new MemoryPool(options);
        Look();
    }

    /// <summary>How often each thing happened, so that a test can see that the programs reach it.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    public void Do(PoolStep step)
    {
        switch (step.Action)
        {
            case PoolAction.Allocate: Allocate((nuint)step.Size); break;
            case PoolAction.Free: Free(step.Which); break;
            case PoolAction.FreeLastFirst: Free(_live.Count - 1); break;
            case PoolAction.FreeAgain: FreeAgain(step.Which); break;
            case PoolAction.FreeInner: FreeInner(step.Which, step.Size); break;
            case PoolAction.FreeWrongSize: FreeWrongSize(step.Which, step.Size); break;
            case PoolAction.FreeNothing: RefuseFree(0, (nuint)step.Size, "block"); break;
            case PoolAction.FreeForeign: RefuseFree(_foreign, (nuint)step.Size, "block"); break;
            case PoolAction.AllocateZero: RefuseZero(); break;
            default: RefuseTooMuch(step.Size); break;
        }
        Look();
    }

    public void FreeAll()
    {
        while (_live.Count > 0)
        {
            Free(_live.Count / 2);
        }
        MemoryPoolStats stats = Look();
        Assert.Equal(0ul, stats.TotalAllocated);
        Assert.Equal(0ul, stats.LiveBlocks);
    }

    public void Dispose()
    {
        _pool.Dispose();
        System.Runtime.InteropServices.NativeMemory.AlignedFree((void*)_foreign);
    }

    private void Allocate(nuint size)
    {
        MemoryPoolStats before = _pool.GetStats();
        nint start;
        try
        {
            start = _pool.Allocate(size);
        }
        catch (LimitExceededException error)
        {
            _refused++;
            Count("refused by the budget");
            Assert.StartsWith("size: ", error.Message, StringComparison.Ordinal);
            Assert.True(
                (ulong)size + BoundBytesMax * ((ulong)_live.Count + 1) + before.TotalAllocated > _options.BudgetBytes,
                $"{size} bytes were refused with {_live.Count} live blocks of {before.TotalAllocated} bytes, {before.ReservedBytes} reserved of {_options.BudgetBytes}");
            return;
        }
        _allocations++;
        _requested += size;
        CheckPlace(start, size);
        _ends.Add(start, size);
        _live.Add((start, size, ++_mark));
        new Span<byte>((void*)start, (int)size).Fill(_mark);
        Count("allocated");
    }

    private void CheckPlace(nint start, nuint size)
    {
        nuint alignment = size <= 4096 && (size & (size - 1)) == 0 ? Math.Max(size, 16) : 16;
        Assert.True((nuint)start % alignment == 0, $"{size} bytes at {start:x}");
        foreach ((nint otherStart, nuint otherSize) in _ends)
        {
            Assert.True(otherStart + (nint)otherSize <= start || start + (nint)size <= otherStart, $"{size} bytes at {start:x} lie in {otherSize} at {otherStart:x}");
        }
    }

    private void Free(int which)
    {
        if (_live.Count == 0)
        {
            return;
        }
        which %= _live.Count;
        (nint start, nuint size, byte mark) = _live[which];
        Assert.False(new Span<byte>((void*)start, (int)size).ContainsAnyExcept(mark), $"someone wrote into {size} bytes at {start:x}");
        _pool.Deallocate(start, size);
        _live.RemoveAt(which);
        _ends.Remove(start);
        _freed.Add((start, size));
        _requested -= size;
        _deallocations++;
        Count("freed");
    }

    private void FreeAgain(int which)
    {
        if (_freed.Count > 0 && _freed[which % _freed.Count] is var (start, size) && !_ends.ContainsKey(start))
        {
            RefuseFree(start, size, "block");
            Count("freed again");
        }
    }

    private void FreeInner(int which, int off)
    {
        if (_live.Count == 0)
        {
            return;
        }
        (nint start, nuint size, _) = _live[which % _live.Count];
        nint inner = start + (nint)((nuint)off % size);
        if (inner != start)
        {
            RefuseFree(inner, size, "block");
            Count("freed inside");
        }
        if (!_ends.ContainsKey(start - off))
        {
            RefuseFree(start - off, size, "block");
        }
    }

    private void FreeWrongSize(int which, int size)
    {
        if (_live.Count > 0 && _live[which % _live.Count] is var (start, right, _) && right != (nuint)size)
        {
            RefuseFree(start, (nuint)size, "size");
            RefuseFree(start, 0, "size");
            RefuseFree(start, right + 1, "size");
            RefuseFree(start, nuint.MaxValue - (nuint)size, "size");
            Count("freed with a wrong size");
        }
    }

    private void RefuseFree(nint block, nuint size, string argument)
    {
        _refused++;
        var error = Assert.Throws<InvalidInputException>(() => _pool.Deallocate(block, size));
        Assert.Equal(argument, error.Argument);
    }

    private void RefuseZero()
    {
        _refused++;
        Assert.Equal("size", Assert.Throws<InvalidInputException>(() => _pool.Allocate(0)).Argument);
    }

    private void RefuseTooMuch(int off)
    {
        foreach (nuint size in new[] { nuint.MaxValue, nuint.MaxValue - (nuint)off, (nuint)_options.BudgetBytes + (nuint)off, nuint.MaxValue / 2 + (nuint)off })
        {
            _refused++;
            Assert.Throws<LimitExceededException>(() => _pool.Allocate(size));
        }
    }

    private MemoryPoolStats Look()
    {
        MemoryPoolStats s = _pool.GetStats();
        _peakAllocated = Math.Max(_peakAllocated, s.TotalAllocated);
        Assert.Equal((_requested, (ulong)_live.Count, _allocations, _deallocations), (s.RequestedBytes, s.LiveBlocks, s.Allocations, s.Deallocations));
        Assert.Equal(_refused, s.Refused);
        Assert.Equal(_peakAllocated, s.PeakUsage);
        Assert.Equal(s.ReservedBytes, s.TotalAllocated + s.FreeBytes + s.OverheadBytes);
        Assert.InRange(s.TotalAllocated, s.RequestedBytes, (ulong)_live.Sum(b => (long)PoolClasses.NextBytes(b.Size)));
        Assert.InRange(s.ReservedBytes, s.TotalAllocated, s.PeakReservedBytes);
        Assert.InRange(s.PeakReservedBytes, s.PeakUsage, _options.BudgetBytes);
        Assert.InRange(s.FreeListCount, 0, s.PoolCount);
        Assert.Equal(s.ReservedBytes == 0, s.Efficiency is null);
        Assert.Equal(s.ReservedBytes == 0, s.Fragmentation is null);
        Assert.True(s.Fragmentation is null or >= 0 and <= 1);
        return s;
    }

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
