namespace RanCognition.Tests.Performance.Pool;

/// <summary>The documented size classes, worked out anew: steps of 16 bytes to 512, 16 steps a doubling up to 32 KiB, then whole pages.</summary>
internal static class PoolClasses
{
    private const nuint SmallMax = 32 << 10;
    private const nuint PageBytes = 4096;

    public static nuint Bytes(nuint size)
    {
        nuint step = 16;
        while (size > 32 * step && size <= SmallMax)
        {
            step *= 2;
        }
        step = size > SmallMax ? PageBytes : step;
        return (size + step - 1) / step * step;
    }

    /// <summary>The most that a block of this size may take: the next larger class, from which it may come.</summary>
    public static nuint NextBytes(nuint size) => size > SmallMax ? Bytes(size) : Bytes(size) == SmallMax ? SmallMax : Bytes(Bytes(size) + 1);
}
