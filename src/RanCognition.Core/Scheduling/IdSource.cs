using System.Runtime.CompilerServices;

namespace RanCognition.Scheduling;

/// <summary>Gives out task ids 1, 2, 3, ...: to the queue's owner from a block of its own, without an atomic operation; to other threads one by one.</summary>
/// <remarks>With one thread the ids follow one another without a gap. Those that other threads took in between are left out of the owner's.</remarks>
internal sealed class IdSource
{
    private const ulong BlockIds = 256;

    /// <summary>Beyond this no id is given: sums of an id and a count of executions stay far from overflow.</summary>
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

    /// <summary>Any thread.</summary>
    public ulong TakeShared(ulong count)
    {
        ulong first = Interlocked.Add(ref _unreserved, count) - count;
        return first > IdMax ? 0 : first;
    }

    /// <summary>True when the id was given to somebody. Of the owner's block only what it has given out.</summary>
    public bool WasGiven(ulong id) => id != 0 && id < Volatile.Read(ref _unreserved) && !(id >= _next && id < _end);

    /// <summary>Only the owner: no id below this will be given.</summary>
    public void RaiseTo(ulong first)
    {
        if (first <= Next)
        {
            return;
        }
        if (first < _end && first > _next)
        {
            _next = first;
            return;
        }
        ulong unreserved = Volatile.Read(ref _unreserved);
        while (unreserved < first)
        {
            ulong seen = Interlocked.CompareExchange(ref _unreserved, first, unreserved);
            if (seen == unreserved)
            {
                break;
            }
            unreserved = seen;
        }
        _next = _end = Volatile.Read(ref _unreserved);
    }

    private bool TryExtend(ulong count)
    {
        if (_next > IdMax)
        {
            return false;
        }
        ulong more = Math.Max(BlockIds, count);
        if (Interlocked.CompareExchange(ref _unreserved, _end + more, _end) == _end)
        {
            _end += more;
            return true;
        }
        _end = Interlocked.Add(ref _unreserved, more);
        _next = _end - more;
        return true;
    }
}
