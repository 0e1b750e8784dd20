using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Scheduling;

/// <summary>Entries in the exact order (due, priority, arrival), with O(1) insertion and removal over any span of time.</summary>
/// <remarks>
/// A hierarchical calendar (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987) brings entries near their time without order; only those of
/// the open bucket, <see cref="NearEntries"/>, are ordered. Level 0 has buckets of 4096 ns, each level above buckets 1024 times as wide; an entry lies in the
/// level of the highest digit in which its bucket differs from the open one. Invariants: near entries have a bucket &lt;= _open, all others a later one, in an
/// upper level later than in a lower one. Cancelled entries stay until they are met, or swept when they outnumber the live.
/// Not thread-safe.
/// </remarks>
internal sealed unsafe partial class TimerQueue : IDisposable
{
    private const int BucketShift = 12;
    private const int DigitBits = 10;
    private const int Buckets = 1 << DigitBits;

    // 12 + 5 x 10 bits leave two for the uppermost level.
    private const int Levels = 6;

    // So few cancelled entries are not worth a sweep.
    private const long StaleAllowed = 1024;

    private readonly TaskRecord* _records;
    private readonly EntryChunks _chunks;
    private readonly NearEntries _near;
    private readonly Performance.NativePages _levelPages;
    private readonly Level* _levels;

    // Bucket (due >> BucketShift) up to which entries are near.
    private ulong _open;

    /// <summary>Entries that are not cancelled.</summary>
    private long _live;

    /// <summary>Entries that are, and still lie somewhere.</summary>
    private long _stale;

    public TimerQueue(TaskTable tasks, uint capacity, ulong startTime)
    {
        _records = tasks.Records;
        _chunks = new EntryChunks(capacity, Levels * Buckets);
        _near = new NearEntries(tasks, capacity);
        _levelPages = new Performance.NativePages((ulong)sizeof(Level) * Levels);
        _levels = (Level*)_levelPages.Address;
        _open = startTime >> BucketShift;
    }

    public long Count => _live;

    public long Stale => _stale;

    public ulong MemoryBytes => _chunks.MemoryBytes + _near.MemoryBytes + (ulong)sizeof(Level) * Levels;

    /// <summary>Adds an entry; its record bears the entry's arrival.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TimerEntry entry)
    {
        _live++;
        if (entry.Due >> BucketShift <= _open)
        {
            _near.Add(entry);
        }
        else
        {
            Place(entry);
        }
    }

    /// <summary>The caller has given the record of one entry another arrival, so that the entry is no more.</summary>
    public void Forget()
    {
        _live--;
        _stale++;
        if (_stale > Math.Max(_live, StaleAllowed))
        {
            SweepSome();
        }
    }

    /// <summary>Takes the first entry out if it is due at the limit or before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ulong limit, out TimerEntry entry)
    {
        while (true)
        {
            if (!_near.TryFirst(out entry))
            {
                if (!OpenNext(limit))
                {
                    return false;
                }
                continue;
            }
            if (entry.Due > limit)
            {
                return false;
            }
            _near.DropFirst();
            if (_records[entry.Slot].Arrival == entry.Arrival)
            {
                _live--;
                return true;
            }
            _stale--;
        }
    }

    /// <summary>Due time of the first entry; ulong.MaxValue when there is none.</summary>
    public ulong FirstDue()
    {
        while (_near.TryFirst(out TimerEntry first))
        {
            if (_records[first.Slot].Arrival == first.Arrival)
            {
                return first.Due;
            }
            _near.DropFirst();
            _stale--;
        }
        while (TryEarliestBucket(out int level, out uint bucket))
        {
            ulong due = EarliestIn(_levels[level].Heads[bucket]);
            if (due != ulong.MaxValue)
            {
                return due;
            }
            _stale -= _chunks.FreeChain(TakeChain(level, bucket));   // nothing in it is live
        }
        return ulong.MaxValue;
    }

    /// <summary>A time before which nothing is due, found without looking into buckets; ulong.MaxValue when there is nothing.</summary>
    public ulong FirstDueAtLeast()
    {
        if (_near.TryFirst(out TimerEntry first))
        {
            return first.Due;
        }
        return TryEarliestBucket(out int level, out uint bucket) ? StartOf(level, bucket) << BucketShift : ulong.MaxValue;
    }

