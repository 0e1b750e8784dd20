using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>{"Ok":result} or {"Err":"reason"}.</summary>
internal sealed class ProblemOutcomeConverter : JsonConverter<ProblemOutcome>
{
    public override ProblemOutcome Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            throw new JsonException("expected {\"Ok\":..} or {\"Err\":..}");
        }
        bool isOk = reader.ValueTextEquals("Ok"u8);
        if (!isOk && !reader.ValueTextEquals("Err"u8))
        {
            throw new JsonException("expected \"Ok\" or \"Err\"");
        }
        reader.Read();
        ProblemOutcome outcome = isOk ? new(JsonSerializer.Deserialize(ref reader, Result(options)), null) : new(null, reader.GetString());
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject)
        {
            throw new JsonException("a second field beside \"Ok\" or \"Err\"");
        }
        return outcome;
    }

    public override void Write(Utf8JsonWriter writer, ProblemOutcome value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Ok is { } result)
        {
            writer.WritePropertyName("Ok"u8);
            JsonSerializer.Serialize(writer, result, Result(options));
        }
        else
        {
            writer.WriteString("Err"u8, value.Err);
        }
        writer.WriteEndObject();
    }

    private static JsonTypeInfo<TemporalAnalysisResult> Result(JsonSerializerOptions options) => (JsonTypeInfo<TemporalAnalysisResult>)options.GetTypeInfo(typeof(TemporalAnalysisResult));
}
