using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Json;

/// <summary>A number as measurements mostly are, such as 61.5 or -3: at most seven characters without an exponent, with a comma behind them.</summary>
/// <remarks>Eight characters are looked at as one word and without a branch on what they are, as neither lengths nor signs can be foreseen.</remarks>
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
        int sign = (byte)eight == '-' ? 1 : 0;
        ulong digits = (eight >> (8 * sign)) ^ ('0' * Ones);   // 0..9 in the bytes of digits
        ulong others = (((digits & ~HighBits) + (0x80 - 10) * Ones) | digits) & HighBits;   // the highest bit of each other byte
        ulong afterFirst = others & (others - 1);
        ulong beforeFirst = (others ^ (others - 1)) >> 8;   // all bits of the bytes before the first other one
        int whole = BitOperations.TrailingZeroCount(others) >> 3;
        int point = (byte)(digits >> (8 * whole)) == ('.' ^ '0') ? 1 : 0;
        int end = BitOperations.TrailingZeroCount(point != 0 ? afterFirst : others) >> 3;
        int decimals = end - whole - point;

        // Zeros come before the digits, the point is left out.
        ulong packed = point != 0 ? (digits & beforeFirst) | ((digits >> 8) & ~beforeFirst) : digits;
        packed <<= 64 - 8 * (end - point);
        packed = packed * 10 + (packed >> 8);   // pairs, then all of them
        packed = ((packed & 0x000000FF000000FF) * (100 + (1000000UL << 32)) + ((packed >> 16) & 0x000000FF000000FF) * (1 + (10000UL << 32))) >> 32;

        length = sign + end;
        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits((int)packed / PowersOfTen[decimals & 7]) | ((ulong)sign << 63));
        bool beginsWithZeroAndDigit = ((digits & 0xFF) | (others & 0x8000)) == 0;
        return (byte)(eight >> (8 * length)) == ',' && whole != 0 && end - whole != 1 && !beginsWithZeroAndDigit;
    }

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
}
