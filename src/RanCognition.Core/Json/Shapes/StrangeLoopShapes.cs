using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>A <see cref="FixedPointResult"/> as JSON has it: convergence beside the state, and words where the record has values of its own.</summary>
internal sealed record FixedPointShape(
    string State, bool Convergence, double[]? X, int Iterations, ulong Evaluations, double? Residual, double? Contraction, double? ErrorBound, string? ErrorBoundKind, double? SpectralRadius,
    int? Period, double? CriticalScale, IReadOnlyList<double?>? History, string Method, string? Reason, ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

internal sealed class FixedPointResultConverter : ShapeConverter<FixedPointResult, FixedPointShape>
{
    public override void Write(Utf8JsonWriter writer, FixedPointResult value, JsonSerializerOptions options) => JsonOut.WriteFixedPointResult(writer, value);

    protected override FixedPointResult From(FixedPointShape shape) => new()
    {
        State = shape.State switch
        {
            "CONVERGED" => FixedPointState.Converged,
            "DESCENDING" => FixedPointState.Descending,
            "OSCILLATING" => FixedPointState.Oscillating,
            "DIVERGING" => FixedPointState.Diverging,
            "INFEASIBLE" => FixedPointState.Infeasible,
            "INCOMPLETE" => FixedPointState.Incomplete,
            _ => throw new JsonException("state must be CONVERGED, DESCENDING, OSCILLATING, DIVERGING, INFEASIBLE or INCOMPLETE"),
        },
        X = shape.X,
        Iterations = shape.Iterations,
        Evaluations = shape.Evaluations,
        Residual = shape.Residual,
        Contraction = shape.Contraction,
        ErrorBound = shape.ErrorBound,
        IsErrorBoundProven = shape.ErrorBoundKind == "proven",
        SpectralRadius = shape.SpectralRadius,
        Period = shape.Period,
        CriticalScale = shape.CriticalScale,
        History = shape.History ?? [],
        Method = shape.Method switch
        {
            "auto" => FixedPointMethod.Auto,
            "picard" => FixedPointMethod.Picard,
            "aitken" => FixedPointMethod.Aitken,
            "anderson" => FixedPointMethod.Anderson,
            "newton" => FixedPointMethod.Newton,
            _ => throw new JsonException("method must be auto, picard, aitken, anderson or newton"),
        },
        Reason = shape.Reason ?? "",
        ExecutionTime = shape.ExecutionTime,
        Ignored = shape.Ignored ?? [],
    };

    protected override FixedPointShape To(FixedPointResult value) => throw new NotSupportedException("written by JsonOut");
}

/// <summary>A <see cref="LoopReply"/> as JSON has it: objects of metrics and experts.</summary>
internal sealed record LoopReplyShape(
    IReadOnlyList<KeyValuePair<string, CorrectedShape>>? Corrected, IReadOnlyList<KeyValuePair<string, double>>? Bias, IReadOnlyList<KeyValuePair<string, double>>? Gain,
    IReadOnlyList<KeyValuePair<string, double>>? IntervalScale, IReadOnlyList<KeyValuePair<string, double>>? Weights, RegretReport? Regret, CoverageReport? Coverage, int Level,
    ulong ExecutionTime, IReadOnlyList<IgnoredField>? Ignored);

internal sealed record CorrectedShape(double? Mean, double? Lower, double? Upper, bool Empty);

/// <summary>Corrected predictions by metric.</summary>
internal sealed class CorrectedMapConverter : OrderedMapConverter<CorrectedShape>;

internal sealed class LoopReplyConverter : ShapeConverter<LoopReply, LoopReplyShape>
{
    public override void Write(Utf8JsonWriter writer, LoopReply value, JsonSerializerOptions options) => JsonOut.WriteLoopReply(writer, value);

    protected override LoopReply From(LoopReplyShape shape) => new()
    {
        Corrected = [.. (shape.Corrected ?? []).Select(entry => new CorrectedForecast(entry.Key, entry.Value.Mean, entry.Value.Lower, entry.Value.Upper, entry.Value.Empty))],
        Corrections = Corrections(shape),
        Weights = [.. (shape.Weights ?? []).Select(entry => new ExpertWeight(entry.Key, entry.Value))],
        Regret = shape.Regret,
        Coverage = shape.Coverage,
        Level = shape.Level,
        ExecutionTime = shape.ExecutionTime,
        Ignored = shape.Ignored ?? [],
    };

    protected override LoopReplyShape To(LoopReply value) => throw new NotSupportedException("written by JsonOut");

    /// <summary>The three objects have the same metrics in the same order.</summary>
    private static List<MetricCorrection> Corrections(LoopReplyShape shape)
    {
        IReadOnlyList<KeyValuePair<string, double>> biases = shape.Bias ?? [];
        IReadOnlyList<KeyValuePair<string, double>> gains = shape.Gain ?? [];
        IReadOnlyList<KeyValuePair<string, double>> scales = shape.IntervalScale ?? [];
        if (gains.Count != biases.Count || scales.Count != biases.Count)
        {
            throw new JsonException("bias, gain and interval_scale must have the same metrics");
        }
        List<MetricCorrection> corrections = [];
        for (int i = 0; i < biases.Count; i++)
        {
            double scale = scales[i].Value;
            corrections.Add(new MetricCorrection(biases[i].Key, biases[i].Value, gains[i].Value, double.IsNaN(scale) ? null : scale));
        }
        return corrections;
    }
}
