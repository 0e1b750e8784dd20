using System.Globalization;
using System.Text;

namespace RanCognition.Telemetry.Markup;

/// <summary>Where in a text something stands, for messages.</summary>
internal static class MarkupPlace
{
    /// <summary>Line and column, both from 1 on; columns are characters.</summary>
    public static string Of(ReadOnlySpan<byte> text, int place)
    {
        ReadOnlySpan<byte> before = text[..Math.Min(place, text.Length)];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        int line = 1 + before.Count((byte)'\n');
        int column = 1 + Encoding.UTF8.GetCharCount(before[lineStart..]);
        return $"line {line.ToString(CultureInfo.InvariantCulture)}, column {column.ToString(CultureInfo.InvariantCulture)}";
    }
}
