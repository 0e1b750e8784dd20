using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Telemetry.Markup;

/// <summary>The bytes of an XML document as UTF-8: by its byte order mark, which its declaration must not contradict, else by the encoding that its declaration names.</summary>
/// <remarks>XML 1.0, 4.3.3 and appendix F; read are UTF-8, UTF-16 with a mark, US-ASCII and ISO-8859-1.</remarks>
internal static class MarkupText
{
    public static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> document, string argument)
    {
        if (document.StartsWith<byte>([0xFF, 0xFE]) || document.StartsWith<byte>([0xFE, 0xFF]))
        {
            bool isBigEndian = document[0] == 0xFE;
            ReadOnlySpan<byte> text = FromUtf16(document[2..], isBigEndian, argument);
            ReadOnlySpan<byte> named = DeclaredEncoding(text);
            if (!named.IsEmpty && !Is(named, "utf-16") && !Is(named, isBigEndian ? "utf-16be" : "utf-16le") && !Is(named, "iso-10646-ucs-2"))
            {
                NotAsDeclared(text, named, argument);
            }
            return text;
        }
        bool isMarked = document.StartsWith<byte>([0xEF, 0xBB, 0xBF]);
        document = isMarked ? document[3..] : document;
        ReadOnlySpan<byte> encoding = DeclaredEncoding(document);
        bool isUtf8 = encoding.IsEmpty || Is(encoding, "utf-8") || Is(encoding, "utf8");
        if ((isMarked && !isUtf8) || Is(encoding, "utf-16") || Is(encoding, "utf-16le") || Is(encoding, "utf-16be"))
        {
            NotAsDeclared(document, encoding, argument);
        }
        if (Is(encoding, "iso-8859-1") || Is(encoding, "latin1"))
        {
            return FromLatin1(document);
        }
        bool isAscii = Is(encoding, "us-ascii") || Is(encoding, "ascii");
        if (!isAscii && !isUtf8)
        {
            InvalidInputException.Throw(argument, $"the encoding '{Shown(encoding)}' is not read: UTF-8, UTF-16 with a byte order mark, US-ASCII and ISO-8859-1 are");
        }
        if (isAscii ? !Ascii.IsValid(document) : !Utf8.IsValid(document))
        {
            InvalidInputException.Throw(argument, isAscii ? "not US-ASCII, as its declaration says" : "not valid UTF-8");
        }
        return document;
    }

    [DoesNotReturn]
    private static void NotAsDeclared(ReadOnlySpan<byte> text, ReadOnlySpan<byte> encoding, string argument)
    {
        text.Overlaps(encoding, out int place);
        InvalidInputException.Throw(argument, $"{MarkupPlace.Of(text, place)}: the declaration names the encoding '{Shown(encoding)}', in which the message is not");
    }

    private static string Shown(ReadOnlySpan<byte> encoding) => Encoding.UTF8.GetString(encoding[..Math.Min(encoding.Length, 40)]);

    private static byte[] FromUtf16(ReadOnlySpan<byte> document, bool isBigEndian, string argument)
    {
        byte[] text = new byte[document.Length + document.Length / 2 + 3];   // three bytes for two at most
        int length = 0;
        for (int at = 0; at < document.Length; at += 2)
        {
            int unit = Unit(document, at, isBigEndian);
            if (char.IsHighSurrogate((char)unit) && Rune.TryCreate((char)unit, (char)Unit(document, at + 2, isBigEndian), out Rune pair))
            {
                length += pair.EncodeToUtf8(text.AsSpan(length));
                at += 2;
            }
            else if (unit != 0 && Rune.TryCreate((char)unit, out Rune rune))
            {
                length += rune.EncodeToUtf8(text.AsSpan(length));
            }
            else
            {
                InvalidInputException.Throw(argument, $"not valid UTF-16 at byte {at + 2}");
            }
        }
        return text[..length];
    }

    /// <summary>Zero, which is no character of XML, where there is no whole unit.</summary>
    private static int Unit(ReadOnlySpan<byte> document, int at, bool isBigEndian) =>
        at + 1 >= document.Length ? 0 : isBigEndian ? (document[at] << 8) | document[at + 1] : (document[at + 1] << 8) | document[at];

    private static byte[] FromLatin1(ReadOnlySpan<byte> document)
    {
        int wide = 0;
        foreach (byte character in document)
        {
            wide += character >> 7;
        }
        byte[] text = new byte[document.Length + wide];
        int length = 0;
        foreach (byte character in document)
        {
            if (character < 0x80)
            {
                text[length++] = character;
            }
            else
            {
                text[length++] = (byte)(0xC0 | (character >> 6));
                text[length++] = (byte)(0x80 | (character & 0x3F));
            }
        }
        return text;
    }

    /// <summary>Looks for the declaration over whatever may stand before it; whether all of it is well-formed is found later.</summary>
    private static ReadOnlySpan<byte> DeclaredEncoding(ReadOnlySpan<byte> document)
    {
        while (true)
        {
            document = document.TrimStart(" \t\r\n"u8);
            bool isComment = document.StartsWith("<!--"u8);
            int end = isComment ? document[4..].IndexOf("-->"u8) : document.IndexOf("?>"u8);
            if (end < 0 || !(isComment || document.StartsWith("<?"u8)))
            {
                return [];
            }
            if (!isComment && document.Length > 5 && document.StartsWith("<?xml"u8) && DecimalText.IsBlank(document[5]))
            {
                return Quoted(document[..end]);
            }
            document = document[(isComment ? end + 7 : end + 2)..];
        }
    }

    /// <summary>The value of encoding in a declaration.</summary>
    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> declaration)
    {
        int name = declaration.IndexOf("encoding"u8);
        ReadOnlySpan<byte> rest = name < 0 ? [] : declaration[(name + 8)..].TrimStart(" \t\r\n="u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\''))
        {
            return [];
        }
        int end = rest[1..].IndexOf(rest[0]);
        return end < 0 ? [] : rest.Slice(1, end);
    }

    private static bool Is(ReadOnlySpan<byte> encoding, string name) => Ascii.EqualsIgnoreCase(encoding, name);
}
