using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="NetworkEvaluation"/> as JSON has it: the throughput's figures are an object of their own.</summary>
internal sealed record NetworkEvaluationShape(
    bool Feasible, double? CriticalScale, double[]? Loads, IReadOnlyList<int>? OverloadedCells, ThroughputShape? ThroughputMbps, double? Utility, double? EnergyW, double UncoveredShare,
    Percentiles? GeometryDb, Percentiles? CouplingLossDb, int Iterations, ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

internal sealed record ThroughputShape(double? P5, double? P50, double? Mean);

internal sealed class NetworkEvaluationConverter : ShapeConverter<NetworkEvaluation, NetworkEvaluationShape>
{
    public override void Write(Utf8JsonWriter writer, NetworkEvaluation value, JsonSerializerOptions options) => JsonOut.WriteNetworkEvaluation(writer, value);

    protected override NetworkEvaluation From(NetworkEvaluationShape shape) => new()
    {
        Feasible = shape.Feasible,
        CriticalScale = shape.CriticalScale,
        Loads = shape.Loads,
        OverloadedCells = shape.OverloadedCells ?? [],
        ThroughputP5Mbps = shape.ThroughputMbps?.P5,
        ThroughputP50Mbps = shape.ThroughputMbps?.P50,
        ThroughputMeanMbps = shape.ThroughputMbps?.Mean,
        Utility = shape.Utility,
        EnergyW = shape.EnergyW,
        UncoveredShare = shape.UncoveredShare,
        GeometryDb = shape.GeometryDb ?? new Percentiles(null, null, null),
        CouplingLossDb = shape.CouplingLossDb ?? new Percentiles(null, null, null),
        Iterations = shape.Iterations,
        ExecutionTime = shape.ExecutionTime,
        Ignored = shape.Ignored ?? [],
    };

    protected override NetworkEvaluationShape To(NetworkEvaluation value) => throw new NotSupportedException("written by JsonOut");
}
