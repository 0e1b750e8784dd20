using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="Decision"/> as JSON has it: quantiles by metric, and what belongs together within objects.</summary>
internal sealed record DecisionShape(
    ulong DecisionId, string Mode, string? ProblemType, ulong TimeNs, ulong Seed, CauseShape Cause, IReadOnlyList<CauseShape>? Causes, IReadOnlyList<ConfigurationChange>? Actions, string? Reason,
    IReadOnlyList<AlternativeShape>? Alternatives, IReadOnlyList<KeyValuePair<string, QuantilesShape>>? Expected, double Confidence, IReadOnlyList<TargetOutlook>? Targets, EvidenceShape? Evidence,
    IReadOnlyList<GuardShape>? Guards, RollbackShape Rollback, IReadOnlyList<ExplanationSentence>? Explanation, StageTimes? TimingNs, InfeasibleShape? Infeasible, double? ConsciousnessLevel,
    IReadOnlyList<IgnoredField>? Ignored, ulong ExecutionTime);

internal sealed record CauseShape(
    string Name, double Confidence, [property: JsonPropertyName("managedObject")] string? ManagedObject, string? Metric, double Samples, IReadOnlyList<CauseTest>? Tests);

internal sealed record QuantilesShape(double? P10, double? P50, double? P90);

/// <summary>Quantiles by metric.</summary>
internal sealed class QuantilesMapConverter : OrderedMapConverter<QuantilesShape>;

internal sealed record AlternativeShape(
    IReadOnlyList<ConfigurationChange>? Actions, IReadOnlyList<KeyValuePair<string, QuantilesShape>>? Expected, double PAllTargets, string? Source, IReadOnlyList<string>? Vetoes);

internal sealed record EvidenceShape(IReadOnlyList<SimilarShape>? Similar, IReadOnlyList<KeyValuePair<string, double>>? Sensitivities);

internal sealed record SimilarShape(ulong Id, double Distance, IReadOnlyList<KeyValuePair<string, double>>? Outcome, IReadOnlyList<ConfigurationChange>? Action, bool? Success);

internal sealed record GuardShape(string Name, bool Passed, string? Reason, IReadOnlyList<ConfigurationChange>? Vetoed);

internal sealed record RollbackShape(string? Condition, ulong ObserveNs, IReadOnlyList<ConfigurationChange>? Restore);

internal sealed record InfeasibleShape(IReadOnlyList<string> Constraints);

internal sealed class DecisionConverter : ShapeConverter<Decision, DecisionShape>
{
    public override void Write(Utf8JsonWriter writer, Decision value, JsonSerializerOptions options) => JsonOut.WriteDecision(writer, value);

    protected override Decision From(DecisionShape shape) => new()
    {
        DecisionId = shape.DecisionId,
        Mode = shape.Mode switch
        {
            "SHADOW" => DecisionMode.Shadow,
            "ASSIST" => DecisionMode.Assist,
            "AUTONOMOUS" => DecisionMode.Autonomous,
            _ => throw new JsonException("mode must be SHADOW, ASSIST or AUTONOMOUS"),
        },
        ProblemType = shape.ProblemType ?? "",
        TimeNs = shape.TimeNs,
        Seed = shape.Seed,
        Cause = Cause(shape.Cause),
        Causes = [.. (shape.Causes ?? []).Select(Cause)],
        Actions = Changes(shape.Actions),
        Reason = shape.Reason ?? "",
        Alternatives = [.. (shape.Alternatives ?? []).Select(alternative => new DecisionAlternative
        {
            Actions = Changes(alternative.Actions), Expected = Expected(alternative.Expected), PAllTargets = alternative.PAllTargets, Source = alternative.Source ?? "", Vetoes = alternative.Vetoes ?? [],
        })],
        Expected = Expected(shape.Expected),
        Confidence = shape.Confidence,
        Targets = shape.Targets ?? [],
        Similar = [.. (shape.Evidence?.Similar ?? []).Select(similar => new SimilarCase
        {
            Id = similar.Id, Distance = similar.Distance, Outcome = similar.Outcome ?? [], Action = Changes(similar.Action), Success = similar.Success,
        })],
        Sensitivities = shape.Evidence?.Sensitivities ?? [],
        Guards = [.. (shape.Guards ?? []).Select(guard => new GuardVerdict { Name = guard.Name, Passed = guard.Passed, Reason = guard.Reason ?? "", Vetoed = Changes(guard.Vetoed) })],
        Rollback = new RollbackPlan { Condition = shape.Rollback.Condition, ObserveNs = shape.Rollback.ObserveNs, Restore = Changes(shape.Rollback.Restore) },
        Explanation = shape.Explanation ?? [],
        Timing = shape.TimingNs ?? new StageTimes(),
        Infeasible = shape.Infeasible?.Constraints,
        ConsciousnessLevel = shape.ConsciousnessLevel,
        Ignored = shape.Ignored ?? [],
        ExecutionTime = shape.ExecutionTime,
    };

