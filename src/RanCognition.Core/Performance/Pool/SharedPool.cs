namespace RanCognition.Performance;

/// <summary>A pool with several holders, whose memory stays until the last of them has let go.</summary>
/// <param name="pool">Disposed by the last holder.</param>
/// <param name="spills">What the pool has no room for, or is large, may come from the system.</param>
public sealed class SharedPool(MemoryPool pool, bool spills = false)
{
    /// <summary>Blocks beyond this are better of the system's when they may be.</summary>
    public const uint PooledBytesMax = 128 << 10;

    public bool Spills { get; } = spills;

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
