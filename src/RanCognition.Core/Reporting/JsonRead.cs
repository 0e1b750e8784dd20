using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Reads members of any JSON without ever failing: what is missing or of another kind is empty, NaN or null.</summary>
/// <remarks>Never inlined where it is called by the hundred, which keeps the library small.</remarks>
internal static class JsonRead
{
    public static JsonElement Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return default;
        }
        try
        {
            return element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException) // a member name with half a surrogate pair
        {
            return default;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Has(this JsonElement element, string name) =>
        element.Member(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Text(this JsonElement element, string name) => element.Member(name).AsText();

    /// <summary>The string, or the number or literal as written; empty for null, arrays and objects.</summary>
    public static string AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() ?? "",
                JsonValueKind.Number => element.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => "",
            };
        }
        catch (InvalidOperationException) // invalid UTF-8 or half a surrogate pair
        {
            return "\uFFFD";
        }
    }

    public static string Raw(this JsonElement element)
    {
        try
        {
            return element.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    public static string SafeName(this JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Number(this JsonElement element, string name) => element.Member(name).AsNumber();

    /// <summary>A finite number, or NaN.</summary>
    public static double AsNumber(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value) ? value : double.NaN;

    /// <summary>A number that 64 bits hold to the last digit.</summary>
    public static bool IsWhole(this JsonElement element) => element.ValueKind == JsonValueKind.Number && (element.TryGetInt64(out _) || element.TryGetUInt64(out _));

    public static ulong? Nanoseconds(this JsonElement element, string name) => element.Member(name).AsNanoseconds();

    public static ulong? AsNanoseconds(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            return null;
        }
        if (element.TryGetUInt64(out var exact))
        {
            return exact;
        }
        var value = element.AsNumber();
        return value is >= 0 and < 1.8e19 ? (ulong)value : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Count(this JsonElement element, string name)
    {
        var member = element.Member(name);
        return member.ValueKind == JsonValueKind.Array ? member.GetArrayLength() : 0;
    }

    /// <summary>The objects in an array member; other elements are passed over.</summary>
    public static List<JsonElement> Objects(this JsonElement element, string name) => element.Member(name).Objects();

    /// <summary>The objects in an array; none when it is something else.</summary>
    public static List<JsonElement> Objects(this JsonElement array)
    {
        var found = new List<JsonElement>();
        if (array.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in array.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object)
                {
                    found.Add(item);
                }
            }
        }
        return found;
    }

    /// <summary>An array member as numbers; NaN where there is none.</summary>
    public static double[] Numbers(this JsonElement element, string name)
    {
        var member = element.Member(name);
        if (member.ValueKind != JsonValueKind.Array)
        {
            return [];
        }
        var values = new double[member.GetArrayLength()];
        var i = 0;
        foreach (var item in member.EnumerateArray())
        {
            values[i++] = item.AsNumber();
        }
        return values;
    }

    /// <summary>What a JSON pointer (RFC 6901) names in the document, or an undefined element.</summary>
    public static JsonElement Resolve(this JsonElement root, string pointer)
    {
        if (pointer.Length == 0 || pointer[0] != '/' || pointer.Length > 500)
        {
            return default;
        }
        var at = root;
        foreach (var part in pointer[1..].Split('/'))
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                if (!int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
                    || index >= at.GetArrayLength())
                {
                    return default;
                }
                at = at[index];
            }
            else
            {
                at = at.Member(part.Replace("~1", "/").Replace("~0", "~"));
            }
        }
        return at;
    }
}
