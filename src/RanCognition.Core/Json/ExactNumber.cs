using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Numbers that must come back as they were given: what a double cannot hold keeps its text.</summary>
internal static class ExactNumber
{
    private const int SurelyExactLength = 15;   // so many digits always survive the way through a double
    private const int DigitsMax = 17;   // of the shortest text of any double
    private const int ExponentMax = 1_000_000;

    /// <param name="text">A JSON number.</param>
    /// <param name="value">The double nearest to it.</param>
    public static MetadataValue.Number Of(ReadOnlySpan<byte> text, double value) =>
        new(value, IsSame(text, value) ? null : Encoding.ASCII.GetString(text));

    /// <summary>A text that JSON takes for one number.</summary>
    public static bool IsNumber(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        JsonNumber number = default;
        int end = 0;
        return number.Scan(bytes, ref end) && end == bytes.Length;
    }

    /// <summary>The double, written out, is the number of the text.</summary>
    private static bool IsSame(ReadOnlySpan<byte> text, double value)
    {
        if (text.Length <= SurelyExactLength && text.IndexOfAny((byte)'e', (byte)'E') < 0)
        {
            return true;
        }
        Span<byte> shortest = stackalloc byte[32];
        bool hasRoom = value.TryFormat(shortest, out int length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[DigitsMax];
        Span<byte> others = stackalloc byte[DigitsMax];
        return hasRoom && Take(text, digits, out int count, out int exponent) && Take(shortest[..length], others, out int otherCount, out int otherExponent)
            && digits[..count].SequenceEqual(others[..otherCount]) && (count == 0 || exponent == otherExponent);
    }

    /// <summary>The digits between the first and the last that is not 0, and the power of ten of the last; false when there are more than a double needs.</summary>
    private static bool Take(ReadOnlySpan<byte> text, Span<byte> digits, out int count, out int exponent)
    {
        count = 0;
        exponent = 0;
        int mark = text.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = mark < 0 ? text : text[..mark];
        int zeros = 0;   // since the last digit that counts
        bool isFraction = false;
        foreach (byte character in mantissa)
        {
            if (character == '.')
            {
                isFraction = true;
            }
            if (character is < (byte)'0' or > (byte)'9')
            {
                continue;
            }
            exponent -= isFraction ? 1 : 0;
            if (character == '0')
            {
                zeros++;
                continue;
            }
            zeros = count == 0 ? 0 : zeros;   // those before the first digit do not count
            if (count + zeros >= digits.Length)
            {
                return false;
            }
            digits.Slice(count, zeros).Fill((byte)'0');
            count += zeros;
            digits[count++] = character;
            zeros = 0;
        }
        exponent += zeros + (mark < 0 ? 0 : Exponent(text[(mark + 1)..]));
        return true;
    }

    private static int Exponent(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte character in text.TrimStart("+-"u8))
        {
            value = Math.Min(value * 10 + (character - '0'), ExponentMax);
        }
        return text[0] == '-' ? -value : value;
    }
}
