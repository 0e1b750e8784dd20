using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

internal sealed class OptimizationOptionsConverter : InputConverter<OptimizationOptions>
{
    public override void Write(Utf8JsonWriter writer, OptimizationOptions value, JsonSerializerOptions options) => JsonOut.WriteOptimizationOptions(writer, value);

    protected override OptimizationOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.OptimizationOptions(text, "options");
}

internal sealed class OptimizationProblemConverter : InputConverter<OptimizationProblem>
{
    public override void Write(Utf8JsonWriter writer, OptimizationProblem value, JsonSerializerOptions options) => JsonOut.WriteOptimizationProblem(writer, value);

    protected override OptimizationProblem ReadText(ReadOnlySpan<byte> text) => JsonIn.OptimizationProblem(text, "problem");
}

internal sealed class OptimizationOperationConverter : InputConverter<OptimizationOperation>
{
    public override void Write(Utf8JsonWriter writer, OptimizationOperation value, JsonSerializerOptions options) => JsonOut.WriteOptimizationOperation(writer, value);

    protected override OptimizationOperation ReadText(ReadOnlySpan<byte> text) => JsonIn.OptimizationOperation(text, "data");
}

internal sealed class NetworkModelConverter : InputConverter<NetworkModel>
{
    public override void Write(Utf8JsonWriter writer, NetworkModel value, JsonSerializerOptions options) => JsonOut.WriteNetworkModel(writer, value);

    protected override NetworkModel ReadText(ReadOnlySpan<byte> text) => JsonIn.NetworkModel(text, "network");
}
