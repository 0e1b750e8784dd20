using System.Text.Json;

namespace RanCognition.Json;

// What measurement messages have beyond the other inputs: values in any form, as written, and members that can be read only when others were.
internal ref partial struct JsonCursor
{
    /// <summary>The value as a measurement: a string's text or a number's; empty for null; for all else something that is no number.</summary>
    /// <remarks>Where the value has escapes the bytes are a copy; else they are the text's own.</remarks>
    public ReadOnlySpan<byte> Measured()
    {
        switch (_scanner.Token)
        {
            case JsonTokenType.String:
                return Unescaped("the string");
            case JsonTokenType.Number:
                return _scanner.Value;
            case JsonTokenType.Null:
                return [];
            default:
                Check();
                return "?"u8;
        }
    }

    /// <summary>Enters again, with a copy of the cursor that was made there, the field of an object whose other fields were read meanwhile; LeaveField leaves it.</summary>
    public readonly void ReenterField(string name) => _path.Add(new JsonStep(name, 0));
}
