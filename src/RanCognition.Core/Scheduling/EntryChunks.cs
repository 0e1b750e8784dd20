using System.Runtime.CompilerServices;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

/// <summary>The chunks of all buckets: handed out by number (0 = none), taken back, used again last first while they are in the cache.</summary>
internal sealed unsafe class EntryChunks : IDisposable
{
    // Cancelled entries can outnumber the live a little before they are swept, and swept chunks are at least half full: 8 places an entry are never used up.
    private const int RoomFactor = 8;

    private readonly NativePages _pages;
    private readonly EntryChunk* _chunks;
    private readonly uint _limit;
    private uint _free;
    private uint _unused = 1;

    public EntryChunks(uint capacityEntries, int chains)
    {
        _limit = (uint)((ulong)capacityEntries * RoomFactor / EntryChunk.Room + (ulong)chains + StaleRoom);
        _pages = new NativePages((ulong)_limit * (uint)sizeof(EntryChunk));
        _chunks = (EntryChunk*)_pages.Address;
    }

    // The cancelled entries that are allowed before sweeping begins.
    private const uint StaleRoom = 2048;

    public ulong MemoryBytes => (ulong)_unused * (uint)sizeof(EntryChunk);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryChunk* At(uint chunk) => _chunks + chunk;

    /// <summary>Adds an entry to the chain that begins with head (0 = none yet); gives its head after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Append(uint head, TimerEntry entry)
    {
        EntryChunk* at = _chunks + head;
        if (head == 0 || at->Count == EntryChunk.Room)
        {
            uint chunk = Take();
            at = _chunks + chunk;
            at->Next = head;
            at->Count = 0;
            head = chunk;
        }
        ((TimerEntry*)at->Entries)[at->Count++] = entry;
        return head;
    }

    public void Free(uint chunk)
    {
        _chunks[chunk].Next = _free;
        _free = chunk;
    }

    /// <summary>Gives the number of entries that lay in the chain.</summary>
    public long FreeChain(uint chunk)
    {
        long entries = 0;
        while (chunk != 0)
        {
            uint next = _chunks[chunk].Next;
            entries += _chunks[chunk].Count;
            Free(chunk);
            chunk = next;
        }
        return entries;
    }

    /// <summary>Forgets all chains.</summary>
    public void Clear()
    {
        _free = 0;
        _unused = 1;
    }

    public void Dispose() => _pages.Dispose();

    private uint Take()
    {
        uint chunk = _free;
        if (chunk != 0)
        {
            _free = _chunks[chunk].Next;
            return chunk;
        }
        if (_unused == _limit)
        {
            throw new InvalidOperationException("the chunks of the timer queue are used up");
        }
        return _unused++;
    }
}
