using System.Runtime.CompilerServices;

namespace RanCognition.Scheduling;

/// <summary>One thread at a time, told at once who it is; nobody waits here.</summary>
/// <remarks>
/// The first thread that comes is favoured: it comes and goes with plain reads and writes. When another thread comes the favour is taken away once and for
/// all, and every entry costs a compare-exchange (biased locking: Dice, Moir, Scherer, "Quickly Reacquirable Locks", 2003). The favoured thread writes
/// _inside and then reads _favoured; taking away writes _favoured, puts a barrier into every thread of the process, and only then reads _inside: so one of
/// the two sees the other.
/// </remarks>
internal sealed class TurnGate
{
    private const int Undecided = 0;
    private const int BeingTakenAway = -1;
    private const int Shared = -2;
    private const int Closed = -3;

    // Thread id, or one of the above.
    private int _favoured;

    // The favoured thread's id while it is inside, also after the favour was taken away.
    private int _inside;

    // Id of a thread that is inside without favour.
    private int _owner;

    public enum Entry
    {
        Refused,
        Entered,
        AlreadyInside,
        Closed,
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Entry TryEnter(int thread)
    {
        if (_inside == thread)
        {
            return Entry.AlreadyInside;
        }
        if (Volatile.Read(ref _favoured) == thread)
        {
            Volatile.Write(ref _inside, thread);
            if (Volatile.Read(ref _favoured) == thread)
            {
                return Entry.Entered;
            }
            Interlocked.Exchange(ref _inside, 0);   // before it looks any further, or others could be refused for it when it is gone
        }
        return TryEnterShared(thread);
    }

    public bool IsInside(int thread) => Volatile.Read(ref _inside) == thread || Volatile.Read(ref _owner) == thread;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave()
    {
        // Not by _inside: the favoured thread writes that too while it finds out that it is favoured no more.
        if (_owner == 0)
        {
            Volatile.Write(ref _inside, 0);
        }
        else
        {
            Volatile.Write(ref _owner, 0);
        }
    }

    /// <summary>Only from inside: nobody enters any more.</summary>
    public void Close()
    {
        Volatile.Write(ref _favoured, Closed);
        Volatile.Write(ref _owner, Closed);
        Volatile.Write(ref _inside, 0);   // or the favoured thread would still be let in
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Entry TryEnterShared(int thread)
    {
        if (Volatile.Read(ref _owner) == thread)
        {
            return Entry.AlreadyInside;
        }
        int favoured = Volatile.Read(ref _favoured);
        if (favoured == Undecided && Interlocked.CompareExchange(ref _favoured, thread, Undecided) == Undecided)
        {
            return TryEnter(thread);
        }
        if (favoured > 0 && favoured != thread && Interlocked.CompareExchange(ref _favoured, BeingTakenAway, favoured) == favoured)
        {
            Interlocked.MemoryBarrierProcessWide();
            Interlocked.CompareExchange(ref _favoured, Shared, BeingTakenAway);   // it may have been closed meanwhile
        }
        favoured = Volatile.Read(ref _favoured);
        if (favoured == Closed)
        {
            return Entry.Closed;
        }
        if (favoured != Shared || Volatile.Read(ref _inside) != 0)
        {
            return Entry.Refused;
        }
        return Interlocked.CompareExchange(ref _owner, thread, 0) == 0 ? Entry.Entered : Entry.Refused;
    }
}
