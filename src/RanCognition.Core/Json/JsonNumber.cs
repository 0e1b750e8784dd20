using System.Buffers.Text;
using System.Numerics;

namespace RanCognition.Json;

/// <summary>One number of a JSON text: its grammar is checked and its digits are gathered in one pass; what it is worth is worked out when asked.</summary>
/// <remarks>Values are correctly rounded, bit for bit those of double.Parse. Clinger's method and Eisel and Lemire's serve what measurements look like, the framework the rest.</remarks>
internal struct JsonNumber
{
    private const int DigitsMax = 19;   // that many always fit in 64 bits
    private const ulong ExactMax = 1UL << 53;   // up to it every whole number is a double

    private ulong _digits;
    private int _exponent;   // of ten
    private bool _isNegative;
    private bool _isWhole;   // neither fraction nor exponent
    private bool _isShort;   // digits and exponent are all there is

    /// <summary>Reads a number that begins at a place of the text and moves behind it; false when it is none.</summary>
    public bool Scan(ReadOnlySpan<byte> text, ref int place)
    {
        int at = place;
        _isNegative = at < text.Length && text[at] == '-';
        if (_isNegative)
        {
            at++;
        }
        int first = at;
        ulong digits = 0;
        uint digit;
        while ((uint)at < (uint)text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            digits = digits * 10 + digit;
            at++;
        }
        int count = at - first;
        if (count == 0 || (count > 1 && text[first] == '0'))
        {
            return false;
        }
        _isWhole = true;
        _exponent = 0;
        if ((uint)at < (uint)text.Length && text[at] == '.')
        {
            int point = ++at;
            while ((uint)at < (uint)text.Length && (digit = (uint)(text[at] - '0')) <= 9)
            {
                digits = digits * 10 + digit;
                at++;
            }
            if (at == point)
            {
                return false;
            }
            _exponent = point - at;
            count += at - point;
            _isWhole = false;
        }
        _isShort = true;
        if ((uint)at < (uint)text.Length && (text[at] | 0x20) == 'e' && !ScanExponent(text, ref at))
        {
            return false;
        }
        if (count > DigitsMax)
        {
            _isShort &= count - LeadingZeros(text[first..at]) <= DigitsMax;
        }
        _digits = digits;
        place = at;
        return true;
    }

    /// <summary>The value; the token is the text that Scan went over. Infinite when it is beyond double.</summary>
    public readonly double ToDouble(ReadOnlySpan<byte> token)
    {
        if (_isShort)
        {
            if (_digits <= ExactMax && (uint)(_exponent + 22) <= 44)
            {
                double exact = (long)_digits;   // it and the power are exact, so the one division or product is rounded once
                double value = _exponent < 0 ? exact / ExactPowersOfTen[-_exponent] : exact * ExactPowersOfTen[_exponent];
                return _isNegative ? -value : value;
            }
            if (_digits != 0 && (uint)(_exponent + PowersOfFive.ExponentMax) <= 2 * PowersOfFive.ExponentMax)
            {
                return FromProduct(_digits, _exponent, _isNegative);
            }
        }
        return Utf8Parser.TryParse(token, out double parsed, out _) ? parsed : double.NaN;
    }

    /// <summary>The number as it stands, when it is written without sign, fraction and exponent and fits.</summary>
    public readonly bool TryGetWhole(ReadOnlySpan<byte> token, out ulong value)
    {
        value = _digits;
        return _isWhole && !_isNegative && (_isShort || Utf8Parser.TryParse(token, out value, out _));
    }

    private bool ScanExponent(ReadOnlySpan<byte> text, ref int at)
    {
        at++;
        bool isMinus = at < text.Length && text[at] == '-';
        if (isMinus || (at < text.Length && text[at] == '+'))
        {
            at++;
        }
        int first = at;
        int exponent = 0;
        uint digit;
        while ((uint)at < (uint)text.Length && (digit = (uint)(text[at] - '0')) <= 9)
        {
            exponent = unchecked(exponent * 10 + (int)digit);
            at++;
        }
        _isWhole = false;
        _isShort = at - first <= 8;   // more may have run over
        _exponent += isMinus ? -exponent : exponent;
        return at > first;
    }

    /// <summary>Zeros before the first digit that counts.</summary>
    private static int LeadingZeros(ReadOnlySpan<byte> number)
    {
        int zeros = 0;
        foreach (byte character in number)
        {
            if (character == '0')
            {
                zeros++;
            }
            else if (character != '.')
            {
                break;
            }
        }
        return zeros;
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

    private static ReadOnlySpan<double> ExactPowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];
}
