using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Situations;

/// <summary>What is known when a decision is made. Not changed while it is made.</summary>
internal sealed class SituationView
{
    public required DecisionProblem Question { get; init; }

    public RanProblem Problem => Question.Problem;

    /// <summary>The moment of the decision.</summary>
    public required ulong TimeNs { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>How long the outcome is watched.</summary>
    public required ulong ObserveNs { get; init; }

    public required SeriesBook Series { get; init; }

    public required ConfigurationView Configuration { get; init; }

    public required TimeBudget Budget { get; init; }

    /// <summary>What computes.</summary>
    public required SimdOps Kernels { get; init; }
}
