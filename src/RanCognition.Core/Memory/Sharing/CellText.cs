namespace RanCognition.Memory.Sharing;

/// <summary>Text as PostgreSQL can hold it, which is any but U+0000: that one is written \0, and so that it stays exact, a backslash is doubled.</summary>
internal static class CellText
{
    public static string Escape(string text)
        => text.AsSpan().IndexOfAny('\\', '\0') < 0 ? text : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);

    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }
        var plain = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool escaped = text[i] == '\\' && i + 1 < text.Length;
            char character = escaped ? text[++i] : text[i];
            plain.Append(escaped && character == '0' ? '\0' : character);
        }
        return plain.ToString();
    }
}
