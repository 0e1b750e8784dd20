using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A scanner that knows where it is, so that every refusal names argument, JSON pointer, byte and reason.</summary>
/// <remarks>Strict: no comments, no trailing commas, no duplicate fields, no number beyond double, only whole Unicode.</remarks>
internal ref partial struct JsonCursor
{
    private JsonScanner _scanner;
    private readonly ReadOnlySpan<byte> _text;
    private readonly string _argument;
    private readonly int _depthMax;
    private readonly List<JsonStep> _path = new(8);   // from the root to the value being read; made text only when somebody asks
    private readonly OpenNames _names = new();   // of the objects open here

    public JsonCursor(ReadOnlySpan<byte> text, string argument, int depthMax = JsonIn.DepthMax)
    {
        _argument = argument;
        _depthMax = depthMax;
        if (!Utf8.IsValid(text))   // once for all: names, strings and what is skipped
        {
            throw new InvalidJsonException(argument, $"not valid UTF-8 at byte {FirstInvalidByte(text)}");
        }
        _text = text;
        _scanner = new JsonScanner(text, depthMax);
    }

    public readonly JsonTokenType Token => _scanner.Token;

    /// <summary>Byte at which the current token begins.</summary>
    public readonly int TokenStart => _scanner.TokenStart;

    /// <summary>Byte after the current token.</summary>
    public readonly int Consumed => _scanner.Consumed;

    /// <summary>The text from a place on to the end of the current token.</summary>
    public readonly ReadOnlySpan<byte> TextSince(int start) => _text[start.._scanner.Consumed];

    /// <summary>JSON pointer of the value being read.</summary>
    public readonly string Pointer => string.Concat(_path);

    /// <summary>Moves to the next token.</summary>
    public void Next()
    {
        if (!_scanner.Next())
        {
            RefuseText();
        }
    }

    /// <summary>The text must end here.</summary>
    public void End()
    {
        if (!_scanner.AtEnd())
        {
            RefuseText();
        }
    }

    public void Expect(JsonTokenType token, string what)
    {
        if (_scanner.Token != token)
        {
            Refuse($"expected {what}, found {Describe(_scanner.Token)}");
        }
    }

    /// <summary>Steps to the next field of an object and its value; false at the end. Refuses a name that was seen.</summary>
    public bool NextField(ref FieldNames seen, [NotNullWhen(true)] out string? name)
    {
        Next();
        if (_scanner.Token == JsonTokenType.EndObject)
        {
            seen.Leave(_names);
            name = null;
            return false;
        }
        name = Name(out uint hash);
        if (!seen.Add(name, hash, _names))
        {
            Refuse($"field '{Shorten(name)}' is given twice");
        }
        if (seen.Count > JsonIn.FieldsMax)
        {
            RefuseBeyond(JsonIn.FieldsMax, "fields");
        }
        _path.Add(new JsonStep(name, 0));
        Next();
        return true;
    }

    /// <summary>Leaves the field that NextField entered.</summary>
    public readonly void LeaveField() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Steps to the next element of an array; false at the end.</summary>
    public bool NextElement(int index)
    {
        Next();
        if (_scanner.Token == JsonTokenType.EndArray)
        {
            return false;
        }
        _path.Add(new JsonStep(null, index));
        return true;
    }

    /// <summary>Leaves the element that NextElement entered.</summary>
    public readonly void LeaveElement() => _path.RemoveAt(_path.Count - 1);

    public string String()
    {
        Expect(JsonTokenType.String, "a string");
        return Text();
    }

    public double Number()
    {
        Expect(JsonTokenType.Number, "a number");
        double value = _scanner.Number;
        if (!double.IsFinite(value))
        {
            Refuse("the number is beyond the range of a double");
        }
        return value;
    }

    /// <summary>The bytes of a string, its escapes resolved.</summary>
    public byte[] Utf8Bytes()
    {
        Expect(JsonTokenType.String, "a string");
        return Unescaped("the string").ToArray();
    }

    /// <summary>The bytes that a string of base64 stands for.</summary>
    public byte[] Base64Bytes()
    {
        Expect(JsonTokenType.String, "a string");
        byte[]? bytes = JsonText.FromBase64(Unescaped("the string"));
        if (bytes is null)
        {
            Refuse("the string is not base64");
        }
        return bytes;
    }

    /// <summary>A number, or NaN for null.</summary>
    public double NumberOrNull()
    {
        if (_scanner.Token == JsonTokenType.Null)
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
        if (_scanner.TryGetWhole(out ulong whole))
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
        if (_scanner.Token is not (JsonTokenType.True or JsonTokenType.False))
        {
            Refuse($"expected true or false, found {Describe(_scanner.Token)}");
        }
        return _scanner.Token == JsonTokenType.True;
    }

    /// <summary>Reads an array of numbers and nulls after its '['; null becomes NaN.</summary>
    public double[] Numbers(int lengthMax)
    {
        Expect(JsonTokenType.StartArray, "an array of numbers");
        double[] values = new double[Math.Min(_scanner.CountElements(), lengthMax)];
        int count = 0;
        while (true)
        {
            count += _scanner.NextNumbers(values.AsSpan(count));
            if (!NextElement(count))
            {
                Array.Resize(ref values, count);
                return values;
            }
            if (count >= lengthMax)
            {
                LeaveElement();
                RefuseBeyond(lengthMax, "values");
            }
            values[count++] = NumberOrNull();
            LeaveElement();
        }
    }

    /// <summary>Reads an array of whole numbers.</summary>
    public ulong[] Wholes(int lengthMax)
    {
        Expect(JsonTokenType.StartArray, "an array of whole numbers");
        ulong[] values = new ulong[Math.Min(_scanner.CountElements(), lengthMax)];
        int count = 0;
        while (NextElement(count))
        {
            if (count >= lengthMax)
            {
                RefuseBeyond(lengthMax, "values");
            }
            values[count++] = Whole();
            LeaveElement();
        }
        Array.Resize(ref values, count);
        return values;
    }

    /// <summary>Skips the value at which the cursor stands, checking its syntax.</summary>
    public void Skip()
    {
        if (_scanner.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }
        int depth = _scanner.Depth;
        do
        {
            SkipNumbers();
            Next();
        }
        while (_scanner.Depth >= depth);
    }

    /// <summary>Reads over the value at which the cursor stands, strings and numbers included; duplicate fields are refused.</summary>
    public void Check()
    {
        switch (_scanner.Token)
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
        throw new InvalidJsonException(_argument, $"{place}{reason} at byte {_scanner.TokenStart}");
    }

    /// <summary>The value is of the right type but cannot be used.</summary>
    [DoesNotReturn]
    public readonly void RefuseValue(string reason) =>
        throw new InvalidInputException(_argument, Pointer.Length == 0 ? reason : $"{Shorten(Pointer)}: {reason}");

    /// <summary>The value that ended here lacks something. When it is all of the text, the text must be JSON to its end before it is judged by what it lacks.</summary>
    [DoesNotReturn]
    public void RefuseIncomplete(string reason)
    {
        if (Pointer.Length == 0)
        {
            End();
        }
        RefuseValue(reason);
    }

    /// <summary>A documented bound would be exceeded.</summary>
    [DoesNotReturn]
    public readonly void RefuseBeyond(int most, string what) =>
        throw new LimitExceededException(_argument, $"{(Pointer.Length == 0 ? "" : Shorten(Pointer) + ": ")}more than {most} {what}");

    private string Text() => Encoding.UTF8.GetString(Unescaped("the string"));

    private string Name(out uint hash) => NameCache.Get(Unescaped("a field name"), out hash);

    /// <summary>The current string or name; its own bytes in the text, or a copy when it has escapes.</summary>
    private ReadOnlySpan<byte> Unescaped(string what)
    {
        ReadOnlySpan<byte> value = _scanner.Value;
        if (!_scanner.HasEscapes)
        {
            return value;
        }
        byte[] plain = new byte[value.Length];
        if (!JsonText.TryUnescape(value, plain, out int length))
        {
            Refuse($"{what} is not valid Unicode");
        }
        return plain.AsSpan(0, length);
    }

    [DoesNotReturn]
    private readonly void RefuseText()
    {
        (long place, bool mayBeTooDeep) = JsonFault.Find(_text, _depthMax);
        string reason = mayBeTooDeep ? $"nested deeper than {_depthMax} levels, or not valid JSON" : "not valid JSON";
        string pointer = Pointer;
        throw new InvalidJsonException(_argument, $"{(pointer.Length == 0 ? "" : Shorten(pointer) + ": ")}{reason} at byte {place}");
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

    private static string Shorten(string text) => text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");
}
