using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

/// <summary>The entries of the open bucket in exact order.</summary>
/// <remarks>
/// What the bucket held is sorted once, into a run that is then only read along. Newcomers that belong behind it are appended; the others go to a 4-ary
/// heap, or, when many came since the last look, are sorted and merged into the run.
/// </remarks>
internal sealed unsafe class NearEntries : IDisposable
{
    // From here on one sort is cheaper than as many climbs.
    private const uint ManyNewcomers = 64;

    private readonly TaskTable _tasks;
    private readonly TaskRecord* _records;
    private readonly NativePages _pages;
    private readonly uint _limit;

    // Sorted from _head to _tail.
    private TimerEntry* _run;
    private uint _head;
    private uint _tail;

    private TimerEntry* _scratch;

    // The first _ordered entries are a heap, the rest newcomers that nobody looked at yet.
    private readonly TimerEntry* _heap;
    private uint _ordered;
    private uint _heapCount;

    // Where the first entry was found.
    private bool _firstIsInHeap;

    public NearEntries(TaskTable tasks, uint capacity)
    {
        _tasks = tasks;
        _records = tasks.Records;
        _limit = 2 * capacity + 4096;   // live ones and, before they are swept, as many cancelled
        _pages = new NativePages(3UL * _limit * (uint)sizeof(TimerEntry));
        _run = (TimerEntry*)_pages.Address;
        _scratch = _run + _limit;
        _heap = _scratch + _limit;
    }

    public bool IsEmpty => _head == _tail && _heapCount == 0;

    public uint Count => _tail - _head + _heapCount;

