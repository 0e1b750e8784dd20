using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>Everything one analysis needs, gathered before it starts; never changed by it.</summary>
internal sealed record AnalysisRequest
{
    public required RanProblem Problem { get; init; }
    public required IReadOnlyList<MetricGrid> Grids { get; init; }
    public required ConstraintSet Constraints { get; init; }
    /// <summary>What of the problem was not used, beside the fields that were not understood.</summary>
    public required IReadOnlyList<IgnoredField> Ignored { get; init; }
    public required string TimelineId { get; init; }
    public required ulong ExpansionFactor { get; init; }
    public required ulong TemporalResolution { get; init; }

    /// <summary>0..1.</summary>
    public required double Effort { get; init; }
    public required ulong Seed { get; init; }
    public required TimeBudget Budget { get; init; }
}
