namespace RanCognition.Memory;

/// <summary>Counts the calls that are inside, so that what they use is let go by the last one that leaves after the end.</summary>
internal sealed class UseCount(Action close)
{
    private const long Closed = 1L << 62;

    private long _state;   // calls inside, and the flag

    public Use Enter()
    {
        if ((Interlocked.Increment(ref _state) & Closed) != 0)
        {
            Leave();
            throw new ObjectDisposedException(null);
        }
        return new Use(this);
    }

    /// <summary>No call enters any more; the first Close counts.</summary>
    public void Close()
    {
        if ((Interlocked.Or(ref _state, Closed) & Closed) == 0)
        {
            CloseIfLast(Interlocked.Read(ref _state));
        }
    }

    private void Leave() => CloseIfLast(Interlocked.Decrement(ref _state));

    private void CloseIfLast(long state)
    {
        if (state == Closed && Interlocked.CompareExchange(ref _state, Closed | (Closed >> 1), Closed) == Closed)
        {
            close();
        }
    }

    /// <summary>One call that is inside.</summary>
    public readonly struct Use(UseCount count) : IDisposable
    {
        public void Dispose() => count.Leave();
    }
}
