using System.Buffers.Text;
using System.Text.Json;

namespace RanCognition.Json;

/// <summary>Reads a targetValueRange: a number, a text of one, several of them in a list or in a text with commas, or {"lower","upper"}.</summary>
internal static class IntentValues
{
    /// <summary>Reads over the value. Null when it is nothing of that, or has more numbers than it may.</summary>
    public static double[]? Read(ref JsonCursor json, int most)
    {
        List<double> values = [];
        bool isRead = json.Token switch
        {
            JsonTokenType.StartArray => ReadList(ref json, values, most),
            JsonTokenType.StartObject => ReadRange(ref json, values),
            _ => ReadValue(ref json, values, most),
        };
        return isRead && values.Count > 0 ? [.. values] : null;
    }

    private static bool ReadList(ref JsonCursor json, List<double> values, int most)
    {
        bool isRead = true;
        for (int i = 0; json.NextElement(i); i++)
        {
            isRead &= ReadValue(ref json, values, most);
            json.LeaveElement();
        }
        return isRead;
    }

    private static bool ReadRange(ref JsonCursor json, List<double> values)
    {
        double? lower = null;
        double? upper = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name is "lower" or "upper")
            {
                List<double> one = [];
                double? value = ReadValue(ref json, one, 1) ? one[0] : null;
                (lower, upper) = name == "lower" ? (value, upper) : (lower, value);
            }
            else
            {
                json.Skip();
            }
            json.LeaveField();
        }
        if (lower is null || upper is null)
        {
            return false;
        }
        values.Add(lower.Value);
        values.Add(upper.Value);
        return true;
    }

    /// <summary>A number, or a text of one or of several with commas between them.</summary>
    private static bool ReadValue(ref JsonCursor json, List<double> values, int most)
    {
        switch (json.Token)
        {
            case JsonTokenType.Number:
                values.Add(json.Number());
                return values.Count <= most;
            case JsonTokenType.String:
                ReadOnlySpan<byte> rest = json.Utf8Bytes();
                while (true)
                {
                    int comma = rest.IndexOf((byte)',');
                    ReadOnlySpan<byte> part = (comma < 0 ? rest : rest[..comma]).Trim(" \t\r\n"u8);
                    if (values.Count >= most || !Utf8Parser.TryParse(part, out double value, out int end) || end != part.Length || !double.IsFinite(value))
                    {
                        return false;
                    }
                    values.Add(value);
                    if (comma < 0)
                    {
                        return true;
                    }
                    rest = rest[(comma + 1)..];
                }
            default:
                json.Skip();
                return false;
        }
    }
}
