using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace RanCognition.Json;

/// <summary>What the escapes of a string stand for.</summary>
internal static class JsonText
{
    /// <summary>
    /// Resolves the escapes of a string that JsonScanner accepted. The target must be as long as the string: escapes are longer than what they stand for.
    /// False at a surrogate without its other half, which no text can hold.
    /// </summary>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, Span<byte> target, out int length)
    {
        length = 0;
        while (true)
        {
            int plain = escaped.IndexOf((byte)'\\');
            ReadOnlySpan<byte> before = plain < 0 ? escaped : escaped[..plain];
            before.CopyTo(target[length..]);
            length += before.Length;
            if (plain < 0)
            {
                return true;
            }
            byte kind = escaped[plain + 1];
            if (kind != 'u')
            {
                target[length++] = Simple(kind);
                escaped = escaped[(plain + 2)..];
                continue;
            }
            int code = CodeUnit(escaped[(plain + 2)..]);
            escaped = escaped[(plain + 6)..];
            if (char.IsHighSurrogate((char)code) && escaped.StartsWith("\\u"u8))
            {
                int other = CodeUnit(escaped[2..]);
                if (char.IsLowSurrogate((char)other))
                {
                    code = char.ConvertToUtf32((char)code, (char)other);
                    escaped = escaped[6..];
                }
            }
            if (!Rune.TryCreate(code, out Rune rune))
            {
                return false;
            }
            length += rune.EncodeToUtf8(target[length..]);
        }
    }

    /// <summary>The bytes that base64 stands for; null when it is none.</summary>
    public static byte[]? FromBase64(ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out int consumed, out int written) != OperationStatus.Done || consumed != text.Length)
        {
            return null;
        }
        Array.Resize(ref bytes, written);
        return bytes;
    }

    private static byte Simple(byte kind) => kind switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => kind,
    };

    private static int CodeUnit(ReadOnlySpan<byte> digits) => ushort.Parse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
