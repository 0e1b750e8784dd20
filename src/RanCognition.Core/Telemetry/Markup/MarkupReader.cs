using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Telemetry.Markup;

/// <summary>Steps through the elements and texts of an XML document in UTF-8. Nothing is copied but texts and attributes with references or line ends in them.</summary>
/// <remarks>
/// XML 1.0 (fifth edition) and Namespaces in XML 1.0, well-formedness only, with two differences: a document type declaration is refused, so that there are no entities but the five
/// that XML knows, nothing is fetched and nothing grows; and the XML declaration may stand behind processing instructions, as some network elements write it. Prefixes must be declared
/// and are dropped.
/// </remarks>
internal ref partial struct MarkupReader
{
    // What ends the plain part of a text, or needs a look: control characters, references, ']]>', and the first byte of U+FFFE and U+FFFF.
    private static readonly SearchValues<byte> TextStops = Stops("<&\r]"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly string _argument;
    private readonly MarkupState _state = new();
    private int _at;
    private bool _hasDeclaration;
    private bool _isBehindOthers;   // a blank at the start, or a comment: no declaration may follow
    private bool _hasRoot;
    private bool _closesAtOnce;   // the current element is <empty/>: its end comes without a token of its own
    private int _contentStart;
    private int _contentEnd;
    private bool _needsDecoding;
    private bool _isCharacterData;   // of <![CDATA[, where references are none

    /// <param name="text">Valid UTF-8.</param>
    /// <param name="argument">Named in errors.</param>
    public MarkupReader(ReadOnlySpan<byte> text, string argument)
    {
        _text = text;
        _argument = argument;
    }

    /// <summary>Elements open here; one that just began counts, one that just ended does not.</summary>
    public readonly int Depth => _state.Depth;

    /// <summary>Name of the element that just began, without its prefix.</summary>
    public readonly ReadOnlySpan<byte> Name => Local(_text[_state.Open[_state.Depth - 1]]);

    /// <summary>Moves to the next token.</summary>
    public MarkupToken Next()
    {
        if (_closesAtOnce)
        {
            _closesAtOnce = false;
            Leave();
            return MarkupToken.Finish;
        }
        while (true)
        {
            if (_at == _text.Length)
            {
                return End();
            }
            if (_text[_at] != '<')
            {
                if (_state.Depth > 0)
                {
                    return Characters();
                }
                _isBehindOthers |= _at == 0;
                SkipBlanks();
                if (_at < _text.Length && _text[_at] != '<')
                {
                    Fault(_at, "text outside of the root element");
                }
                continue;
            }
            ReadOnlySpan<byte> rest = _text[_at..];
            if (rest.StartsWith("</"u8))
            {
                return Finish();
            }
            if (rest.StartsWith("<?"u8))
            {
                Instruction();
            }
            else if (rest.StartsWith("<!--"u8))
            {
                Comment();
            }
            else if (rest.StartsWith("<![CDATA["u8) && _state.Depth > 0)
            {
                return CharacterData();
            }
            else if (rest.StartsWith("<!"u8))
            {
                Fault(_at, rest.StartsWith("<!DOCTYPE"u8) ? "a document type declaration is not allowed" : "'<!' begins nothing that may stand here");
            }
            else
            {
                return Start();
            }
        }
    }

    /// <summary>Moves to the next child of the element that is open, over texts; false at its end.</summary>
    public bool NextChild()
    {
        MarkupToken token;
        do
        {
            token = Next();
        }
        while (token == MarkupToken.Text);
        return token == MarkupToken.Start;
    }

    /// <summary>Goes over the rest of the element that just began.</summary>
    public void SkipElement()
    {
        int outside = _state.Depth - 1;
        while (_state.Depth > outside)
        {
            Next();
        }
    }

    /// <summary>The text of the element that just began, without that of elements in it; the reader stands behind the element. Valid until the next attribute or text is read.</summary>
    public ReadOnlySpan<byte> Content()
    {
        int outside = _state.Depth - 1;
        int length = 0;
        int pieces = 0;
        ReadOnlySpan<byte> whole = [];
        while (_state.Depth > outside)
        {
            if (Next() != MarkupToken.Text || _state.Depth != outside + 1)
            {
                continue;
            }
            ReadOnlySpan<byte> raw = _text[_contentStart.._contentEnd];
            if (pieces == 0 && !_needsDecoding)
            {
                whole = raw;
            }
            else
            {
                if (pieces == 1 && length == 0)
                {
                    Append(whole, ref length, isPlain: true, isAttribute: false);
                }
                Append(raw, ref length, !_needsDecoding, isAttribute: false);
                whole = _state.Decoded.AsSpan(0, length);
            }
            pieces++;
        }
        return whole;
    }

    private MarkupToken End()
    {
        if (_state.Depth > 0)
        {
            Fault(_at, $"the text ends within <{Shown(_text[_state.Open[_state.Depth - 1]])}>");
        }
        if (!_hasRoot)
        {
            Fault(_at, "there is no root element");
        }
        return MarkupToken.End;
    }

    private MarkupToken Characters()
    {
        _contentStart = _at;
        _needsDecoding = false;
        _isCharacterData = false;
        while (true)
        {
            int stop = _text[_at..].IndexOfAny(TextStops);
            _at = stop < 0 ? _text.Length : _at + stop;
            if (stop < 0 || _text[_at] == '<')
            {
                _contentEnd = _at;
                return MarkupToken.Text;
            }
            if (_text[_at] == ']')
            {
                if (_text[_at..].StartsWith("]]>"u8))
                {
                    Fault(_at, "']]>' in a text");
                }
                _at++;
            }
            else
            {
                _needsDecoding |= _text[_at] is (byte)'&' or (byte)'\r';
                StepOver();
            }
        }
    }

    private MarkupToken CharacterData()
    {
        int start = _at + 9;
        int length = _text[start..].IndexOf("]]>"u8);
        if (length < 0)
        {
            Fault(_at, "'<![CDATA[' has no end");
        }
        RequireCharacters(start, start + length);
        _contentStart = start;
        _contentEnd = start + length;
        _isCharacterData = true;
        _needsDecoding = _text[start.._contentEnd].Contains((byte)'\r');
        _at = _contentEnd + 3;
        return MarkupToken.Text;
    }

    private void Comment()
    {
        _isBehindOthers = true;
        int start = _at + 4;
        int length = _text[start..].IndexOf("--"u8);
        if (length < 0 || start + length + 2 >= _text.Length || _text[start + length + 2] != '>')
        {
            Fault(_at, length < 0 ? "a comment has no end" : "'--' in a comment");
        }
        RequireCharacters(start, start + length);
        _at = start + length + 3;
    }

    /// <summary>A processing instruction or the XML declaration.</summary>
    private void Instruction()
    {
        int start = _at + 2;
        int length = _text[start..].IndexOf("?>"u8);
        if (length < 0)
        {
            Fault(_at, "'<?' has no end");
        }
        ReadOnlySpan<byte> inside = _text.Slice(start, length);
        int nameLength = MarkupName.Length(inside);
        ReadOnlySpan<byte> name = inside[..nameLength];
        if (!MarkupName.IsName(name) || (nameLength < length && !DecimalText.IsBlank(inside[nameLength])))
        {
            Fault(_at, "a processing instruction must begin with a name");
        }
        RequireCharacters(start, start + length);
        if (Ascii.EqualsIgnoreCase(name, "xml"u8))
        {
            if (_isBehindOthers || _hasRoot || _hasDeclaration || !name.SequenceEqual("xml"u8) || !IsDeclaration(inside[3..]))
            {
                Fault(_at, "an XML declaration that is not one, or not where it may stand");
            }
            _hasDeclaration = true;
        }
        _at = start + length + 2;
    }

    /// <summary>version, then encoding or not, then standalone or not.</summary>
    private static bool IsDeclaration(ReadOnlySpan<byte> text)
    {
        bool isRight = Take(ref text, "version"u8, out ReadOnlySpan<byte> version) && version.Length > 2 && version.StartsWith("1."u8) && !version[2..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        if (Take(ref text, "encoding"u8, out ReadOnlySpan<byte> encoding))
        {
            isRight &= !encoding.IsEmpty && char.IsAsciiLetter((char)encoding[0]) && MarkupName.Length(encoding) == encoding.Length && !encoding.Contains((byte)':');
        }
        if (Take(ref text, "standalone"u8, out ReadOnlySpan<byte> standalone))
        {
            isRight &= standalone.SequenceEqual("yes"u8) || standalone.SequenceEqual("no"u8);
        }
        return isRight && DecimalText.Trimmed(text).IsEmpty;
    }

    /// <summary>Takes blanks, a name, '=' and a quoted value off the front; false, and nothing taken, when they are not there.</summary>
    private static bool Take(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = [];
        ReadOnlySpan<byte> rest = text.TrimStart(" \t\r\n"u8);
        if (rest.Length == text.Length || !rest.StartsWith(name))
        {
            return false;
        }
        rest = rest[name.Length..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] != '=')
        {
            return false;
        }
        rest = rest[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\''))
        {
            return false;
        }
        int length = rest[1..].IndexOf(rest[0]);
        if (length < 0)
        {
            return false;
        }
        value = rest.Slice(1, length);
        text = rest[(length + 2)..];
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    [DoesNotReturn]
    private readonly void Fault(int place, string reason) => throw new InvalidInputException(_argument, $"{Place(place)}: {reason}");

    [DoesNotReturn]
    private readonly void Beyond(int most, string what) => throw new LimitExceededException(_argument, $"{Place(_at)}: more than {most.ToString(CultureInfo.InvariantCulture)} {what}");

    private readonly string Place(int place) => MarkupPlace.Of(_text, place);

    private static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, 60)]);

    private static SearchValues<byte> Stops(ReadOnlySpan<byte> more)
    {
        byte[] bytes = new byte[32 + more.Length];
        int count = 0;
        for (byte code = 0; code < 0x20; code++)
        {
            if (code is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
            {
                bytes[count++] = code;
            }
        }
        bytes[count++] = 0xEF;
        more.CopyTo(bytes.AsSpan(count));
        return SearchValues.Create(bytes.AsSpan(0, count + more.Length));
    }
}
