namespace RanCognition.Contracts;

/// <summary>What came of a decision.</summary>
public sealed class DecisionOutcome
{
    public ulong DecisionId { get; init; }

    /// <summary>When it was observed; null = the host's clock.</summary>
    public ulong? TimeNs { get; init; }

    public IReadOnlyList<KeyValuePair<string, double>> Observed { get; init; } = [];

    /// <summary>Null = as the mode says.</summary>
    public bool? Executed { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

public enum OutcomeVerdict : byte
{
    /// <summary>The time to judge has not come.</summary>
    Watching,
    Kept,
    RollBack,
}

/// <summary>The answer to a reported outcome.</summary>
public sealed class OutcomeReply
{
    public ulong DecisionId { get; init; }

    public OutcomeVerdict Verdict { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Only with RollBack: After = the value to restore.</summary>
    public IReadOnlyList<ConfigurationChange>? Restore { get; init; }

    /// <summary>Mean over the metrics that were predicted of the distance from p50 in units of half of p90 - p10; null when none was observed.</summary>
    public double? Surprise { get; init; }

    public bool? TargetsHeld { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}

/// <summary>The answer to a rollback.</summary>
public sealed class RollbackReply
{
    public ulong DecisionId { get; init; }

    public IReadOnlyList<ConfigurationChange> Restore { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}

/// <summary>Where a decision stands.</summary>
public enum DecisionStatus : byte
{
    Open,
    Kept,
    RollBackAdvised,
    RolledBack,
}

/// <summary>What is kept of a decision: enough to undo it, to judge it, and to learn from it. A line of the journal.</summary>
/// <remarks>What the core has learned is a function of these records in the order of their reports, so that it is the same after a restart.</remarks>
public sealed record DecisionRecord
{
    public ulong Id { get; init; }

    public ulong TimeNs { get; init; }

    public string NetworkId { get; init; } = "";

    public string ProblemType { get; init; } = "";

    public DecisionMode Mode { get; init; }

    public string CauseName { get; init; } = "";

    public string ManagedObject { get; init; } = "";

    public IReadOnlyList<ConfigurationChange> Actions { get; init; } = [];

    /// <summary>Expressions that must hold for the observed values.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>As they were expected with the actions.</summary>
    public IReadOnlyList<MetricExpectation> Expected { get; init; } = [];

    /// <summary>Last value of each expected metric before the decision.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Before { get; init; } = [];

    /// <summary>What is like in similar cases.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Situation { get; init; } = [];

    /// <summary>Probability of all targets before calibration.</summary>
    public double RawConfidence { get; init; }

    public double Confidence { get; init; }

    /// <summary>Calibrated probability of all targets had nothing been done.</summary>
    public double NothingConfidence { get; init; }

    public string? RollbackCondition { get; init; }

    public ulong ObserveNs { get; init; }

    /// <summary>Names of the guards that vetoed.</summary>
    public IReadOnlyList<string> Vetoes { get; init; } = [];

    public DecisionStatus Status { get; init; }

    /// <summary>Null = not known yet.</summary>
    public bool? Executed { get; init; }

    /// <summary>Place in the order of reports, from 1; 0 = not reported.</summary>
    public ulong ReportSequence { get; init; }

    public ulong? ReportedNs { get; init; }

    public IReadOnlyList<KeyValuePair<string, double>> Observed { get; init; } = [];

    /// <summary>Null when not every target could be judged.</summary>
    public bool? TargetsHeld { get; init; }
}

/// <summary>Between a record and the document that the journal keeps of it.</summary>
public interface IDecisionCodec
{
    void Write(DecisionRecord record, System.Buffers.IBufferWriter<byte> document);

    DecisionRecord Read(ReadOnlySpan<byte> document);
}
