using System.Buffers.Text;
using System.Text.Json;

namespace RanCognition.Json;

// What the messages of control functions have beyond the other inputs: the same few texts again and again, values as they are written, and times as text.
internal ref partial struct JsonCursor
{
    /// <summary>A string that mostly was read before: one string serves all.</summary>
    public string KnownString()
    {
        Expect(JsonTokenType.String, "a string");
        return NameCache.Get(Unescaped("the string"), out _);
    }

    /// <summary>A name: a string, or a number as it is written.</summary>
    public string Label()
    {
        if (_scanner.Token != JsonTokenType.Number)
        {
            Expect(JsonTokenType.String, "a string or a number");
            return KnownString();
        }
        Number();
        return NameCache.Get(_scanner.Value, out _);
    }

    /// <summary>A string, number or boolean as it is written.</summary>
    /// <param name="number">What it is worth, when it is a finite decimal number.</param>
    public string Setting(out double? number)
    {
        number = null;
        switch (_scanner.Token)
        {
            case JsonTokenType.String:
                ReadOnlySpan<byte> text = Unescaped("the string");
                number = Decimal(text);
                return NameCache.Get(text, out _);
            case JsonTokenType.Number:
                number = Number();
                return NameCache.Get(_scanner.Value, out _);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                Refuse($"expected a string, a number or a boolean, found {Describe(_scanner.Token)}");
                return "";
        }
    }

    /// <summary>A moment: a whole number of ns since 1970, or a text as <see cref="CommandTime"/> reads it.</summary>
    public ulong Moment()
    {
        if (_scanner.Token != JsonTokenType.String)
        {
            Expect(JsonTokenType.Number, "a whole number of ns or a text of date and time");
            return Whole();
        }
        ulong time = CommandTime.Moment(Unescaped("the string"), out string? fault);
        RefuseFault(fault);
        return time;
    }

    /// <summary>A duration: a whole number of ns, or a text of milliseconds.</summary>
    public ulong Span()
    {
        if (_scanner.Token != JsonTokenType.String)
        {
            Expect(JsonTokenType.Number, "a whole number of ns or a text of milliseconds");
            return Whole();
        }
        ulong time = CommandTime.Milliseconds(Unescaped("the string"), out string? fault);
        RefuseFault(fault);
        return time;
    }

    private readonly void RefuseFault(string? fault)
    {
        if (fault is not null)
        {
            RefuseValue(fault);
        }
    }

    /// <summary>What a text is worth that is all one finite decimal number, blanks around it allowed.</summary>
    private static double? Decimal(ReadOnlySpan<byte> text)
    {
        JsonNumber number = default;
        int end = 0;
        double value;
        if (number.Scan(text, ref end) && end == text.Length)
        {
            value = number.ToDouble(text);
        }
        else
        {
            text = text.Trim(" \t\r\n"u8);
            if (!Utf8Parser.TryParse(text, out value, out end) || end != text.Length)   // a plus sign, zeros before the number
            {
                return null;
            }
        }
        return double.IsFinite(value) ? value : null;
    }
}
