using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Externally tagged: "TemporalAnalysis" or {"Custom":"name"}.</summary>
internal sealed class TaskTypeConverter : JsonConverter<TaskType>
{
    public override TaskType Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement value = document.RootElement;
        if (value.ValueKind == JsonValueKind.String && Enum.TryParse(value.GetString(), out TaskKind kind) && kind != TaskKind.Custom)
        {
            return new TaskType(kind);
        }
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("Custom"u8, out JsonElement name) && name.ValueKind == JsonValueKind.String)
        {
            return new TaskType(TaskKind.Custom, name.GetString()!);
        }
        throw new JsonException("not a task type");
    }

    public override void Write(Utf8JsonWriter writer, TaskType value, JsonSerializerOptions options) => JsonOut.WriteTaskType(writer, value);
}
