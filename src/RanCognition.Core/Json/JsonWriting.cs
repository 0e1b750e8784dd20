using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RanCognition.Json;

/// <summary>Writing habits of all results: strict JSON, null for a number that is not finite, text as it is where JSON allows.</summary>
internal static class JsonWriting
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Results are data, not HTML: only what JSON demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic] private static Utf8JsonWriter? t_writer;

    /// <summary>A writer on the target; give it back with <see cref="Utf8JsonWriter.Flush"/>.</summary>
    public static Utf8JsonWriter On(IBufferWriter<byte> target)
    {
        Utf8JsonWriter? writer = t_writer;
        if (writer is null)
        {
            return t_writer = new Utf8JsonWriter(target, Options);
        }
        writer.Reset(target);
        return writer;
    }

    public static void Number(this Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        json.WritePropertyName(name);
        json.Number(value);
    }

    public static void Number(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    public static void Numbers(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.Number(value);
        }
        json.WriteEndArray();
    }

    public static void NumberOrNull(this Utf8JsonWriter json, ReadOnlySpan<byte> name, double? value) => json.Number(name, value ?? double.NaN);

    /// <summary>Each in the shortest text that gives the same 32-bit float.</summary>
    public static void Floats(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }
        json.WriteEndArray();
    }

    public static void Strings(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }

    /// <summary>An object of numbers in the order given.</summary>
    public static void NumberMap(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, double value) in values)
        {
            json.WritePropertyName(key);
            json.Number(value);
        }
        json.WriteEndObject();
    }
}
