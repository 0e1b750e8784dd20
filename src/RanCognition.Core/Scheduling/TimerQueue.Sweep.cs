using System.Runtime.Intrinsics.X86;

namespace RanCognition.Scheduling;

internal sealed unsafe partial class TimerQueue
{
    // Where the sweep goes on; chunk 0 = at the next bucket that is not empty.
    private SweepPlace _sweep;

    /// <summary>Drops the cancelled entries of one chunk, so that no single call sweeps for long.</summary>
    private void SweepSome()
    {
        if (_live == 0)
        {
            Clear();
            return;
        }
        if (_near.Count > 2 * (ulong)_live + StaleAllowed)
        {
            _stale -= _near.DropStale();
            return;
        }
        if (_sweep.Chunk == 0 && !FindNext())
        {
            _stale -= _near.DropStale();   // all else has been seen: what is left lies here, or will be seen by the next round
            return;
        }
        SweepChunk();
    }

    private void SweepChunk()
    {
        EntryChunk* at = _chunks.At(_sweep.Chunk);
        TimerEntry* entries = (TimerEntry*)at->Entries;
        uint kept = 0;
        if (Sse.IsSupported)
        {
            for (uint i = 0; i < at->Count; i++)
            {
                Sse.Prefetch0(_records + entries[i].Slot);
            }
        }
        for (uint i = 0; i < at->Count; i++)
        {
            TimerEntry entry = entries[i];
            if (_records[entry.Slot].Arrival == entry.Arrival)
            {
                entries[kept++] = entry;
            }
        }
        _stale -= at->Count - kept;
        at->Count = kept;
        uint next = at->Next;
        if (!JoinBefore(at, entries))
        {
            _sweep.Before = _sweep.Chunk;
        }
        _sweep.Chunk = next;
    }

    /// <summary>Moves the entries of the chunk at hand into the one before it when there is room, and frees it.</summary>
    private bool JoinBefore(EntryChunk* at, TimerEntry* entries)
    {
        if (_sweep.Before != 0)
        {
            EntryChunk* before = _chunks.At(_sweep.Before);
            if (before->Count + at->Count > EntryChunk.Room)
            {
                return false;
            }
            for (uint i = 0; i < at->Count; i++)
            {
                ((TimerEntry*)before->Entries)[before->Count++] = entries[i];
            }
            before->Next = at->Next;
            _chunks.Free(_sweep.Chunk);
            return true;
        }
        // The first of its chain stays, unless it is the only one and empty.
        if (at->Count == 0 && at->Next == 0 && _levels[_sweep.Level].Heads[_sweep.Digit] == _sweep.Chunk)
        {
            _chunks.Free(TakeChain(_sweep.Level, _sweep.Digit));
            return true;
        }
        return false;
    }

    /// <summary>Sets the sweep on the next bucket that is not empty; false after the last one, from where it begins again.</summary>
    private bool FindNext()
    {
        for (int level = _sweep.Level; level < Levels; level++)
        {
            Level* at = _levels + level;
            for (uint digit = level == _sweep.Level ? _sweep.Digit + 1 : 0; digit < Buckets; digit++)
            {
                if (at->Words[digit >> 6] == 0)
                {
                    digit |= 63;
                }
                else if (at->Heads[digit] != 0)
                {
                    _sweep = new SweepPlace { Level = level, Digit = digit, Chunk = at->Heads[digit] };
                    return true;
                }
            }
        }
        _sweep = new SweepPlace { Level = 0, Digit = uint.MaxValue };
        return false;
    }

    /// <summary>Drops all cancelled entries at once.</summary>
    public void SweepAll()
    {
        _sweep = new SweepPlace { Level = 0, Digit = uint.MaxValue };
        while (_sweep.Chunk != 0 || FindNext())
        {
            SweepChunk();
        }
        _stale -= _near.DropStale();
        System.Diagnostics.Debug.Assert(_stale == 0);
    }

    /// <summary>After all records got new arrivals in the order of the old ones: gives them to the entries. None is stale.</summary>
    public void TakeArrivals()
    {
        _near.TakeArrivals();
        ForEachChunk(chunk =>
        {
            EntryChunk* at = _chunks.At(chunk);
            TimerEntry* entries = (TimerEntry*)at->Entries;
            for (uint i = 0; i < at->Count; i++)
            {
                entries[i] = WithArrivalOf(entries[i], _records);
            }
        });
    }

    public static TimerEntry WithArrivalOf(TimerEntry entry, TaskRecord* records) =>
        TimerEntry.Of(entry.Due, entry.Priority, records[entry.Slot].Arrival, entry.Slot);

    /// <summary>All live entries, in no order.</summary>
    public List<TimerEntry> LiveEntries()
    {
        List<TimerEntry> entries = new((int)Math.Min(_live + _stale, int.MaxValue));
        _near.CopyTo(entries);
        ForEachChunk(chunk =>
        {
            EntryChunk* at = _chunks.At(chunk);
            for (uint i = 0; i < at->Count; i++)
            {
                entries.Add(((TimerEntry*)at->Entries)[i]);
            }
        });
        entries.RemoveAll(entry => _records[entry.Slot].Arrival != entry.Arrival);
        return entries;
    }

    private void ForEachChunk(Action<uint> visit)
    {
        for (int level = 0; level < Levels; level++)
        {
            for (int digit = 0; digit < Buckets; digit++)
            {
                for (uint chunk = _levels[level].Heads[digit]; chunk != 0; chunk = _chunks.At(chunk)->Next)
                {
                    visit(chunk);
                }
            }
        }
    }

    private struct SweepPlace
    {
        public int Level;
        public uint Digit;
        public uint Before;
        public uint Chunk;
    }
}
