using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RanCognition.Json;

/// <summary>A record that has another shape in JSON: read and written through a record that mirrors the JSON.</summary>
internal abstract class ShapeConverter<T, TShape> : JsonConverter<T>
    where TShape : class
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        From(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<TShape>)options.GetTypeInfo(typeof(TShape))) ?? throw new JsonException("null where an object was expected"));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, To(value), (JsonTypeInfo<TShape>)options.GetTypeInfo(typeof(TShape)));

    protected abstract T From(TShape shape);

    protected abstract TShape To(T value);
}