    protected override DecisionShape To(Decision value) => throw new NotSupportedException("written by JsonOut");

    /// <summary>A value that is null in a result is one that is not known.</summary>
    internal static ConfigurationChange[] Changes(IReadOnlyList<ConfigurationChange>? changes) =>
        [.. (changes ?? []).Select(change => change with { Before = Known(change.Before), After = Known(change.After) })];

    private static MetadataValue? Known(MetadataValue? value) => value is MetadataValue.Nothing ? null : value;

    private static CauseFinding Cause(CauseShape shape) => new()
    {
        Name = shape.Name, Confidence = shape.Confidence, ManagedObject = shape.ManagedObject ?? "", Metric = shape.Metric, Samples = shape.Samples, Tests = shape.Tests ?? [],
    };

    private static MetricExpectation[] Expected(IReadOnlyList<KeyValuePair<string, QuantilesShape>>? expected) =>
        [.. (expected ?? []).Select(entry => new MetricExpectation { Metric = entry.Key, P10 = entry.Value.P10, P50 = entry.Value.P50, P90 = entry.Value.P90 })];
}

internal sealed record OutcomeReplyShape(
    ulong DecisionId, string Verdict, string? Reason, IReadOnlyList<ConfigurationChange>? Restore, double? Surprise, bool? TargetsHeld, IReadOnlyList<IgnoredField>? Ignored, ulong ExecutionTime);

internal sealed class OutcomeReplyConverter : ShapeConverter<OutcomeReply, OutcomeReplyShape>
{
    public override void Write(Utf8JsonWriter writer, OutcomeReply value, JsonSerializerOptions options) => JsonOut.WriteOutcomeReply(writer, value);

    protected override OutcomeReply From(OutcomeReplyShape shape) => new()
    {
        DecisionId = shape.DecisionId,
        Verdict = shape.Verdict switch
        {
            "WATCHING" => OutcomeVerdict.Watching,
            "KEPT" => OutcomeVerdict.Kept,
            "ROLL_BACK" => OutcomeVerdict.RollBack,
            _ => throw new JsonException("verdict must be KEPT, ROLL_BACK or WATCHING"),
        },
        Reason = shape.Reason ?? "",
        Restore = shape.Restore is { } restore ? DecisionConverter.Changes(restore) : null,
        Surprise = shape.Surprise,
        TargetsHeld = shape.TargetsHeld,
        Ignored = shape.Ignored ?? [],
        ExecutionTime = shape.ExecutionTime,
    };

    protected override OutcomeReplyShape To(OutcomeReply value) => throw new NotSupportedException("written by JsonOut");
}

internal sealed record RollbackReplyShape(ulong DecisionId, IReadOnlyList<ConfigurationChange>? Restore, ulong ExecutionTime);

internal sealed class RollbackReplyConverter : ShapeConverter<RollbackReply, RollbackReplyShape>
{
    public override void Write(Utf8JsonWriter writer, RollbackReply value, JsonSerializerOptions options) => JsonOut.WriteRollbackReply(writer, value);

    protected override RollbackReply From(RollbackReplyShape shape) => new()
    {
        DecisionId = shape.DecisionId, Restore = DecisionConverter.Changes(shape.Restore), ExecutionTime = shape.ExecutionTime,
    };

    protected override RollbackReplyShape To(RollbackReply value) => throw new NotSupportedException("written by JsonOut");
}

internal sealed record WhatIfQuestionShape(IReadOnlyList<ConfigurationChange>? Actions, IReadOnlyList<string>? Metrics);

internal sealed class WhatIfQuestionConverter : ShapeConverter<WhatIfQuestion, WhatIfQuestionShape>
{
    public override void Write(Utf8JsonWriter writer, WhatIfQuestion value, JsonSerializerOptions options) => JsonOut.WriteWhatIfQuestion(writer, value.Actions, value.Metrics);

    protected override WhatIfQuestion From(WhatIfQuestionShape shape) => new() { Actions = DecisionConverter.Changes(shape.Actions), Metrics = shape.Metrics ?? [] };

    protected override WhatIfQuestionShape To(WhatIfQuestion value) => throw new NotSupportedException("written by JsonOut");
}

internal sealed class MeasurementFormatConverter : JsonConverter<MeasurementFormat>
{
    public override MeasurementFormat Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        string? word = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        foreach (MeasurementFormat format in Enum.GetValues<MeasurementFormat>())
        {
            if (word == Encoding.UTF8.GetString(JsonOut.Word(format)))
            {
                return format;
            }
        }
        throw new JsonException("must be ves_perf3gpp, ts28532_xml, ts32435_xml, e2sm_kpm or rows");
    }

    public override void Write(Utf8JsonWriter writer, MeasurementFormat value, JsonSerializerOptions options) => writer.WriteStringValue(JsonOut.Word(value));
}
