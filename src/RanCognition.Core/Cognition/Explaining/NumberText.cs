using System.Globalization;

namespace RanCognition.Cognition.Explaining;

/// <summary>Numbers of sentences: rounded to the digits shown, never with an exponent.</summary>
internal static class NumberText
{
    private const int SignificantDigits = 4;
    private const int DecimalsMax = 12;

    /// <summary>About four significant digits; whole where the number is large.</summary>
    public static string Of(double value)
    {
        if (value == 0)
        {
            return "0";
        }
        int decimals = 0;
        double size = Math.Abs(value);
        if (value != Math.Floor(value) || size < 1)
        {
            decimals = Math.Clamp(SignificantDigits - 1 - (int)Math.Floor(Math.Log10(size)), 0, DecimalsMax);
        }
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (decimals > 0)
        {
            text = text.TrimEnd('0').TrimEnd('.');
        }
        return text is "-0" or "" ? "0" : text;
    }

    public static string Of(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share as per cent.</summary>
    public static string Percent(double share) => Of(Math.Round(100 * share, 1)) + "%";
}
