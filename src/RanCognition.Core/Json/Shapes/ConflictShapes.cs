using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="ConflictReport"/> as JSON has it: the gains of the loops stand beside the conflicts.</summary>
internal sealed record ConflictReportShape(
    IReadOnlyList<ConflictShape>? Conflicts, IReadOnlyList<KeyValuePair<string, IReadOnlyList<KeyValuePair<string, double>>>>? LoopGainMatrix, IReadOnlyList<double[]>? Eigenvalues,
    double? SpectralRadius, LoopAdviceShape? Advice, double? StandardError, ulong FirstCommand, int Live, bool Truncated, ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

/// <summary>A conflict, with the names of the messages.</summary>
internal sealed record ConflictShape(
    [property: JsonPropertyName("conflictType")] string ConflictType, IReadOnlyList<string> Sources, [property: JsonPropertyName("groupName")] string? GroupName,
    [property: JsonPropertyName("targetCell")] string TargetCell, ulong[] Commands, KpiDegradation? Kpi, double? LoopGain, ConflictAdvice Advice);

internal sealed record LoopAdviceShape(string Kind, double? Damping, double? Limit, IReadOnlyList<string>? Order);

/// <summary>Rows of a matrix by name.</summary>
internal sealed class GainMapConverter : OrderedMapConverter<IReadOnlyList<KeyValuePair<string, double>>>;

internal sealed class ConflictReportConverter : ShapeConverter<ConflictReport, ConflictReportShape>
{
    public override void Write(Utf8JsonWriter writer, ConflictReport value, JsonSerializerOptions options) => JsonOut.WriteConflictReport(writer, value);

    protected override ConflictReport From(ConflictReportShape shape) => new()
    {
        Conflicts = [.. (shape.Conflicts ?? []).Select(Conflict)],
        Loops = shape.LoopGainMatrix is { } matrix ? Loops(matrix, shape) : null,
        FirstCommand = shape.FirstCommand,
        Live = shape.Live,
        IsTruncated = shape.Truncated,
        ExecutionTime = shape.ExecutionTime,
        Ignored = shape.Ignored ?? [],
    };

    protected override ConflictReportShape To(ConflictReport value) => throw new NotSupportedException("written by JsonOut");

    private static ControlConflict Conflict(ConflictShape shape)
    {
        if (shape.Commands is not { Length: 2 })
        {
            throw new JsonException("commands must be two numbers");
        }
        return new ControlConflict
        {
            Kind = shape.ConflictType switch
            {
                "direct" => ConflictKind.Direct,
                "indirect" => ConflictKind.Indirect,
                "implicit" => ConflictKind.Implicit,
                _ => throw new JsonException("conflictType must be direct, indirect or implicit"),
            },
            Sources = shape.Sources,
            GroupName = shape.GroupName,
            TargetCell = shape.TargetCell,
            FirstCommand = shape.Commands[0],
            SecondCommand = shape.Commands[1],
            Kpi = shape.Kpi,
            LoopGain = shape.LoopGain,
            Advice = shape.Advice,
        };
    }

    private static LoopGainReport Loops(IReadOnlyList<KeyValuePair<string, IReadOnlyList<KeyValuePair<string, double>>>> matrix, ConflictReportShape shape) => new()
    {
        Names = [.. matrix.Select(row => row.Key)],
        Gain = [.. matrix.Select(row => row.Value.Select(entry => entry.Value).ToArray())],
        Eigenvalues = [.. (shape.Eigenvalues ?? []).Select(pair => pair.Length == 2 ? new ComplexValue(pair[0], pair[1]) : throw new JsonException("an eigenvalue must be two numbers"))],
        SpectralRadius = shape.SpectralRadius ?? double.NaN,
        Advice = shape.Advice is { } advice
            ? new LoopAdvice(
                advice.Kind switch
                {
                    "none" => LoopAdviceKind.None,
                    "damping" => LoopAdviceKind.Damping,
                    "precedence" => LoopAdviceKind.Precedence,
                    _ => throw new JsonException("kind must be none, damping or precedence"),
                },
                advice.Damping, advice.Limit, advice.Order)
            : throw new JsonException("advice is missing"),
        StandardError = shape.StandardError,
    };
}
