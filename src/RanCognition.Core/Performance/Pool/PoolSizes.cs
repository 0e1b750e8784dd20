using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>Size classes of a pool: steps of 16 bytes to 256, then 16 steps per doubling to 32 KiB, so that rounding loses at most a sixteenth.</summary>
internal static class PoolSizes
{
    public const int Classes = 128;
    public const uint BlockBytesMax = 32 << 10;

    /// <summary>Up to here the rounding of a block fits a byte, also in a block lent by the next class.</summary>
    public const uint NarrowBytesMax = 2048;

    private const int StepsLog2 = 4;

    /// <summary>Class of a size from 1 to <see cref="BlockBytesMax"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ClassOf(uint size)
    {
        uint last = size - 1;
        int power = BitOperations.Log2(last | (1u << (2 * StepsLog2)));
        return ((power - 2 * StepsLog2) << StepsLog2) + (int)(last >> (power - StepsLog2));
    }

    /// <summary>Blocks of this class are aligned to their size.</summary>
    public static bool IsAligned(int @class) => BitOperations.IsPow2(BytesOf(@class));

    /// <summary>Bytes of the blocks of a class.</summary>
    public static uint BytesOf(int @class)
    {
        if (@class < 2 << StepsLog2)
        {
            return (uint)(@class + 1) << StepsLog2;
        }
        int doublings = (@class >> StepsLog2) - 1;
        return (uint)((@class & 15) + 17) << (StepsLog2 + doublings);
    }
}
