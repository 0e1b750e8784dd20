using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>An <see cref="OptimizedTimeline"/> as JSON has it: its bound is an object of its own.</summary>
internal sealed record OptimizedTimelineShape(
    string TimelineId, ulong ExpansionFactor, ulong TemporalResolution, double ErrorTarget, IReadOnlyList<ExpansionCost> Curve, double OptimizationScore, string? Reason,
    BoundShape Bound, ulong ExecutionTime, PerformanceMetrics PerformanceMetrics, IReadOnlyList<IgnoredField> Ignored);

internal sealed record BoundShape(double Value, string Kind);

internal sealed class OptimizedTimelineConverter : ShapeConverter<OptimizedTimeline, OptimizedTimelineShape>
{
    protected override OptimizedTimeline From(OptimizedTimelineShape shape) => new()
    {
        TimelineId = shape.TimelineId,
        ExpansionFactor = shape.ExpansionFactor,
        TemporalResolution = shape.TemporalResolution,
        ErrorTarget = shape.ErrorTarget,
        Curve = shape.Curve,
        OptimizationScore = shape.OptimizationScore,
        Reason = shape.Reason,
        BoundValue = shape.Bound.Value,
        BoundKind = shape.Bound.Kind,
        ExecutionTime = shape.ExecutionTime,
        PerformanceMetrics = shape.PerformanceMetrics,
        Ignored = shape.Ignored,
    };

    protected override OptimizedTimelineShape To(OptimizedTimeline value) => new(
        value.TimelineId, value.ExpansionFactor, value.TemporalResolution, value.ErrorTarget, value.Curve, value.OptimizationScore, value.Reason,
        new BoundShape(value.BoundValue, value.BoundKind), value.ExecutionTime, value.PerformanceMetrics, value.Ignored);
}
