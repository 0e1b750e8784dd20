using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RanCognition.Json;

/// <summary>Arrays of numbers, which are most of what the library is given, in one loop instead of token by token.</summary>
internal ref partial struct JsonScanner
{
    /// <summary>Most elements that the array just opened can have if it holds only numbers and nulls: its commas, counted at memory speed.</summary>
    public readonly int CountElements()
    {
        ReadOnlySpan<byte> rest = _text[_at..];
        int end = rest.IndexOf((byte)']');
        return (end < 0 ? rest : rest[..end]).Count((byte)',') + 1;
    }

    /// <summary>
    /// Reads the next elements of an array as long as they are null, which becomes NaN, or numbers that a double can hold, and there is room; the last one is the
    /// current token. What stopped it is told by Next. Returns their count.
    /// </summary>
    public int NextNumbers(Span<double> target)
    {
        ReadOnlySpan<byte> text = _text;
        ref byte origin = ref MemoryMarshal.GetReference(text);
        int lastWord = text.Length - sizeof(ulong);   // behind it no eight bytes are left to be read at once
        int count = 0;
        int at = _at;
        int start = at;   // of the last element that was read, and its end
        int end = at;
        bool isMore = Token == JsonTokenType.StartArray || SkipComma(text, ref at);
        while (isMore && count < target.Length)
        {
            SkipBlanks(text, ref at);
            if (at <= lastWord && JsonShortNumber.TryRead(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref origin, at)), out int length, out double value))
            {
                target[count++] = value;
                start = at;
                end = at + length;
                at = end + 1;   // behind the comma
                continue;
            }
            int first = at;
            if (!NumberOrNull(text, ref at, out value))
            {
                break;
            }
            target[count++] = value;
            start = first;
            end = at;
            isMore = SkipComma(text, ref at);
        }
        if (count > 0)
        {
            Token = double.IsNaN(target[count - 1]) ? JsonTokenType.Null : JsonTokenType.Number;
            TokenStart = _at = start;
            _number.Scan(text, ref _at);
            _valueEnd = _at = end;
        }
        return count;
    }

    private static bool SkipComma(ReadOnlySpan<byte> text, ref int at)
    {
        SkipBlanks(text, ref at);
        if ((uint)at >= (uint)text.Length || text[at] != ',')
        {
            return false;
        }
        at++;
        return true;
    }

    // Not inlined: the loop over short numbers needs all registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool NumberOrNull(ReadOnlySpan<byte> text, ref int place, out double value)
    {
        int at = place;
        JsonNumber number = default;
        if (number.Scan(text, ref at) && EndsNumber(text, at))
        {
            value = number.ToDouble(text[place..at]);
            place = at;
            return double.IsFinite(value);
        }
        value = double.NaN;
        bool isNull = text[place..].StartsWith("null"u8);
        place += isNull ? 4 : 0;
        return isNull;
    }
}
