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
    public int NextNumbers(scoped Span<double> target)
    {
        ReadOnlySpan<byte> text = _text;
        JsonNumber number = default;
        int count = 0;
        int at = _at;
        int start = at;   // of the last element that was read
        bool isMore = Token == JsonTokenType.StartArray || SkipComma(text, ref at);
        bool isShort = true;   // the element before; then the next one is probably so too
        while (isMore && count < target.Length)
        {
            if (isShort)
            {
                count += ShortNumbers(text, target[count..], ref at, ref start);
                if (count == target.Length)
                {
                    break;
                }
            }
            SkipBlanks(text, ref at);
            int first = at;
            double value;
            if (number.Scan(text, ref at) && EndsNumber(text, at))
            {
                value = number.ToDouble(text[first..at]);
                if (!double.IsFinite(value))
                {
                    break;
                }
            }
            else if (text[first..].StartsWith("null"u8))
            {
                value = double.NaN;
                at = first + 4;
            }
            else
            {
                break;
            }
            target[count++] = value;
            start = first;
            isShort = at - first < sizeof(ulong);
            isMore = SkipComma(text, ref at);
        }
        if (count > 0)
        {
            TokenStart = start;
            if (double.IsNaN(target[count - 1]))
            {
                Token = JsonTokenType.Null;
                _at = start + 4;
            }
            else
            {
                Token = JsonTokenType.Number;
                _at = start;
                _number.Scan(text, ref _at);
                _valueEnd = _at;
            }
        }
        return count;
    }

    /// <summary>Reads short numbers from a place on where an element may begin, and moves it behind the comma after the last one. Returns their count.</summary>
    /// <remarks>Not inlined and without calls, so that all it needs stays in registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ShortNumbers(ReadOnlySpan<byte> text, Span<double> target, ref int place, ref int last)
    {
        ref byte origin = ref MemoryMarshal.GetReference(text);
        int lastWord = text.Length - sizeof(ulong);   // behind it no eight bytes are left to be read at once
        int at = place;
        int start = last;
        int count = 0;
        for (; count < target.Length; count++)
        {
            SkipBlanks(text, ref at);
            if (at > lastWord || !JsonShortNumber.TryRead(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref origin, at)), out int length, out double value))
            {
                break;
            }
            target[count] = value;
            start = at;
            at += length + 1;
        }
        place = at;
        last = start;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
}
