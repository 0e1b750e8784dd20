using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

/// <summary>Records of the pending tasks by slot, and the way from an id to its slot.</summary>
/// <remarks>
/// Slots are used again last first. An id's chain is found by its lowest bits: ids follow one another, so chains are short and the table is walked along,
/// not hashed over. All memory is reserved when the table is made and taken where it is used.
/// </remarks>
internal sealed unsafe class TaskTable : IDisposable
{
    private const uint PrefetchedSlots = 8;

    private readonly NativePages _recordPages;
    private readonly NativePages _chainPages;
    private readonly uint* _chains;
    private readonly uint _chainMask;
    private readonly uint _capacity;
    private readonly TaskData _data;
    private readonly NativePages _freePages;
    private NativePages? _extraPages;   // from the first task on that has one
    private TaskExtra* _extras;

    // Slots to use again, the newest on top: an array, not a chain through the records, so that the next ones are known and asked for early.
    private readonly uint* _free;
    private uint _freeCount;
    private uint _unusedSlot = 1;
    private uint _freeExtra;
    private uint _unusedExtra = 1;

    public TaskTable(uint capacity, TaskData data)
    {
        _data = data;
        _capacity = capacity;
        _recordPages = new NativePages(((ulong)capacity + 1) * (uint)sizeof(TaskRecord));
        Records = (TaskRecord*)_recordPages.Address;
        _freePages = new NativePages(((ulong)capacity + 1) * sizeof(uint));
        _free = (uint*)_freePages.Address;
        uint chains = BitOperations.RoundUpToPowerOf2(Math.Max(capacity, 16)) * 2;
        _chainMask = chains - 1;
        _chainPages = new NativePages((ulong)chains * sizeof(uint));
        _chains = (uint*)_chainPages.Address;
    }

    public TaskRecord* Records { get; }

    /// <summary>Tasks in the table, running ones too that recur or can be tried again, and those for which the owner has claimed room.</summary>
    public long Count;

    /// <summary>What was claimed and is not used is free again.</summary>
    public void GiveBackRoom() => Volatile.Write(ref Count, _unusedSlot - 1L - _freeCount);

    /// <summary>A slot with this id; the caller fills the rest, and has claimed the room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(ulong id)
    {
        uint slot;
        if (_freeCount != 0)
        {
            slot = _free[--_freeCount];
            if (Sse.IsSupported && _freeCount > PrefetchedSlots)
            {
                Sse.Prefetch0(Records + _free[_freeCount - PrefetchedSlots]);
            }
        }
        else
        {
            slot = _unusedSlot++;
            Debug.Assert(slot <= _capacity);
        }
        uint* chain = _chains + ((uint)id & _chainMask);
        TaskRecord* record = Records + slot;
        record->Id = id;
        record->Next = *chain;
        *chain = slot;
        return slot;
    }

    /// <summary>0 = there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(ulong id)
    {
        uint slot = _chains[(uint)id & _chainMask];
        while (slot != 0 && Records[slot].Id != id)
        {
            slot = Records[slot].Next;
        }
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(uint slot)
    {
        TaskRecord* record = Records + slot;
        uint* link = _chains + ((uint)record->Id & _chainMask);
        while (*link != slot)
        {
            link = &Records[*link].Next;
        }
        *link = record->Next;
        record->Id = 0;
        record->Arrival = 0;
        _free[_freeCount++] = slot;
        Count--;
    }

    /// <summary>What Remove will look at of this id, asked for early.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchChain(ulong id)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_chains + ((uint)id & _chainMask));
        }
    }

    public TaskExtra* ExtraOf(uint slot) => _extras + Records[slot].Extra;

    /// <summary>Reserves the memory of extras, so that AddExtra cannot fail.</summary>
    public void PrepareExtras()
    {
        if (_extraPages is null)
        {
            _extraPages = new NativePages(((ulong)_capacity + 1) * (uint)sizeof(TaskExtra));
            _extras = (TaskExtra*)_extraPages.Address;
        }
    }

    public uint AddExtra(in TaskExtra extra)
    {
        PrepareExtras();
        uint place = _freeExtra;
        if (place != 0)
        {
            _freeExtra = _extras[place].Next;
        }
        else
        {
            place = _unusedExtra++;
        }
        _extras[place] = extra;
        return place;
    }

    public void FreeExtra(uint place)
    {
        _extras[place].Next = _freeExtra;
        _freeExtra = place;
    }

    public ulong MemoryBytes => (ulong)_unusedSlot * (uint)sizeof(TaskRecord) + (ulong)_unusedExtra * (uint)sizeof(TaskExtra) + ((ulong)_chainMask + 1) * sizeof(uint);

    /// <summary>Slots in use in the order of their arrival; after them those that have none, by id.</summary>
    public List<uint> SlotsByArrival()
    {
        List<uint> waiting = [];
        using NativePages pages = new(2 * (ulong)_unusedSlot * (uint)sizeof(TimerEntry));
        TimerEntry* entries = (TimerEntry*)pages.Address;
        uint count = 0;
        for (uint slot = 1; slot < _unusedSlot; slot++)
        {
            if (Records[slot].Arrival != 0)
            {
                entries[count++] = TimerEntry.Of(0, 0, Records[slot].Arrival, slot);
            }
            else if (Records[slot].Id != 0)
            {
                waiting.Add(slot);
            }
        }
        EntrySort.Sort(entries, count, entries + _unusedSlot);
        List<uint> slots = new((int)Count);
        for (uint i = 0; i < count; i++)
        {
            slots.Add(entries[i].Slot);
        }
        waiting.Sort((left, right) => Records[left].Id.CompareTo(Records[right].Id));
        slots.AddRange(waiting);
        return slots;
    }

    /// <summary>Bytes of data that its tasks have.</summary>
    public ulong DataBytes()
    {
        ulong bytes = 0;
        for (uint slot = 1; slot < _unusedSlot; slot++)
        {
            if (Records[slot].Id != 0 && (Records[slot].Flags & TaskFlags.HasData) != 0)
            {
                bytes += (ulong)TaskData.LengthOf(Records[slot].Payload);
            }
        }
        return bytes;
    }

    public void Dispose()
    {
        for (uint slot = 1; slot < _unusedSlot; slot++)
        {
            if (Records[slot].Id != 0 && (Records[slot].Flags & TaskFlags.HasData) != 0)
            {
                _data.Free(Records[slot].Payload);
            }
        }
        _unusedSlot = 1;
        _recordPages.Dispose();
        _freePages.Dispose();
        _chainPages.Dispose();
        _extraPages?.Dispose();
    }
}
