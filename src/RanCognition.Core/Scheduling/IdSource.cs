using System.Runtime.CompilerServices;

namespace RanCognition.Scheduling;

/// <summary>Gives out task ids 1, 2, 3, ...: to the queue's owner from a block of its own, without an atomic operation; to other threads one by one.</summary>
/// <remarks>With one thread the ids follow one another without a gap. Those that other threads took in between are left out of the owner's.</remarks>
internal sealed class IdSource
{
    private const ulong BlockIds = 256;

    /// <summary>Ids are below this: sums of an id and a count of executions stay far from overflow.</summary>
    public const ulong IdMax = 1UL << 63;

    private ulong _next;
    private ulong _end;
    private ulong _unreserved;

    public IdSource(ulong first = 1) => _next = _end = _unreserved = first;

    /// <summary>The id that the owner gets next, when no other thread takes one.</summary>
    public ulong Next => _end == Volatile.Read(ref _unreserved) ? _next : Volatile.Read(ref _unreserved);

    /// <summary>Only the owner: count ids that follow one another; the first of them, or 0 when they are used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Take(ulong count)
    {
        if (_end - _next < count && !TryExtend(count))
        {
            return 0;
        }
        ulong first = _next;
        _next = first + count;
        return first;
    }

    /// <summary>Any thread: as Take.</summary>
    public ulong TakeShared(ulong count) =>
        Volatile.Read(ref _unreserved) > IdMax - count ? 0 : Interlocked.Add(ref _unreserved, count) - count;

    /// <summary>Other threads have taken no id from here on.</summary>
    public ulong FirstUnreserved => Volatile.Read(ref _unreserved);

    /// <summary>What one call could ask for may not be left.</summary>
    public bool IsNearTheEnd => Volatile.Read(ref _unreserved) > IdMax / 2;

    /// <summary>Only the owner: so many ids are left when no other thread takes one.</summary>
    public bool Has(ulong count) => IdMax - Math.Min(IdMax, Next) >= count;

    /// <summary>True when the id was given to somebody. Of the owner's block only what it has given out.</summary>
    public bool WasGiven(ulong id) => id != 0 && id < Volatile.Read(ref _unreserved) && !(id >= _next && id < _end);

    /// <summary>Only the owner: no id below this will be given, neither to others nor out of the owner's block.</summary>
    public void RaiseTo(ulong first)
    {
        ulong unreserved = Volatile.Read(ref _unreserved);
        while (unreserved < first)
        {
            ulong seen = Interlocked.CompareExchange(ref _unreserved, first, unreserved);
            unreserved = seen == unreserved ? first : seen;
        }
        _next = Math.Clamp(first, _next, _end);
    }

    private bool TryExtend(ulong count)
    {
        while (true)
        {
            ulong from = Volatile.Read(ref _unreserved);
            ulong left = from == _end ? _end - _next : 0;   // what is left of the block goes on in the new one, when that follows
            if (from > IdMax || IdMax - from < count - left)
            {
                return false;
            }
            ulong to = from + Math.Min(Math.Max(BlockIds, count - left), IdMax - from);
            if (Interlocked.CompareExchange(ref _unreserved, to, from) == from)
            {
                _next = from - left;
                _end = to;
                return true;
            }
        }
    }
}
