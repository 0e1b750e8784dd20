using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Json;

/// <summary>One number of a JSON text: its grammar is checked and its digits are gathered in one pass; what it is worth is worked out when asked.</summary>
/// <remarks>Values are correctly rounded, bit for bit those of double.Parse. Clinger's method and Eisel and Lemire's serve what measurements look like, the framework the rest.</remarks>
internal struct JsonNumber
{
    private const int DigitsMax = 19;   // that many always fit in 64 bits
    private const int ExponentMax = 1_000_000;
    private const ulong ExactMax = 1UL << 53;   // up to it every whole number is a double

    private ulong _digits;
    private int _exponent;   // of ten
    private bool _isNegative;
    private bool _isWhole;   // neither fraction nor exponent
    private bool _isShort;   // digits and exponent are all there is

    /// <summary>Reads a number that begins at a place of the text and moves behind it; false when it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Scan(ReadOnlySpan<byte> text, ref int place)
    {
        int at = place;
        bool isNegative = (uint)at < (uint)text.Length && text[at] == '-';
        if (isNegative)
        {
            at++;
        }
        int first = at;
        ulong digits = 0;
        ScanDigits(text, ref at, ref digits);
        int count = at - first;
        if (count == 0 || (count > 1 && text[first] == '0'))
        {
            return false;
        }
        bool isWhole = true;
        int exponent = 0;
        if ((uint)at < (uint)text.Length && text[at] == '.')
        {
            int point = ++at;
            ScanDigits(text, ref at, ref digits);
            exponent = point - at;
            if (exponent == 0)
            {
                return false;
            }
            count -= exponent;
            isWhole = false;
        }
        bool isShort = count <= DigitsMax || HasManyLeadingZeros(text[first..at], count);
        if ((uint)at < (uint)text.Length && (text[at] | 0x20) == 'e')
        {
            int length = ExponentLength(text[at..], out int given);
            if (length == 0)
            {
                return false;
            }
            at += length;
            exponent += given;
            isWhole = false;
            isShort &= given is > -ExponentMax and < ExponentMax;
        }
        _digits = digits;
        _exponent = exponent;
        _isNegative = isNegative;
        _isWhole = isWhole;
        _isShort = isShort;
        place = at;
        return true;
    }

    /// <summary>The value; the token is the text that Scan went over. Infinite when it is beyond double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double ToDouble(ReadOnlySpan<byte> token)
    {
        if (!_isShort || _digits > ExactMax || (uint)(_exponent + 22) > 44)
        {
            return FromManyDigits(token, _digits, _exponent, _isNegative, _isShort);
        }
        double exact = (long)_digits;   // it and the power are exact, so the one division or product is rounded once
        double value = _exponent < 0 ? exact / ExactPowersOfTen[-_exponent] : exact * ExactPowersOfTen[_exponent];
        return _isNegative ? -value : value;
    }

    /// <summary>The number as it stands, when it is written without sign, fraction and exponent and fits.</summary>
    public readonly bool TryGetWhole(ReadOnlySpan<byte> token, out ulong value)
    {
        value = _digits;
        return _isWhole && !_isNegative && (_isShort || Utf8Parser.TryParse(token, out value, out _));
    }

    /// <summary>Appends the digits that begin at a place and moves behind them: up to eight at once, however many there are, as a loop's end is hard to foresee.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ScanDigits(ReadOnlySpan<byte> text, ref int at, ref ulong digits)
    {
        while (at <= text.Length - sizeof(ulong))
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            // The highest bit of each byte that is no digit. Carries spoil only the bytes after the first such, which nobody looks at.
            ulong others = ((eight + 0x4646464646464646) | (eight - 0x3030303030303030)) & 0x8080808080808080;
            int count = BitOperations.TrailingZeroCount(others) >> 3;
            if (count == 0)
            {
                return;
            }
            ulong value = (eight & 0x0F0F0F0F0F0F0F0F) << (64 - 8 * count);   // zeros come before the digits
            value = value * 10 + (value >> 8);   // pairs, then all of them
            value = ((value & 0x000000FF000000FF) * (100 + (1000000UL << 32)) + ((value >> 16) & 0x000000FF000000FF) * (1 + (10000UL << 32))) >> 32;
            digits = digits * WholePowersOfTen[count] + value;
            at += count;
            if (count < 8)
            {
                return;
            }
        }
        uint digit;
        while ((uint)at < (uint)text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            digits = digits * 10 + digit;
            at++;
        }
    }

    private static double FromManyDigits(ReadOnlySpan<byte> token, ulong digits, int exponent, bool isNegative, bool isShort)
    {
        if (isShort && digits != 0 && (uint)(exponent + PowersOfFive.ExponentMax) <= 2 * PowersOfFive.ExponentMax)
        {
            return FromProduct(digits, exponent, isNegative);
        }
        return Utf8Parser.TryParse(token, out double parsed, out _) ? parsed : double.NaN;
    }

    /// <summary>Length and value of an exponent with its letter; 0 when it has no digits. What is far beyond any double stays at a bound.</summary>
    private static int ExponentLength(ReadOnlySpan<byte> text, out int exponent)
    {
        int at = 1;
        bool isMinus = at < text.Length && text[at] == '-';
        if (isMinus || (at < text.Length && text[at] == '+'))
        {
            at++;
        }
        int first = at;
        exponent = 0;
        uint digit;
        while ((uint)at < (uint)text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            exponent = Math.Min(exponent * 10 + (int)digit, ExponentMax);
            at++;
        }
        exponent = isMinus ? -exponent : exponent;
        return at > first ? at : 0;
    }

    /// <summary>So many zeros before the first digit that counts that the others fit.</summary>
    private static bool HasManyLeadingZeros(ReadOnlySpan<byte> number, int count)
    {
        int significant = number.IndexOfAnyExcept((byte)'0', (byte)'.');
        int zeros = significant < 0 ? count : significant - number[..significant].Count((byte)'.');
        return count - zeros <= DigitsMax;
    }

    /// <summary>digits x 10^exponent from a product of 128 bits (D. Lemire, "Number parsing at a gigabyte per second"); in this range it is always a normal double.</summary>
    private static double FromProduct(ulong digits, int exponent, bool isNegative)
    {
        int shift = BitOperations.LeadingZeroCount(digits);
        (ulong powerHigh, ulong powerLow) = PowersOfFive.At(exponent);
        ulong high = Math.BigMul(digits << shift, powerHigh, out ulong low);
        if ((high & 0x1FF) == 0x1FF)   // what the lower half of the power adds could carry into the bits that count
        {
            ulong more = Math.BigMul(digits << shift, powerLow, out _);
            low += more;
            high += low < more ? 1UL : 0;
        }
        int upper = (int)(high >> 63);
        ulong mantissa = high >> (upper + 9);   // 53 bits and one to round by
        int power = ((217706 * exponent) >> 16) + 63 + upper - shift + 1023;
        bool isHalfway = low <= 1 && exponent is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << (upper + 9) == high;
        if (isHalfway)
        {
            mantissa--;   // to even, that is down
        }
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa == ExactMax)
        {
            mantissa >>= 1;
            power++;
        }
        return BitConverter.UInt64BitsToDouble((mantissa & ~(1UL << 52)) | ((ulong)power << 52) | (isNegative ? 1UL << 63 : 0));
    }

    private static ReadOnlySpan<uint> WholePowersOfTen => [1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000];

    private static ReadOnlySpan<double> ExactPowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];
}
