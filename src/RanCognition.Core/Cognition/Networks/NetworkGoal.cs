using RanCognition.Cognition.Situations;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Networks;

/// <summary>What is sought.</summary>
internal sealed class NetworkGoal
{
    public required ITargetJudge Targets { get; init; }

    /// <summary>What the first objective measures; null = by the type of problem.</summary>
    public MetricReference? Objective { get; init; }

    /// <summary>Whether more of it is better.</summary>
    public bool Maximize { get; init; }
}
