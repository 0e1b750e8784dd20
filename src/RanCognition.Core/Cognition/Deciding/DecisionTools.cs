using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Learning;
using RanCognition.Cognition.Networks;
using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Recalling;
using RanCognition.Cognition.Situations;
using RanCognition.Performance;

namespace RanCognition.Cognition.Deciding;

/// <summary>What the core knows when a decision is made. Read only.</summary>
internal sealed class DecisionTools
{
    public required IHost Host { get; init; }

    public required EpisodeBook Episodes { get; init; }

    public required ActionLog Executed { get; init; }

    public required ResponseBook Responses { get; init; }

    public required DecisionLearning Learning { get; init; }

    public required NetworkCache Networks { get; init; }

    /// <summary>The host's model; null = none.</summary>
    public IOutcomeAnswers? HostAnswers { get; init; }
}
