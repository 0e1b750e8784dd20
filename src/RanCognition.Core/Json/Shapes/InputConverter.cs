using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>What the library's calls take: read by its own strict reader, with its messages, and written for it.</summary>
internal abstract class InputConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        try
        {
            return ReadText(JsonMarshal.GetRawUtf8Value(document.RootElement));
        }
        catch (Exception error) when (error is InvalidJsonException or InvalidInputException or LimitExceededException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    protected abstract T ReadText(ReadOnlySpan<byte> text);
}

internal sealed class RanProblemConverter : InputConverter<RanProblem>
{
    public override void Write(Utf8JsonWriter writer, RanProblem value, JsonSerializerOptions options) => JsonOut.WriteProblem(writer, value);

    protected override RanProblem ReadText(ReadOnlySpan<byte> text) => JsonIn.Problem(text, "problem");
}

internal sealed class TimelineConverter : InputConverter<Timeline>
{
    public override void Write(Utf8JsonWriter writer, Timeline value, JsonSerializerOptions options) => JsonOut.WriteTimelineInput(writer, value);

    protected override Timeline ReadText(ReadOnlySpan<byte> text) => JsonIn.Timeline(text, "timeline");
}

internal sealed class TaskSpecConverter : InputConverter<TaskSpec>
{
    public override void Write(Utf8JsonWriter writer, TaskSpec value, JsonSerializerOptions options) => JsonOut.WriteTaskSpec(writer, value);

    protected override TaskSpec ReadText(ReadOnlySpan<byte> text) => JsonIn.TaskSpec(text, "type");
}

internal sealed class SchedulerSnapshotConverter : InputConverter<SchedulerSnapshot>
{
    public override void Write(Utf8JsonWriter writer, SchedulerSnapshot value, JsonSerializerOptions options) => JsonOut.WriteSnapshot(writer, value);

    protected override SchedulerSnapshot ReadText(ReadOnlySpan<byte> text) => JsonIn.Snapshot(text, "snapshot");
}

internal sealed class SchedulerOptionsConverter : InputConverter<SchedulerOptions>
{
    public override void Write(Utf8JsonWriter writer, SchedulerOptions value, JsonSerializerOptions options) => JsonOut.WriteSchedulerOptions(writer, value);

    protected override SchedulerOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.SchedulerOptions(text, "options");
}

internal sealed class LoaderOptionsConverter : InputConverter<LoaderOptions>
{
    public override void Write(Utf8JsonWriter writer, LoaderOptions value, JsonSerializerOptions options) => JsonOut.WriteLoaderOptions(writer, value);

    protected override LoaderOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.LoaderOptions(text, "options");
}

internal sealed class TemporalOptionsConverter : InputConverter<TemporalOptions>
{
    public override void Write(Utf8JsonWriter writer, TemporalOptions value, JsonSerializerOptions options) => JsonOut.WriteTemporalOptions(writer, value);

    protected override TemporalOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.TemporalOptions(text, "config");
}

internal sealed class MemoryPoolOptionsConverter : InputConverter<MemoryPoolOptions>
{
    public override void Write(Utf8JsonWriter writer, MemoryPoolOptions value, JsonSerializerOptions options) => JsonOut.WriteMemoryPoolOptions(writer, value);

    protected override MemoryPoolOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.MemoryPoolOptions(text, "options");
}
