using System.Text;

namespace RanCognition.Telemetry.Markup;

// Characters and references.
internal ref partial struct MarkupReader
{
    /// <summary>Steps over one byte at which the search for plain text stopped, or over a reference; refuses what may not stand in a text.</summary>
    private void StepOver()
    {
        byte character = _text[_at];
        if (character == '&')
        {
            int length = Reference(_text[_at..], out _);
            if (length == 0)
            {
                Fault(_at, "'&' begins no reference to a character or to one of amp, lt, gt, apos, quot");
            }
            _at += length;
            return;
        }
        if (IsForbidden(_text, _at))
        {
            Fault(_at, "a character that XML does not allow");
        }
        _at++;
    }

    /// <summary>A part of the text that is no markup: each of its characters must be allowed.</summary>
    private readonly void RequireCharacters(int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            if (IsForbidden(_text, at))
            {
                Fault(at, "a character that XML does not allow");
            }
        }
    }

    private static bool IsForbidden(ReadOnlySpan<byte> text, int at)
    {
        byte character = text[at];
        return character < 0x20 ? character is not ((byte)'\t' or (byte)'\n' or (byte)'\r')
            : character == 0xEF && at + 2 < text.Length && text[at + 1] == 0xBF && text[at + 2] >= 0xBE;   // U+FFFE, U+FFFF
    }

    /// <summary>Length and character of a reference that begins with '&amp;'; 0 when it is none.</summary>
    private static int Reference(ReadOnlySpan<byte> text, out Rune character)
    {
        character = default;
        int end = text[..Math.Min(text.Length, 64)].IndexOf((byte)';');   // leading zeros beyond that are refused
        if (end < 2)
        {
            return 0;
        }
        ReadOnlySpan<byte> name = text[1..end];
        int code = name[0] == '#' ? Code(name[1..])
            : name.SequenceEqual("amp"u8) ? '&'
            : name.SequenceEqual("lt"u8) ? '<'
            : name.SequenceEqual("gt"u8) ? '>'
            : name.SequenceEqual("apos"u8) ? '\''
            : name.SequenceEqual("quot"u8) ? '"'
            : 0;
        if (!MarkupName.IsCharacter(code))
        {
            return 0;
        }
        character = new Rune(code);
        return end + 1;
    }

    /// <summary>65 or x41; 0, which is no character of XML, when it is none.</summary>
    private static int Code(ReadOnlySpan<byte> digits)
    {
        bool isHex = digits.Length > 1 && digits[0] == 'x';
        int code = 0;
        foreach (byte digit in isHex ? digits[1..] : digits)
        {
            if (!(isHex ? char.IsAsciiHexDigit((char)digit) : char.IsAsciiDigit((char)digit)))
            {
                return 0;
            }
            code = Math.Min(code * (isHex ? 16 : 10) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10), 0x200000);
        }
        return code;
    }

    /// <summary>Appends a text to what was decoded: references become characters, line ends one line feed, and in attributes blanks become spaces (XML 1.0, 2.11 and 3.3.3).</summary>
    private readonly void Append(ReadOnlySpan<byte> raw, ref int length, bool isPlain, bool isAttribute)
    {
        if (_state.Decoded.Length < length + raw.Length + 4)
        {
            Array.Resize(ref _state.Decoded, Math.Max(2 * _state.Decoded.Length, length + raw.Length + 4));
        }
        byte[] decoded = _state.Decoded;
        if (isPlain)
        {
            raw.CopyTo(decoded.AsSpan(length));
            length += raw.Length;
            return;
        }
        for (int at = 0; at < raw.Length; at++)
        {
            byte character = raw[at];
            if (character == '&' && !(_isCharacterData && !isAttribute))
            {
                at += Reference(raw[at..], out Rune rune) - 1;
                length += rune.EncodeToUtf8(decoded.AsSpan(length));   // never longer than the reference
                continue;
            }
            if (character == '\r')
            {
                at += at + 1 < raw.Length && raw[at + 1] == '\n' ? 1 : 0;
                character = (byte)'\n';
            }
            decoded[length++] = isAttribute && character is (byte)'\t' or (byte)'\n' ? (byte)' ' : character;
        }
    }
}
