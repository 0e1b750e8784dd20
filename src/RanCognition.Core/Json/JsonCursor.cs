using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A Utf8JsonReader that knows where it is, so that every refusal names argument, JSON pointer, byte and reason.</summary>
/// <remarks>Strict: no comments, no trailing commas, no duplicate fields, no number beyond double, only whole Unicode.</remarks>
internal ref struct JsonCursor
{
    private Utf8JsonReader _reader;
    private readonly string _argument;
    private readonly int _depthMax;
    private readonly List<string> _path = [];

    public JsonCursor(ReadOnlySpan<byte> text, string argument, int depthMax = JsonIn.DepthMax)
    {
        _argument = argument;
        _depthMax = depthMax;
        if (!Utf8.IsValid(text))   // the reader would look at strings only when they are asked for
        {
            throw new InvalidJsonException(argument, $"not valid UTF-8 at byte {FirstInvalidByte(text)}");
        }
        _reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            MaxDepth = depthMax,
            CommentHandling = JsonCommentHandling.Disallow,
        });
    }

    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Byte at which the current token begins.</summary>
    public readonly int TokenStart => (int)_reader.TokenStartIndex;

    /// <summary>Byte after the current token.</summary>
    public readonly int Consumed => (int)_reader.BytesConsumed;

    /// <summary>JSON pointer of the value being read.</summary>
    public readonly string Pointer => _path.Count == 0 ? "" : "/" + string.Join('/', _path);

    /// <summary>Moves to the next token.</summary>
    public void Next()
    {
        bool moved;
        try
        {
            moved = _reader.Read();
        }
        catch (JsonException)
        {
            throw Malformed();
        }
        if (!moved)
        {
            Refuse("the text ends too early");
        }
    }

    /// <summary>The text must end here.</summary>
    public void End()
    {
        try
        {
            if (_reader.Read())
            {
                Refuse("more text after the value");
            }
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    public void Expect(JsonTokenType token, string what)
    {
        if (_reader.TokenType != token)
        {
            Refuse($"expected {what}, found {Describe(_reader.TokenType)}");
        }
    }

    /// <summary>Steps to the next field of an object and its value; false at the end. Refuses a name that was seen.</summary>
    public bool NextField(ref FieldNames seen, [NotNullWhen(true)] out string? name)
    {
        Next();
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            name = null;
            return false;
        }
        name = Text("a field name");
        if (!seen.Add(name))
        {
            Refuse($"field '{Shorten(name)}' is given twice");
        }
        if (seen.Count > JsonIn.FieldsMax)
        {
            RefuseBeyond(JsonIn.FieldsMax, "fields");
        }
        _path.Add(Escape(name));
        Next();
        return true;
    }

    /// <summary>Leaves the field that NextField entered.</summary>
    public readonly void LeaveField() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Steps to the next element of an array; false at the end.</summary>
    public bool NextElement(int index)
    {
        Next();
        if (_reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }
        _path.Add(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Leaves the element that NextElement entered.</summary>
    public readonly void LeaveElement() => _path.RemoveAt(_path.Count - 1);

    public string String()
    {
        Expect(JsonTokenType.String, "a string");
        return Text("the string");
    }

    public double Number()
    {
        Expect(JsonTokenType.Number, "a number");
        if (!_reader.TryGetDouble(out double value) || !double.IsFinite(value))
        {
            Refuse("the number is beyond the range of a double");
        }
        return value;
    }

    /// <summary>The bytes of a string, its escapes resolved.</summary>
    public byte[] Utf8Bytes()
    {
        Expect(JsonTokenType.String, "a string");
        byte[] bytes = new byte[_reader.ValueSpan.Length];   // escapes are longer than what they stand for
        try
        {
            Array.Resize(ref bytes, _reader.CopyString(bytes));
        }
        catch (InvalidOperationException)   // a lone surrogate
        {
            Refuse("the string is not valid Unicode");
        }
        return bytes;
    }

    /// <summary>The bytes that a string of base64 stands for.</summary>
    public byte[] Base64Bytes()
    {
        Expect(JsonTokenType.String, "a string");
        if (!_reader.TryGetBytesFromBase64(out byte[]? bytes))
        {
            Refuse("the string is not base64");
        }
        return bytes;
    }

    /// <summary>A number, or NaN for null.</summary>
    public double NumberOrNull()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return double.NaN;
        }
        Expect(JsonTokenType.Number, "a number or null");
        return Number();
    }

    /// <summary>A whole number 0..2^64-1; 1e9 and 5.0 are whole too.</summary>
    public ulong Whole()
    {
        Expect(JsonTokenType.Number, "a whole number");
        if (_reader.TryGetUInt64(out ulong whole))
        {
            return whole;
        }
        double value = Number();
        if (value < 0 || value != Math.Floor(value) || value >= 18446744073709551616.0)
        {
            Refuse("expected a whole number 0..18446744073709551615");
        }
        return (ulong)value;
    }

    /// <summary>A whole number within bounds.</summary>
    public ulong WholeWithin(ulong least, ulong most)
    {
        ulong value = Whole();
        if (value < least || value > most)
        {
            RefuseValue($"{value}, must be {least}..{most}");
        }
        return value;
    }

    public bool Boolean()
    {
        if (_reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            Refuse($"expected true or false, found {Describe(_reader.TokenType)}");
        }
        return _reader.GetBoolean();
    }

    /// <summary>
    /// Reads an array of numbers and nulls after its '[' without the path of each element, for long histories; a refusal still names the element.
    /// </summary>
    public double[] Numbers(int lengthMax)
    {
        Expect(JsonTokenType.StartArray, "an array of numbers");
        double[] values = new double[256];
        int count = 0;
        while (true)
        {
            Next();
            if (_reader.TokenType == JsonTokenType.EndArray)
            {
                break;
            }
            if (count == values.Length)
            {
                if (count >= lengthMax)
                {
                    RefuseBeyond(lengthMax, "values");
                }
                Array.Resize(ref values, (int)Math.Min((long)values.Length * 2, lengthMax));
            }
            double value;
            if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out value) && double.IsFinite(value))
            {
                values[count++] = value;
                continue;
            }
            _path.Add(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            values[count++] = NumberOrNull();
            LeaveElement();
        }
        Array.Resize(ref values, count);
        return values;
    }

    /// <summary>Reads an array of whole numbers.</summary>
    public ulong[] Wholes(int lengthMax)
    {
        Expect(JsonTokenType.StartArray, "an array of whole numbers");
        List<ulong> values = [];
        while (NextElement(values.Count))
        {
            if (values.Count >= lengthMax)
            {
                RefuseBeyond(lengthMax, "values");
            }
            values.Add(Whole());
            LeaveElement();
        }
        return [.. values];
    }

    /// <summary>Skips the value at which the cursor stands, checking its syntax.</summary>
    public void Skip()
    {
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }
        int depth = _reader.CurrentDepth;
        do
        {
            Next();
        }
        while (_reader.CurrentDepth > depth);
    }

    /// <summary>Reads over the value at which the cursor stands, strings and numbers included; duplicate fields are refused.</summary>
    public void Check()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                FieldNames seen = default;
                while (NextField(ref seen, out _))
                {
                    Check();
                    LeaveField();
                }
                break;
            case JsonTokenType.StartArray:
                for (int i = 0; NextElement(i); i++)
                {
                    Check();
                    LeaveElement();
                }
                break;
            case JsonTokenType.String:
                String();
                break;
            case JsonTokenType.Number:
                Number();
                break;
        }
    }

    /// <summary>Skips an unknown field and notes it.</summary>
    public void Ignore(List<IgnoredField> ignored, string reason)
    {
        if (ignored.Count < JsonIn.IgnoredMax)
        {
            ignored.Add(new IgnoredField(Pointer, reason));
        }
        Skip();
    }

    /// <summary>Notes a field of the object just read that was not used.</summary>
    public void Unused(List<IgnoredField> ignored, string name, string reason)
    {
        if (ignored.Count < JsonIn.IgnoredMax)
        {
            ignored.Add(new IgnoredField($"{Pointer}/{name}", reason));
        }
    }

    [DoesNotReturn]
    public void Refuse(string reason)
    {
        string place = Pointer.Length == 0 ? "" : Shorten(Pointer) + ": ";
        throw new InvalidJsonException(_argument, $"{place}{reason} at byte {_reader.TokenStartIndex}");
    }

    /// <summary>The value is of the right type but cannot be used.</summary>
    [DoesNotReturn]
    public readonly void RefuseValue(string reason) =>
        throw new InvalidInputException(_argument, Pointer.Length == 0 ? reason : $"{Shorten(Pointer)}: {reason}");

    /// <summary>A documented bound would be exceeded.</summary>
    [DoesNotReturn]
    public readonly void RefuseBeyond(int most, string what) => throw new LimitExceededException(_argument, $"{Shorten(Pointer)}: more than {most} {what}");

    private string Text(string what)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)   // invalid UTF-8 or a lone surrogate
        {
            Refuse($"{what} is not valid Unicode");
            return "";
        }
    }

    private readonly InvalidJsonException Malformed()
    {
        string place = Pointer.Length == 0 ? "" : Shorten(Pointer) + ": ";
        // The reader stops at the bracket that would open one level too many.
        string reason = _reader.CurrentDepth >= _depthMax - 1 ? $"nested deeper than {_depthMax} levels, or not valid JSON" : "not valid JSON";
        return new InvalidJsonException(_argument, $"{place}{reason} at byte {_reader.BytesConsumed}");
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> text)
    {
        int place = 0;
        while (place < text.Length && Rune.DecodeFromUtf8(text[place..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            place += length;
        }
        return place;
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "the end",
    };

    private static string Escape(string name) =>
        name.AsSpan().ContainsAny('~', '/') ? name.Replace("~", "~0").Replace("/", "~1") : name;

    private static string Shorten(string text) => text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");
}
