using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>An <see cref="OptimizationResult"/> as JSON has it: variables are named where their sensitivity is, objectives after the variables among the values of the best point.</summary>
internal sealed record OptimizationResultShape(
    OptimizationPointShape? Best, ulong Evaluations, ulong FailedEvaluations, SearchStop Stopped, double? OptimizationScore, ObjectiveBound? Bound, IReadOnlyList<TraceEntry>? Trace,
    IReadOnlyList<FrontPoint>? Pareto, double? Hypervolume, IReadOnlyList<KeyValuePair<string, double>>? Sensitivity, IReadOnlyList<KeyValuePair<string, ulong>>? Arms,
    IReadOnlyList<string>? InfeasibleSubset, IReadOnlyList<ConfigurationChange>? Actions, IReadOnlyList<KeyValuePair<string, ExpectedChange>>? Expected, NetworkMap? Map, ulong ExecutionTime,
    IReadOnlyList<IgnoredField>? Ignored);

internal sealed record OptimizationPointShape(
    double[] X, IReadOnlyList<KeyValuePair<string, double>>? Values, double[] F, bool Feasible, IReadOnlyList<ConstraintValueShape>? Constraints);

internal sealed record ConstraintValueShape(string Name, double Value, double Slack);

internal sealed class OptimizationResultConverter : ShapeConverter<OptimizationResult, OptimizationResultShape>
{
    public override void Write(Utf8JsonWriter writer, OptimizationResult value, JsonSerializerOptions options) => JsonOut.WriteOptimizationResult(writer, value);

    protected override OptimizationResult From(OptimizationResultShape shape) => new()
    {
        Best = shape.Best is { } best
            ? new OptimizationPoint(best.X, best.F, best.Feasible, [.. (best.Constraints ?? []).Select(constraint => new ConstraintValue(constraint.Name, constraint.Value))])
            : null,
        VariableNames = Names(shape.Sensitivity),
        ObjectiveNames = Names(shape.Best?.Values)[(shape.Best?.X.Length ?? 0)..],
        Evaluations = shape.Evaluations,
        FailedEvaluations = shape.FailedEvaluations,
        Stopped = shape.Stopped,
        OptimizationScore = shape.OptimizationScore,
        Bound = shape.Bound,
        Trace = shape.Trace ?? [],
        Pareto = shape.Pareto ?? [],
        Hypervolume = shape.Hypervolume,
        Sensitivity = [.. (shape.Sensitivity ?? []).Select(share => double.IsNaN(share.Value) ? (double?)null : share.Value)],
        Arms = shape.Arms ?? [],
        InfeasibleSubset = shape.InfeasibleSubset,
        Actions = shape.Actions,
        Expected = shape.Expected,
        Map = shape.Map,
        ExecutionTime = shape.ExecutionTime,
        Ignored = shape.Ignored ?? [],
    };

    protected override OptimizationResultShape To(OptimizationResult value) => throw new NotSupportedException("written by JsonOut");

    private static string[] Names(IReadOnlyList<KeyValuePair<string, double>>? values) => [.. (values ?? []).Select(value => value.Key)];
}

internal sealed class SearchStopConverter : JsonConverter<SearchStop>
{
    public override SearchStop Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String ? reader.GetString() switch
    {
        "target" => SearchStop.Target,
        "budget" => SearchStop.Budget,
        "deadline" => SearchStop.Deadline,
        "converged" => SearchStop.Converged,
        "exact" => SearchStop.Exact,
        "cancelled" => SearchStop.Cancelled,
        _ => throw new JsonException("must be target, budget, deadline, converged, exact or cancelled"),
    } : throw new JsonException("must be target, budget, deadline, converged, exact or cancelled");

    public override void Write(Utf8JsonWriter writer, SearchStop value, JsonSerializerOptions options) => writer.WriteStringValue(JsonOut.Word(value));
}

internal sealed class BoundKindConverter : JsonConverter<BoundKind>
{
    public override BoundKind Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String ? reader.GetString() switch
    {
        "proven" => BoundKind.Proven,
        "enumerated" => BoundKind.Enumerated,
        "best_known" => BoundKind.BestKnown,
        _ => throw new JsonException("must be proven, enumerated or best_known"),
    } : throw new JsonException("must be proven, enumerated or best_known");

    public override void Write(Utf8JsonWriter writer, BoundKind value, JsonSerializerOptions options) => writer.WriteStringValue(JsonOut.Word(value));
}
