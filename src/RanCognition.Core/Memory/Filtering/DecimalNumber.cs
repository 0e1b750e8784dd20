using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>A number by its decimal digits: 0.Digits times ten to the power of Magnitude, no zero at either end; zero has no digits.</summary>
internal readonly struct DecimalNumber
{
    private const long ExponentMax = 1L << 40;   // beyond it numbers of one sign are told apart by their digits only
    private const int UnsignedDigitsMax = 20;   // of an unsigned 64-bit integer

    private readonly bool _isNegative;
    private readonly long _magnitude;
    private readonly string _digits;

    private DecimalNumber(bool isNegative, long magnitude, string digits)
    {
        _isNegative = isNegative;
        _magnitude = magnitude;
        _digits = digits;
    }

    /// <summary>By the text that was kept, else by the shortest text of the double.</summary>
    public static DecimalNumber Of(MetadataValue.Number number)
    {
        if (double.IsInfinity(number.Value) && number.Exact is null)
        {
            return new DecimalNumber(number.Value < 0, long.MaxValue, "1");
        }
        return number.Exact is not null && TryParse(number.Exact, out DecimalNumber exact)
            ? exact
            : TryParse(number.Value.ToString("R", CultureInfo.InvariantCulture), out DecimalNumber shortest) ? shortest : new DecimalNumber(false, 0, "");
    }

    public int CompareTo(DecimalNumber other)
    {
        bool isZero = _digits.Length == 0;
        bool isOtherZero = other._digits.Length == 0;
        if (isZero || isOtherZero)
        {
            return isZero && isOtherZero ? 0 : isZero ? (other._isNegative ? 1 : -1) : _isNegative ? -1 : 1;
        }
        if (_isNegative != other._isNegative)
        {
            return _isNegative ? -1 : 1;
        }
        int size = _magnitude != other._magnitude ? _magnitude.CompareTo(other._magnitude) : string.CompareOrdinal(_digits, other._digits);
        return Math.Sign(_isNegative ? -size : size);
    }

    /// <summary>See <see cref="NumberOrder.Floor"/>.</summary>
    public int Floor(out ulong floor, out bool isWhole)
    {
        floor = 0;
        isWhole = _digits.Length == 0;
        if (isWhole)
        {
            return 0;
        }
        if (_isNegative)
        {
            return -1;
        }
        if (_magnitude > UnsignedDigitsMax)
        {
            return 1;
        }
        int whole = (int)Math.Max(_magnitude, 0);
        isWhole = _digits.Length <= whole;
        UInt128 value = 0;
        for (int i = 0; i < whole; i++)
        {
            value = value * 10 + (uint)(i < _digits.Length ? _digits[i] - '0' : 0);
        }
        floor = value > ulong.MaxValue ? ulong.MaxValue : (ulong)value;
        return value > ulong.MaxValue ? 1 : 0;
    }

    private static bool TryParse(string text, out DecimalNumber number)
    {
        number = default;
        int mark = text.AsSpan().IndexOfAny('e', 'E');
        ReadOnlySpan<char> mantissa = mark < 0 ? text : text.AsSpan(0, mark);
        bool isNegative = mantissa.StartsWith("-");
        mantissa = mantissa[(isNegative ? 1 : 0)..];
        int point = mantissa.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? mantissa : mantissa[..point];
        ReadOnlySpan<char> fraction = point < 0 ? default : mantissa[(point + 1)..];
        long exponent = 0;
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9') || (mark >= 0 && !TryExponent(text.AsSpan(mark + 1), out exponent)))
        {
            return false;
        }
        string all = string.Concat(whole, fraction);
        string digits = all.TrimStart('0');
        long magnitude = whole.Length - (all.Length - digits.Length) + exponent;
        number = new DecimalNumber(isNegative, magnitude, digits.TrimEnd('0'));
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        ReadOnlySpan<char> digits = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }
        foreach (char digit in digits)
        {
            exponent = Math.Min(exponent * 10 + (digit - '0'), ExponentMax);
        }
        exponent = text[0] == '-' ? -exponent : exponent;
        return true;
    }
}