    public ulong MemoryBytes => ((ulong)_tail + _heapCount) * (uint)sizeof(TimerEntry);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TimerEntry entry)
    {
        if (_tail != _limit && (_head == _tail || _run[_tail - 1].IsBefore(entry)))
        {
            _run[_tail++] = entry;
        }
        else
        {
            if (_heapCount == _limit)
            {
                Merge();
            }
            _heap[_heapCount++] = entry;
        }
    }

    /// <summary>The first entry, cancelled or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFirst(out TimerEntry entry)
    {
        if (_heapCount == 0)
        {
            if (_head == _tail)
            {
                entry = default;
                return false;
            }
            _firstIsInHeap = false;
            entry = _run[_head];
            return true;
        }
        return TryFirstOfBoth(out entry);
    }

    /// <summary>Drops what TryFirst gave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DropFirst()
    {
        if (_firstIsInHeap)
        {
            DropRoot();
        }
        else if (++_head == _tail)
        {
            _head = _tail = 0;
        }
    }

    /// <summary>Takes the live entries of a chain, whose chunks are freed, when there are no others; gives the number of those that were cancelled.</summary>
    public long Open(uint chunk, EntryChunks chunks)
    {
        uint kept = 0;
        long met = 0;
        while (chunk != 0)
        {
            EntryChunk* at = chunks.At(chunk);
            uint next = at->Next;
            if (Sse.IsSupported && next != 0)
            {
                Sse.Prefetch0(chunks.At(next));
            }
            kept += CopyLive(at, _scratch + kept);
            met += at->Count;
            chunks.Free(chunk);
            chunk = next;
        }
        if (kept <= EntrySort.VeryFew)
        {
            EntrySort.Rank(_scratch, kept, _run);
        }
        else
        {
            Buffer.MemoryCopy(_scratch, _run, (ulong)kept * (uint)sizeof(TimerEntry), (ulong)kept * (uint)sizeof(TimerEntry));
            EntrySort.Sort(_run, kept, _scratch);
        }
        _head = 0;
        _tail = kept;
        return met - kept;
    }

    private uint CopyLive(EntryChunk* chunk, TimerEntry* target)
    {
        TaskRecord* records = _records;
        TimerEntry* entries = (TimerEntry*)chunk->Entries;
        uint count = chunk->Count;
        if (Sse.IsSupported)
        {
            for (uint i = 0; i < count; i++)
            {
                Sse.Prefetch0(records + entries[i].Slot);
            }
        }
        uint kept = 0;
        for (uint i = 0; i < count; i++)
        {
            TimerEntry entry = entries[i];
            TaskRecord* record = records + entry.Slot;
            _tasks.PrefetchChain(record->Id);
            target[kept] = entry;
            kept += record->Arrival == entry.Arrival ? 1u : 0u;
        }
        return kept;
    }

    /// <summary>Drops the cancelled entries; gives their number.</summary>
    public long DropStale()
    {
        uint before = Count;
        uint kept = 0;
        for (uint i = _head; i < _tail; i++)
        {
            if (_records[_run[i].Slot].Arrival == _run[i].Arrival)
            {
                _run[kept++] = _run[i];
            }
        }
        _head = 0;
        _tail = kept;
        kept = 0;
        for (uint i = 0; i < _heapCount; i++)
        {
            if (_records[_heap[i].Slot].Arrival == _heap[i].Arrival)
            {
                _heap[kept++] = _heap[i];
            }
        }
        _heapCount = kept;
        _ordered = 0;
        return before - Count;
    }

    /// <summary>Gives each entry the arrival that its record bears now; the order does not change by it.</summary>
    public void TakeArrivals()
    {
        for (uint i = _head; i < _tail; i++)
        {
            _run[i] = TimerQueue.WithArrivalOf(_run[i], _records);
        }
        for (uint i = 0; i < _heapCount; i++)
        {
            _heap[i] = TimerQueue.WithArrivalOf(_heap[i], _records);
        }
    }

    public void CopyTo(List<TimerEntry> entries)
    {
        for (uint i = _head; i < _tail; i++)
        {
            entries.Add(_run[i]);
        }
        for (uint i = 0; i < _heapCount; i++)
        {
            entries.Add(_heap[i]);
        }
    }

    public void Clear() => _head = _tail = _heapCount = _ordered = 0;

    public void Dispose() => _pages.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFirstOfBoth(out TimerEntry entry)
    {
        if (_ordered != _heapCount)
        {
            OrderNewcomers();
        }
        _firstIsInHeap = _heapCount != 0 && (_head == _tail || _heap[0].IsBefore(_run[_head]));
        entry = _firstIsInHeap ? _heap[0] : _run[_head];
        return true;
    }

    private void OrderNewcomers()
    {
        uint newcomers = _heapCount - _ordered;
        if (newcomers > ManyNewcomers && newcomers > Count / 8)
        {
            Merge();
            return;
        }
        while (_ordered < _heapCount)
        {
            Climb(_ordered, _heap[_ordered]);
            _ordered++;
        }
    }

    /// <summary>The whole heap goes into the run.</summary>
    private void Merge()
    {
        if (Count > _limit)
        {
            throw new InvalidOperationException("the near entries of the timer queue are used up");
        }
        EntrySort.Sort(_heap, _heapCount, _scratch);
        TimerEntry* target = _scratch;
        uint fromRun = _head;
        uint fromHeap = 0;
        while (fromRun < _tail && fromHeap < _heapCount)
        {
            *target++ = _heap[fromHeap].IsBefore(_run[fromRun]) ? _heap[fromHeap++] : _run[fromRun++];
        }
        while (fromRun < _tail)
        {
            *target++ = _run[fromRun++];
        }
        while (fromHeap < _heapCount)
        {
            *target++ = _heap[fromHeap++];
        }
        TimerEntry* merged = _scratch;
        _scratch = _run;
        _run = merged;
        _head = 0;
        _tail = (uint)(target - _run);
        _heapCount = _ordered = 0;
    }

    private void DropRoot()
    {
        TimerEntry last = _heap[--_heapCount];
        _ordered = _heapCount;
        if (_heapCount != 0)
        {
            Sink(last);
        }
    }

    private void Climb(uint place, TimerEntry entry)
    {
        TimerEntry* heap = _heap;
        while (place != 0)
        {
            uint parent = (place - 1) >> 2;
            if (!entry.IsBefore(heap[parent]))
            {
                break;
            }
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = entry;
    }

    private void Sink(TimerEntry entry)
    {
        TimerEntry* heap = _heap;
        uint count = _heapCount;
        uint place = 0;
        while (true)
        {
            uint child = 4 * place + 1;
            if (child >= count)
            {
                break;
            }
            uint least = child;
            uint end = Math.Min(child + 4, count);
            for (uint other = child + 1; other < end; other++)
            {
                if (heap[other].IsBefore(heap[least]))
                {
                    least = other;
                }
            }
            if (!heap[least].IsBefore(entry))
            {
                break;
            }
            heap[place] = heap[least];
            place = least;
        }
        heap[place] = entry;
    }
}
