using System.Text.Json;
using System.Text.Json.Serialization;

namespace RanCognition.Json;

/// <summary>NaN in records is null in JSON.</summary>
internal sealed class NumberOrNullConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.Number(value);
}
