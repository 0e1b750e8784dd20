using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Lists of names and values are objects in JSON, in the same order.</summary>
internal abstract class OrderedMapConverter<T> : JsonConverter<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override IReadOnlyList<KeyValuePair<string, T>> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object");
        }
        JsonTypeInfo<T> valueType = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        List<KeyValuePair<string, T>> entries = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            reader.Read();
            entries.Add(new(name, JsonSerializer.Deserialize(ref reader, valueType) ?? throw new JsonException($"null at '{name}'")));
        }
        return entries;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, T>> value, JsonSerializerOptions options)
    {
        JsonTypeInfo<T> valueType = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        writer.WriteStartObject();
        foreach ((string name, T entry) in value)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, entry, valueType);
        }
        writer.WriteEndObject();
    }
}

/// <summary>Numbers by name.</summary>
internal sealed class NumberMapConverter : OrderedMapConverter<double>;

/// <summary>Arrays by name.</summary>
internal sealed class ArrayMapConverter : OrderedMapConverter<double[]>;

/// <summary>Counts by name.</summary>
internal sealed class CountMapConverter : OrderedMapConverter<ulong>;

/// <summary>Before and after by name.</summary>
internal sealed class ExpectedMapConverter : OrderedMapConverter<ExpectedChange>;
