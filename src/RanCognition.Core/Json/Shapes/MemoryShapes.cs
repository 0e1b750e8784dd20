using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="StoreResult"/> as JSON has it: id of one, ids of a batch.</summary>
internal sealed record StoreResultShape(ulong? Id, IReadOnlyList<ulong>? Ids, Durability Durable, ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

internal sealed class StoreResultConverter : ShapeConverter<StoreResult, StoreResultShape>
{
    public override void Write(Utf8JsonWriter writer, StoreResult value, JsonSerializerOptions options) => JsonOut.WriteStoreResult(writer, value);

    protected override StoreResult From(StoreResultShape shape) =>
        new(shape.Ids ?? [shape.Id ?? throw new JsonException("neither id nor ids")], shape.Ids is not null, shape.Durable, shape.ExecutionTime) { Ignored = shape.Ignored ?? [] };

    protected override StoreResultShape To(StoreResult value) => throw new NotSupportedException("written by JsonOut");
}

/// <summary>An <see cref="UpdateResult"/> as JSON has it: members by name.</summary>
internal sealed record UpdateResultShape(ulong Id, IReadOnlyList<string> Updated, Durability Durable, ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

internal sealed class UpdateResultConverter : ShapeConverter<UpdateResult, UpdateResultShape>
{
    public override void Write(Utf8JsonWriter writer, UpdateResult value, JsonSerializerOptions options) => JsonOut.WriteUpdateResult(writer, value);

    protected override UpdateResult From(UpdateResultShape shape) =>
        new(shape.Id, (shape.Updated ?? []).Aggregate(EpisodeMembers.None, (members, name) => members | EpisodeMemberNames.Of(name)), shape.Durable, shape.ExecutionTime)
        {
            Ignored = shape.Ignored ?? [],
        };

    protected override UpdateResultShape To(UpdateResult value) => throw new NotSupportedException("written by JsonOut");
}

/// <summary>A <see cref="MemoryAnalysisResult"/> as JSON has it: the members of an effect stand beside the others.</summary>
internal sealed record MemoryAnalysisResultShape(
    IReadOnlyList<Skill>? Skills, double? Effect, double? Lower, double? Upper, int? Treated, int? Control, string? Method, bool? Enough, string? Reason, ulong? Removed, ulong? BackupBytes,
    ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

internal sealed class MemoryAnalysisResultConverter : ShapeConverter<MemoryAnalysisResult, MemoryAnalysisResultShape>
{
    public override void Write(Utf8JsonWriter writer, MemoryAnalysisResult value, JsonSerializerOptions options) => JsonOut.WriteAnalysisResult(writer, value);

    protected override MemoryAnalysisResult From(MemoryAnalysisResultShape shape) => new()
    {
        Skills = shape.Skills,
        Effect = shape.Enough is { } enough
            ? new ActionEffect
            {
                Effect = shape.Effect, Lower = shape.Lower, Upper = shape.Upper, Treated = shape.Treated ?? 0, Control = shape.Control ?? 0, Method = shape.Method ?? "", Enough = enough,
                Reason = shape.Reason,
            }
            : null,
        Removed = shape.Removed,
        BackupBytes = shape.BackupBytes,
        ExecutionTime = shape.ExecutionTime,
        Ignored = shape.Ignored ?? [],
    };

    protected override MemoryAnalysisResultShape To(MemoryAnalysisResult value) => throw new NotSupportedException("written by JsonOut");
}

internal sealed class DurabilityConverter : JsonConverter<Durability>
{
    public override Durability Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String ? reader.GetString() switch
    {
        "none" => Durability.None,
        "group" => Durability.Group,
        "sync" => Durability.Sync,
        _ => throw new JsonException("must be none, group or sync"),
    } : throw new JsonException("must be none, group or sync");

    public override void Write(Utf8JsonWriter writer, Durability value, JsonSerializerOptions options) => writer.WriteStringValue(JsonOut.Word(value));
}

internal sealed class DistanceMetricConverter : JsonConverter<DistanceMetric>
{
    public override DistanceMetric Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String ? reader.GetString() switch
    {
        "l2" => DistanceMetric.L2,
        "cosine" => DistanceMetric.Cosine,
        "inner_product" => DistanceMetric.InnerProduct,
        _ => throw new JsonException("must be l2, cosine or inner_product"),
    } : throw new JsonException("must be l2, cosine or inner_product");

    public override void Write(Utf8JsonWriter writer, DistanceMetric value, JsonSerializerOptions options) => writer.WriteStringValue(JsonOut.Word(value));
}
