using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Json;

/// <summary>A number as measurements mostly are, such as 61.5 or -3: at most seven characters without an exponent, with a comma behind them.</summary>
/// <remarks>Eight characters are looked at as one word, and nothing depends on how many digits there are but shifts, as that cannot be foreseen.</remarks>
internal static class JsonShortNumber
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong HighBits = 0x80 * Ones;

    /// <summary>Reads a number from the eight characters where it begins, the first of them lowest; false when it is none, or not a short one.</summary>
    /// <param name="eight">The characters.</param>
    /// <param name="length">Characters before the comma.</param>
    /// <param name="value">Correctly rounded: of two exact numbers one quotient.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ulong eight, out int length, out double value)
    {
        Unsafe.SkipInit(out length);
        Unsafe.SkipInit(out value);
        int sign = (byte)eight == '-' ? 8 : 0;   // places and lengths are counted in bits here, eight for each character
        ulong word = (eight >> sign) ^ ('0' * Ones);   // 0..9 in the bytes of digits
        ulong others = (((word & ~HighBits) + (0x80 - 10) * Ones) | word) & HighBits;   // the highest bit of each other byte
        int end = First(others);
        if (end == 0 || ((word & 0xFF) | (others & 0x8000)) == 0)   // no digits, or 0 before others
        {
            return false;
        }
        ulong digits = word;
        int count = end;
        int decimals = 0;
        if ((byte)(word >> end) == ('.' ^ '0'))
        {
            ulong before = (1UL << end) - 1;
            digits = (word & before) | ((word >> 8) & ~before);   // without the point
            count = First(others & (others - 1)) - 8;
            if (count <= end)
            {
                return false;
            }
            decimals = (count - end) >> 3;
            end = count + 8;
        }
        if ((byte)(word >> end) != (',' ^ '0'))
        {
            return false;
        }
        digits <<= 64 - count;   // zeros come before the digits
        digits = digits * 10 + (digits >> 8);   // pairs, then all of them
        digits = ((digits & 0x000000FF000000FF) * (100 + (1000000UL << 32)) + ((digits >> 16) & 0x000000FF000000FF) * (1 + (10000UL << 32))) >> 32;
        length = (sign + end) >> 3;
        value = (int)digits / SignedPowersOfTen[(sign + decimals) & 15];
        return true;
    }

    /// <summary>Place of the first byte whose highest bit is set; 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First(ulong highBits) => BitOperations.TrailingZeroCount(highBits) & 0x38;

    // The negative ones begin at 8, which is the sign; they make a -0 too.
    private static ReadOnlySpan<double> SignedPowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, -1, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7];
}
