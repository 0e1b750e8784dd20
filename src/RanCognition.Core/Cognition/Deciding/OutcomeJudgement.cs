using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>What an outcome means for a decision.</summary>
internal sealed class OutcomeJudgement
{
    /// <summary>The record as it is from now on.</summary>
    public required DecisionRecord Record { get; init; }

    /// <summary>The outcome is judged, and can be learned from.</summary>
    public bool IsFinal { get; init; }

    public required OutcomeVerdict Verdict { get; init; }

    public required string Reason { get; init; }

    public double? Surprise { get; init; }

    public OutcomeReply Reply(List<IgnoredField> ignored, ulong elapsedNs) => new()
    {
        DecisionId = Record.Id,
        Verdict = Verdict,
        Reason = Reason,
        Restore = Verdict == OutcomeVerdict.RollBack ? RestoreList.Of(Record.Actions) : null,
        Surprise = Surprise,
        TargetsHeld = Record.TargetsHeld,
        Ignored = ignored,
        ExecutionTime = elapsedNs,
    };
}
