using System.Text.Json;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="TaskResult"/> as JSON has it: reply or reason stand in data, as {"Ok":..} or {"Err":".."}.</summary>
internal sealed record TaskResultShape(
    ulong TaskId, TaskType TaskType, bool Success, ulong ExecutionTime, JsonElement Data, string? Error, ulong ExecuteTime, ulong LatenessNs, uint Attempt, ulong? RetryAt = null);

internal sealed class TaskResultConverter : ShapeConverter<TaskResult, TaskResultShape>
{
    public override void Write(Utf8JsonWriter writer, TaskResult value, JsonSerializerOptions options) => JsonOut.WriteTaskResult(writer, value);

    protected override TaskResult From(TaskResultShape shape) => new()
    {
        TaskId = shape.TaskId,
        TaskType = shape.TaskType,
        Success = shape.Success,
        ExecutionTime = shape.ExecutionTime,
        Reply = shape.Success ? Reply(shape.Data) : default,
        Error = shape.Error,
        ExecuteTime = shape.ExecuteTime,
        LatenessNs = shape.LatenessNs,
        Attempt = shape.Attempt,
        RetryAt = shape.RetryAt,
    };

    protected override TaskResultShape To(TaskResult value) => throw new NotSupportedException("written by JsonOut");

    /// <summary>The JSON of the reply, or the bytes of one that is no text.</summary>
    private static ReadOnlyMemory<byte> Reply(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("Ok"u8, out JsonElement reply))
        {
            throw new JsonException("a success without \"Ok\"");
        }
        if (reply.ValueKind == JsonValueKind.Null)
        {
            return default;
        }
        bool isBytes = reply.ValueKind == JsonValueKind.Object && reply.GetPropertyCount() == 1 && reply.TryGetProperty("data_base64"u8, out JsonElement text)
            && text.ValueKind == JsonValueKind.String && text.TryGetBytesFromBase64(out byte[]? bytes) && !Utf8.IsValid(bytes);
        return isBytes ? reply.GetProperty("data_base64"u8).GetBytesFromBase64() : System.Text.Encoding.UTF8.GetBytes(reply.GetRawText());
    }
}
