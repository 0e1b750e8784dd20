using RanCognition.Cognition.Explaining;
using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Deciding;

/// <summary>A decision before it is given out, and what is to be kept of it.</summary>
internal sealed class MadeDecision
{
    public required Decision Decision { get; init; }

    public required DecisionRecord Record { get; init; }

    /// <summary>Series whose integration the state tells.</summary>
    public required IReadOnlyList<MetricGrid> Watched { get; init; }

    /// <summary>Completes it.</summary>
    /// <param name="elapsedNs">Of the call.</param>
    public Decision Finish(ulong elapsedNs)
    {
        Decision.Explanation = ExplanationWriter.Write(Decision);
        Decision.ExecutionTime = elapsedNs;
        return Decision;
    }
}
