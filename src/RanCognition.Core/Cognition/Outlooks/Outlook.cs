using RanCognition.Contracts;

namespace RanCognition.Cognition.Outlooks;

/// <summary>What a set of changes would come to.</summary>
internal sealed class Outlook
{
    /// <summary>By metric of the targets, the objectives and the causes, in this order.</summary>
    public required IReadOnlyList<MetricExpectation> Expected { get; init; }

    /// <summary>Probability that every target holds, before calibration; 1 without targets, 0.5 when none can be judged.</summary>
    public required double ProbabilityOfTargets { get; init; }

    /// <summary>By target; NaN when it cannot be judged.</summary>
    public required double[] TargetProbabilities { get; init; }

    /// <summary>Expected value of the first objective; NaN when there is none, or it is not known.</summary>
    public required double Objective { get; init; }
}