    public void Dispose()
    {
        _chunks.Dispose();
        _near.Dispose();
        _levelPages.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(TimerEntry entry)
    {
        ulong bucket = entry.Due >> BucketShift;
        Debug.Assert(bucket > _open);
        int level = (int)((uint)BitOperations.Log2(bucket ^ _open) * 13 >> 7);   // / DigitBits, for 0..63
        uint digit = (uint)(bucket >> (level * DigitBits)) & (Buckets - 1);
        Level* place = _levels + level;
        uint head = place->Heads[digit];
        if (head == 0)
        {
            place->Words[digit >> 6] |= 1UL << (int)(digit & 63);
            place->Summary |= 1UL << (int)(digit >> 6);
        }
        place->Heads[digit] = _chunks.Append(head, entry);
    }

    /// <summary>Moves the entries of the next bucket that begins at the limit or before nearer, or into the near ones; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool OpenNext(ulong limit)
    {
        ulong limitBucket = limit >> BucketShift;
        while (TryEarliestBucket(out int level, out uint digit))
        {
            ulong start = StartOf(level, digit);
            if (start > limitBucket)
            {
                break;
            }
            uint chunk = TakeChain(level, digit);
            _open = start;
            if (level == 0)
            {
                PrefetchNext();
                _stale -= _near.Open(chunk, _chunks);
            }
            else
            {
                Spread(chunk);
            }
            if (!_near.IsEmpty)
            {
                return true;
            }
        }
        // Whatever is left begins after the limit, so it keeps its place when the calendar moves on to there.
        _open = Math.Max(_open, limitBucket);
        return false;
    }

    /// <summary>Places the entries of an upper bucket anew, now that its beginning is open.</summary>
    private void Spread(uint chunk)
    {
        while (chunk != 0)
        {
            EntryChunk* at = _chunks.At(chunk);
            uint next = at->Next;
            if (Sse.IsSupported && next != 0)
            {
                byte* ahead = (byte*)_chunks.At(next);
                Sse.Prefetch0(ahead);
                Sse.Prefetch0(ahead + 64);
                Sse.Prefetch0(ahead + 128);
                Sse.Prefetch0(ahead + 192);
            }
            TimerEntry* entries = (TimerEntry*)at->Entries;
            uint count = at->Count;
            for (uint i = 0; i < count; i++)
            {
                if (entries[i].Due >> BucketShift <= _open)
                {
                    _near.Add(entries[i]);
                }
                else
                {
                    Place(entries[i]);
                }
            }
            _chunks.Free(chunk);
            chunk = next;
        }
    }

    /// <summary>Memory is asked for two buckets ahead: the chunk of the next but one, the records of the next, whose chunk has arrived by now.</summary>
    private void PrefetchNext()
    {
        Level* level = _levels;
        if (!Sse.IsSupported || level->Summary == 0)
        {
            return;
        }
        int word = BitOperations.TrailingZeroCount(level->Summary);
        ulong bits = level->Words[word];
        EntryChunk* next = _chunks.At(level->Heads[word * 64 + BitOperations.TrailingZeroCount(bits)]);
        TimerEntry* entries = (TimerEntry*)next->Entries;
        for (uint i = 0; i < next->Count; i++)
        {
            Sse.Prefetch0(_records + entries[i].Slot);
        }
        bits &= bits - 1;
        if (bits != 0)
        {
            byte* ahead = (byte*)_chunks.At(level->Heads[word * 64 + BitOperations.TrailingZeroCount(bits)]);
            Sse.Prefetch0(ahead);
            Sse.Prefetch0(ahead + 64);
            Sse.Prefetch0(ahead + 128);
            Sse.Prefetch0(ahead + 192);
        }
    }

    /// <summary>The earliest bucket that holds entries: the first one of the lowest level that has any.</summary>
    private bool TryEarliestBucket(out int level, out uint digit)
    {
        for (level = 0; level < Levels; level++)
        {
            Level* at = _levels + level;
            if (at->Summary != 0)
            {
                int word = BitOperations.TrailingZeroCount(at->Summary);
                digit = (uint)(word * 64 + BitOperations.TrailingZeroCount(at->Words[word]));
                return true;
            }
        }
        digit = 0;
        return false;
    }

    /// <summary>Number of the level-0 bucket at which a bucket begins.</summary>
    private ulong StartOf(int level, uint digit)
    {
        int shift = level * DigitBits;
        ulong above = shift + DigitBits < 64 ? (_open >> (shift + DigitBits)) << (shift + DigitBits) : 0;
        return above | ((ulong)digit << shift);
    }

    private uint TakeChain(int level, uint digit)
    {
        Level* at = _levels + level;
        uint chunk = at->Heads[digit];
        at->Heads[digit] = 0;
        uint word = digit >> 6;
        if ((at->Words[word] &= ~(1UL << (int)(digit & 63))) == 0)
        {
            at->Summary &= ~(1UL << (int)word);
        }
        if (_sweep.Level == level && _sweep.Digit == digit)
        {
            _sweep.Chunk = 0;
        }
        return chunk;
    }

    private ulong EarliestIn(uint chunk)
    {
        ulong earliest = ulong.MaxValue;
        for (; chunk != 0; chunk = _chunks.At(chunk)->Next)
        {
            EntryChunk* at = _chunks.At(chunk);
            TimerEntry* entries = (TimerEntry*)at->Entries;
            for (uint i = 0; i < at->Count; i++)
            {
                if (entries[i].Due < earliest && _records[entries[i].Slot].Arrival == entries[i].Arrival)
                {
                    earliest = entries[i].Due;
                }
            }
        }
        return earliest;
    }

    private void Clear()
    {
        for (int level = 0; level < Levels; level++)
        {
            _levels[level] = default;
        }
        _chunks.Clear();
        _near.Clear();
        _sweep = default;
        _stale = 0;
    }

    /// <summary>One ring of buckets: the chain of each, and which are not empty (a bit each, and a bit for each word of them).</summary>
    private struct Level
    {
        public fixed uint Heads[Buckets];
        public fixed ulong Words[Buckets / 64];
        public ulong Summary;
    }
}
