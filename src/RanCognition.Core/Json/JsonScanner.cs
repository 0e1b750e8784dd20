using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RanCognition.Json;

/// <summary>Steps through the tokens of a JSON text: RFC 8259 as it stands, nothing more lenient.</summary>
/// <remarks>The text must be valid UTF-8. Accepts, and goes over the same tokens in the same steps, as Utf8JsonReader without comments and trailing commas.</remarks>
internal ref partial struct JsonScanner
{
    /// <summary>The kinds of open containers are bits of one word.</summary>
    public const int DepthMax = 64;

    // What ends the plain part of a string: its end, an escape, or a control character, which may not stand there.
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _text;
    private readonly int _depthMax;
    private int _at;   // behind the current token; behind the colon after a field name
    private int _valueEnd;
    private int _depth;
    private ulong _objects;   // lowest bit: the innermost container is an object
    private JsonNumber _number;

    public JsonScanner(ReadOnlySpan<byte> text, int depthMax)
    {
        Debug.Assert(depthMax is > 0 and <= DepthMax);
        _text = text;
        _depthMax = depthMax;
    }

    public JsonTokenType Token { get; private set; }

    /// <summary>Byte at which the current token begins.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Byte after the current token.</summary>
    public readonly int Consumed => _at;

    /// <summary>Containers open here; one that just opened counts, one that just closed does not.</summary>
    public readonly int Depth => _depth;

    /// <summary>The current string, name or number as it stands in the text, without quotes.</summary>
    public readonly ReadOnlySpan<byte> Value =>
        Token == JsonTokenType.Number ? _text[TokenStart.._valueEnd] : _text[(TokenStart + 1)..(_valueEnd - 1)];

    /// <summary>The current string or name has escapes.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>The current number; infinite when it is beyond double.</summary>
    public readonly double Number => _number.ToDouble(Value);

    /// <summary>The current number, when it is written without sign, fraction and exponent and fits.</summary>
    public readonly bool TryGetWhole(out ulong value) => _number.TryGetWhole(Value, out value);

    /// <summary>Moves to the next token; false when there is none or the text is not JSON here.</summary>
    public bool Next()
    {
        SkipBlanks();
        switch (Token)
        {
            case JsonTokenType.None or JsonTokenType.PropertyName:
                return NextValue();
            case JsonTokenType.StartObject:
                return Peek == '}' ? Close(isObject: true) : NextName();
            case JsonTokenType.StartArray:
                return Peek == ']' ? Close(isObject: false) : NextValue();
        }
        if (_depth == 0)
        {
            return false;
        }
        bool isObject = (_objects & 1) != 0;
        if (Peek == ',')
        {
            _at++;
            SkipBlanks();
            return isObject ? NextName() : NextValue();
        }
        return Peek == (isObject ? '}' : ']') && Close(isObject);
    }

    /// <summary>Nothing but blanks is left, and the value is complete.</summary>
    public bool AtEnd()
    {
        SkipBlanks();
        return _depth == 0 && _at == _text.Length && Token != JsonTokenType.None;
    }

    private readonly int Peek => (uint)_at < (uint)_text.Length ? _text[_at] : -1;

    private void SkipBlanks() => SkipBlanks(_text, ref _at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SkipBlanks(ReadOnlySpan<byte> text, ref int at)
    {
        while ((uint)at < (uint)text.Length && text[at] <= ' ' && IsBlank(text[at]))
        {
            at++;
        }
    }

    private static bool IsBlank(byte character) => character is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private bool NextValue()
    {
        TokenStart = _at;
        switch (Peek)
        {
            case '"':
                Token = JsonTokenType.String;
                return ScanString();
            case '{':
                return Open(JsonTokenType.StartObject);
            case '[':
                return Open(JsonTokenType.StartArray);
            case 't':
                return Literal("true"u8, JsonTokenType.True);
            case 'f':
                return Literal("false"u8, JsonTokenType.False);
            case 'n':
                return Literal("null"u8, JsonTokenType.Null);
            default:
                Token = JsonTokenType.Number;
                bool isNumber = _number.Scan(_text, ref _at) && (EndsNumber(_text, _at) || (_depth == 0 && _at == _text.Length));
                _valueEnd = _at;
                return isNumber;
        }
    }

    private bool NextName()
    {
        TokenStart = _at;
        Token = JsonTokenType.PropertyName;
        if (Peek != '"' || !ScanString())
        {
            return false;
        }
        SkipBlanks();
        return Peek == ':' && ++_at > 0;
    }

    private bool Open(JsonTokenType token)
    {
        if (_depth >= _depthMax)
        {
            return false;
        }
        _depth++;
        _objects = (_objects << 1) | (token == JsonTokenType.StartObject ? 1UL : 0);
        Token = token;
        _at++;
        return true;
    }

    private bool Close(bool isObject)
    {
        TokenStart = _at++;
        _depth--;
        _objects >>= 1;
        Token = isObject ? JsonTokenType.EndObject : JsonTokenType.EndArray;
        return true;
    }

    private bool Literal(ReadOnlySpan<byte> word, JsonTokenType token)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return false;
        }
        Token = token;
        _at += word.Length;
        return true;
    }

    /// <summary>Something must end a number; '/' does it for Utf8JsonReader, which then refuses it as a comment one step later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsNumber(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length && (text[at] == ',' || EndsNumber(text[at]));

    private static bool EndsNumber(byte character) => character is (byte)']' or (byte)'}' or (byte)'/' || IsBlank(character);

    /// <summary>Moves from the opening quote of a string behind the closing one.</summary>
    private bool ScanString()
    {
        HasEscapes = false;
        int at = _at + 1;
        while (true)
        {
            int stop = _text[at..].IndexOfAny(StringStops);
            if (stop < 0)
            {
                return false;
            }
            at += stop;
            if (_text[at] == '"')
            {
                _valueEnd = _at = at + 1;
                return true;
            }
            if (_text[at] != '\\' || !SkipEscape(ref at))
            {
                return false;
            }
            HasEscapes = true;
        }
    }

    private readonly bool SkipEscape(ref int at)
    {
        if (at + 1 >= _text.Length)
        {
            return false;
        }
        if (_text[at + 1] != 'u')
        {
            bool isKnown = "\"\\/bfnrt"u8.Contains(_text[at + 1]);
            at += 2;
            return isKnown;
        }
        at += 6;
        if (at > _text.Length)
        {
            return false;
        }
        foreach (byte digit in _text[(at - 4)..at])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }
        return true;
    }
}
