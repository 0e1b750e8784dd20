using System.Buffers.Text;

namespace RanCognition.Telemetry;

/// <summary>Numbers of measurement messages, as written: a sign or none, digits with a point or none, an exponent or none; nothing else.</summary>
/// <remarks>
/// Correctly rounded. What counters look like is worked out from its digits: up to 2^53 they and powers of ten up to 10^22 are exact, so that one division is rounded once
/// (W. Clinger, "How to read floating point numbers accurately", 1990); the framework serves the rest.
/// </remarks>
internal static class DecimalText
{
    private const int DigitsMax = 15;   // fewer than 2^53

    /// <summary>Without the blanks around it.</summary>
    public static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> text)
    {
        int first = 0;
        int end = text.Length;
        while (first < end && IsBlank(text[first]))
        {
            first++;
        }
        while (end > first && IsBlank(text[end - 1]))
        {
            end--;
        }
        return text[first..end];
    }

    public static bool IsBlank(byte character) => character is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    /// <summary>A finite decimal number, no blanks around it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        int at = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        long digits = 0;
        int count = 0;
        int decimals = 0;
        int point = -1;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                if (count < DigitsMax)
                {
                    digits = digits * 10 + digit;
                }
                count++;
                decimals += point < 0 ? 0 : 1;
            }
            else if (text[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }
        value = 0;
        if (count == 0 || (at < text.Length && !IsExponent(text[at..])))
        {
            return false;
        }
        if (at == text.Length && count <= DigitsMax)
        {
            value = digits / ExactPowersOfTen[decimals];
            value = text[0] == '-' ? -value : value;
            return true;
        }
        return Utf8Parser.TryParse(text, out value, out int length) && length == text.Length && double.IsFinite(value);
    }

    /// <summary>A whole number from least on, as written; 7.0 is whole too.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, int least, out int value)
    {
        bool isWhole = TryParse(Trimmed(text), out double number) && number >= least && number <= int.MaxValue && number == Math.Floor(number);
        value = isWhole ? (int)number : 0;
        return isWhole;
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        int at = text.Length > 1 && text[1] is (byte)'-' or (byte)'+' ? 2 : 1;
        return text[0] is (byte)'e' or (byte)'E' && at < text.Length && !text[at..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static ReadOnlySpan<double> ExactPowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
}
