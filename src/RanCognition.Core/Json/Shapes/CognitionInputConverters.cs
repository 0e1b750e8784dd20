using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

internal sealed class CognitiveOptionsConverter : InputConverter<CognitiveOptions>
{
    public override void Write(Utf8JsonWriter writer, CognitiveOptions value, JsonSerializerOptions options) => JsonOut.WriteCognitiveOptions(writer, value);

    protected override CognitiveOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.CognitiveOptions(text, "options");
}

internal sealed class DecisionProblemConverter : InputConverter<DecisionProblem>
{
    public override void Write(Utf8JsonWriter writer, DecisionProblem value, JsonSerializerOptions options) => JsonOut.WriteDecisionProblem(writer, value);

    protected override DecisionProblem ReadText(ReadOnlySpan<byte> text) => JsonIn.DecisionProblem(text, "problem");
}

internal sealed class CognitiveOperationConverter : InputConverter<CognitiveOperation>
{
    public override void Write(Utf8JsonWriter writer, CognitiveOperation value, JsonSerializerOptions options) => JsonOut.WriteCognitiveOperation(writer, value);

    protected override CognitiveOperation ReadText(ReadOnlySpan<byte> text) => JsonIn.CognitiveOperation(text, "data");
}

internal sealed class DecisionOutcomeConverter : InputConverter<DecisionOutcome>
{
    public override void Write(Utf8JsonWriter writer, DecisionOutcome value, JsonSerializerOptions options) => JsonOut.WriteDecisionOutcome(writer, value);

    protected override DecisionOutcome ReadText(ReadOnlySpan<byte> text) => JsonIn.DecisionOutcome(text, "outcome");
}
