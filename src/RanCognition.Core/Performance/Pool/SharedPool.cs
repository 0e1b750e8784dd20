namespace RanCognition.Performance;

/// <summary>A pool with several holders, whose memory stays until the last of them has let go.</summary>
public sealed class SharedPool(MemoryPool pool)
{
    private int _holders = 1;   // whoever made it

    public MemoryPool Pool { get; } = pool;

    /// <summary>One holder more; false when the last has let go.</summary>
    public bool TryHold()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders != 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }
            holders = seen;
        }
        return false;
    }

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Pool.Dispose();
        }
    }
}
