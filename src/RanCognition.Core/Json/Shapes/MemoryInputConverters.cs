using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

internal sealed class MemoryOptionsConverter : InputConverter<MemoryOptions>
{
    public override void Write(Utf8JsonWriter writer, MemoryOptions value, JsonSerializerOptions options) => JsonOut.WriteMemoryOptions(writer, value);

    protected override MemoryOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.MemoryOptions(text, "options");
}

internal sealed class EpisodeConverter : InputConverter<Episode>
{
    public override void Write(Utf8JsonWriter writer, Episode value, JsonSerializerOptions options) => JsonOut.WriteEpisode(writer, value);

    protected override Episode ReadText(ReadOnlySpan<byte> text)
    {
        IReadOnlyList<Episode> episodes = JsonIn.Episodes(text, "episode", out bool isBatch, out _);
        return isBatch ? throw new InvalidJsonException("episode", "expected an object, found an array at byte 0") : episodes[0];
    }
}

internal sealed class EpisodeUpdateConverter : InputConverter<EpisodeUpdate>
{
    public override void Write(Utf8JsonWriter writer, EpisodeUpdate value, JsonSerializerOptions options) => JsonOut.WriteUpdate(writer, value);

    protected override EpisodeUpdate ReadText(ReadOnlySpan<byte> text) => JsonIn.EpisodeUpdate(text, "update");
}

internal sealed class RecallQueryConverter : InputConverter<RecallQuery>
{
    public override void Write(Utf8JsonWriter writer, RecallQuery value, JsonSerializerOptions options) => JsonOut.WriteRecall(writer, value);

    protected override RecallQuery ReadText(ReadOnlySpan<byte> text) => JsonIn.Recall(text, "query");
}

internal sealed class EpisodeFilterConverter : InputConverter<EpisodeFilter>
{
    public override void Write(Utf8JsonWriter writer, EpisodeFilter value, JsonSerializerOptions options) => JsonOut.WriteConditions(writer, value);

    protected override EpisodeFilter ReadText(ReadOnlySpan<byte> text) => JsonIn.EpisodeFilter(text, "filter");
}

internal sealed class MemoryOperationConverter : InputConverter<MemoryOperation>
{
    public override void Write(Utf8JsonWriter writer, MemoryOperation value, JsonSerializerOptions options) => JsonOut.WriteOperation(writer, value);

    protected override MemoryOperation ReadText(ReadOnlySpan<byte> text) => JsonIn.MemoryOperation(text, "data");
}

internal sealed class MemoryAnalysisConverter : InputConverter<MemoryAnalysis>
{
    public override void Write(Utf8JsonWriter writer, MemoryAnalysis value, JsonSerializerOptions options) => JsonOut.WriteAnalysis(writer, value);

    protected override MemoryAnalysis ReadText(ReadOnlySpan<byte> text) => JsonIn.MemoryAnalysis(text, "request");
}

internal sealed class ConfigurationChangeConverter : InputConverter<ConfigurationChange>
{
    public override void Write(Utf8JsonWriter writer, ConfigurationChange value, JsonSerializerOptions options) =>
        JsonOut.WriteChange(writer, value.ManagedObject, value.Attribute, value.Before, value.After);

    protected override ConfigurationChange ReadText(ReadOnlySpan<byte> text) => JsonIn.Change(text, "action");
}
