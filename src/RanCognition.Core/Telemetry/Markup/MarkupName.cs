using System.Buffers;
using System.Text;

namespace RanCognition.Telemetry.Markup;

/// <summary>Which characters XML 1.0 allows, and which a name may have (fifth edition, productions 2, 4 and 4a).</summary>
internal static class MarkupName
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(MakeNameBytes());

    /// <summary>First and last code points that may begin a name, beyond ASCII.</summary>
    private static ReadOnlySpan<int> Letters =>
    [
        0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D, 0x37F, 0x1FFF, 0x200C, 0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF,
    ];

    /// <summary>Bytes from the start on that can be of a name.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(NameBytes);
        return length < 0 ? text.Length : length;
    }

    /// <summary>A name with at most one colon, and that within.</summary>
    public static bool IsQualified(ReadOnlySpan<byte> name)
    {
        int colon = name.IndexOf((byte)':');
        return colon < 0 ? IsName(name) : IsName(name[..colon]) && IsName(name[(colon + 1)..]);
    }

    /// <summary>A name without a colon.</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Contains((byte)':') || name[0] is (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'))
        {
            return false;
        }
        if (Ascii.IsValid(name))
        {
            return true;
        }
        bool isFirst = true;
        while (!name.IsEmpty)
        {
            Rune.DecodeFromUtf8(name, out Rune rune, out int length);
            int code = rune.Value;
            if (code >= 0x80 && !IsLetter(code) && (isFirst || !(code is 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040)))
            {
                return false;
            }
            isFirst = false;
            name = name[length..];
        }
        return true;
    }

    public static bool IsCharacter(int code) =>
        code is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    private static bool IsLetter(int code)
    {
        for (int i = 0; i < Letters.Length; i += 2)
        {
            if (code >= Letters[i] && code <= Letters[i + 1])
            {
                return true;
            }
        }
        return false;
    }

    private static byte[] MakeNameBytes()
    {
        byte[] bytes = new byte[256];
        int count = 0;
        for (int code = 0; code < 256; code++)
        {
            if (char.IsAsciiLetterOrDigit((char)code) || code is '_' or ':' or '-' or '.' or >= 0x80)
            {
                bytes[count++] = (byte)code;
            }
        }
        return bytes[..count];
    }
}
