namespace RanCognition.Contracts;

/// <summary>Who executes a decision.</summary>
public enum DecisionMode : byte
{
    /// <summary>Nobody: it is recorded only.</summary>
    Shadow,

    /// <summary>The host, when it confirms; it counts as executed when its outcome is reported.</summary>
    Assist,

    /// <summary>The host, without asking.</summary>
    Autonomous,
}

/// <summary>A target of an intent (TS 28.312): what a metric is to be.</summary>
public sealed class IntentTarget
{
    /// <summary>targetName as written.</summary>
    public required string Name { get; init; }

    /// <summary>targetCondition: IS_EQUAL_TO, IS_LESS_THAN, ...</summary>
    public required string Condition { get; init; }

    /// <summary>targetValueRange: one number, or several.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>JSON pointer of the target in the problem.</summary>
    public required string Place { get; init; }
}

/// <summary>One expectation of an intent.</summary>
public sealed class IntentExpectation
{
    public string Id { get; init; } = "";

    /// <summary>objectInstance(s) that it is about; empty = the whole network.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    public IReadOnlyList<IntentTarget> Targets { get; init; } = [];
}

/// <summary>What an operator wants, as TS 28.312 says it.</summary>
public sealed class NetworkIntent
{
    public string Id { get; init; } = "";

    public IReadOnlyList<IntentExpectation> Expectations { get; init; } = [];
}

/// <summary>Settings of the guards. A guard whose switch is false is not evaluated.</summary>
public sealed class GuardSettings
{
    public bool InsufficientSamples { get; init; } = true;

    /// <summary>Handover attempts that a relation must have within the periods that are judged.</summary>
    public double MinAttempts { get; init; } = 50;

    public bool Pacing { get; init; } = true;

    /// <summary>Between two executed decisions on one managed object.</summary>
    public ulong PacingNs { get; init; } = 3_600_000_000_000;

    public bool AtBound { get; init; } = true;

    /// <summary>Least and largest value by attribute, over the defaults.</summary>
    public IReadOnlyList<KeyValuePair<string, (double Lower, double Upper)>> Bounds { get; init; } = [];

    public bool MaxChange { get; init; } = true;

    /// <summary>Largest change of a decision by attribute, over the defaults.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> MaxChanges { get; init; } = [];

    public bool LowConfidence { get; init; } = true;

    public double MinConfidence { get; init; } = 0.5;

    public bool TargetAsleep { get; init; } = true;

    public bool TargetRecentlyWoken { get; init; } = true;

    public ulong WokenNs { get; init; } = 1_800_000_000_000;

    public bool Conflict { get; init; } = true;

    /// <summary>Attributes that may be changed; null = all that the library knows the ranges of.</summary>
    public IReadOnlyList<string>? AllowedAttributes { get; init; }
}

/// <summary>Present value of one attribute.</summary>
public sealed record AttributeSetting(string ManagedObject, string Attribute, MetadataValue Value);

/// <summary>A question to decide.</summary>
public sealed record DecisionProblem
{
    public RanProblem Problem { get; init; } = new();

    public DecisionMode Mode { get; init; } = DecisionMode.Assist;

    /// <summary>Sets of changes to choose from; Before is not used. Null = the library proposes.</summary>
    public IReadOnlyList<IReadOnlyList<ConfigurationChange>>? Candidates { get; init; }

    public NetworkModel? Network { get; init; }

    /// <summary>The bytes of the network as it was written: equal bytes are the same network.</summary>
    public byte[]? NetworkText { get; init; }

    public GuardSettings Guards { get; init; } = new();

    /// <summary>Managed objects that must not be touched.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>Present settings.</summary>
    public IReadOnlyList<AttributeSetting> Configuration { get; init; } = [];

    /// <summary>Moment of the decision; null = the host's clock.</summary>
    public ulong? TimeNs { get; init; }

    /// <summary>How long the outcome is watched. Null = the horizon, else four periods, at least 15 minutes.</summary>
    public ulong? ObserveNs { get; init; }

    /// <summary>When the outcome calls for the old values: an expression. Null = the library's.</summary>
    public string? RollbackCondition { get; init; }

    /// <summary>Probability of all targets with which a candidate is good enough to look at the objective, 0..1.</summary>
    public double TargetProbability { get; init; } = 0.9;

    /// <summary>Commands of other control functions that are in force.</summary>
    public IReadOnlyList<ControlCommand> Commands { get; init; } = [];

    public NetworkIntent? Intent { get; init; }
}

/// <summary>A test of a cause.</summary>
public sealed class CauseTest
{
    /// <summary>What is tested, in words with underscores: too_late_rate, prb_use, ...</summary>
    public required string Name { get; init; }

    /// <summary>Metric, or quotient of metrics.</summary>
    public required string Metric { get; init; }

    public double? Value { get; init; }

    /// <summary>What Value is held against.</summary>
    public double? Limit { get; init; }

    /// <summary>Chance of Value, or a more extreme one, at the limit.</summary>
    public double? PValue { get; init; }

    /// <summary>Whether it speaks for the cause.</summary>
    public bool Holds { get; init; }
}

/// <summary>What ails a managed object.</summary>
public sealed class CauseFinding
{
    /// <summary>One of <see cref="CauseNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Probability that the true value is beyond the limit of health, 0..1.</summary>
    public double Confidence { get; init; }

    /// <summary>Empty when it is of none in particular.</summary>
    public string ManagedObject { get; init; } = "";

    public IReadOnlyList<CauseTest> Tests { get; init; } = [];

    /// <summary>The metric, or quotient, that shows it; null when none does.</summary>
    public string? Metric { get; init; }

    /// <summary>Handover attempts, or periods, behind it.</summary>
    public double Samples { get; init; }
}

/// <summary>The closed list of causes.</summary>
public static class CauseNames
{
    public const string TooLate = "too_late";
    public const string TooEarly = "too_early";
    public const string WrongCell = "wrong_cell";
    public const string PingPong = "ping_pong";
    public const string Healthy = "healthy";
    public const string Overload = "overload";
    public const string Interference = "interference";
    public const string Outage = "outage";
    public const string CoverageHole = "coverage_hole";
    public const string Unknown = "unknown";
}

/// <summary>Guards by name.</summary>
public static class GuardNames
{
    public const string NotAllowed = "NOT_ALLOWED";
    public const string ProtectedCell = "PROTECTED_CELL";
    public const string TargetAsleep = "TARGET_ASLEEP";
    public const string TargetRecentlyWoken = "TARGET_RECENTLY_WOKEN";
    public const string InsufficientSamples = "INSUFFICIENT_SAMPLES";
    public const string Pacing = "PACING";
    public const string AtBound = "AT_BOUND";
    public const string MaxChange = "MAX_CHANGE";
    public const string Conflict = "CONFLICT";
    public const string Constraint = "CONSTRAINT";
    public const string LowConfidence = "LOW_CONFIDENCE";
}

/// <summary>What a metric is expected to be when the outcome is watched.</summary>
public sealed class MetricExpectation
{
    public required string Metric { get; init; }

    /// <summary>Quantiles, ascending; null when nothing is known.</summary>
    public double? P10 { get; init; }

    public double? P50 { get; init; }

    public double? P90 { get; init; }

    /// <summary>What the distances of p10 and p90 from p50 were multiplied by, as earlier outcomes have taught.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whether the actions change it.</summary>
    public bool IsChanged { get; init; }
}

/// <summary>A set of changes that was weighed.</summary>
public sealed class DecisionAlternative
{
    public IReadOnlyList<ConfigurationChange> Actions { get; init; } = [];

    public IReadOnlyList<MetricExpectation> Expected { get; init; } = [];

    /// <summary>Calibrated; 1 without targets.</summary>
    public double PAllTargets { get; init; }

    /// <summary>Where it is from: nothing, given, mro, mlb, network or memory.</summary>
    public string Source { get; init; } = "";

    /// <summary>Guards that took it, or a part of it, out.</summary>
    public IReadOnlyList<string> Vetoes { get; init; } = [];
}

/// <summary>An earlier case.</summary>
public sealed class SimilarCase
{
    public ulong Id { get; init; }

    /// <summary>When it was decided.</summary>
    public ulong TimeNs { get; init; }

    public double Distance { get; init; }

    public IReadOnlyList<KeyValuePair<string, double>> Outcome { get; init; } = [];

    public IReadOnlyList<ConfigurationChange> Action { get; init; } = [];

    public bool? Success { get; init; }
}

/// <summary>A guard and what it said.</summary>
public sealed class GuardVerdict
{
    public required string Name { get; init; }

    public bool Passed { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Managed objects and attributes whose changes it took out.</summary>
    public IReadOnlyList<ConfigurationChange> Vetoed { get; init; } = [];
}

/// <summary>How to undo a decision, and when.</summary>
public sealed class RollbackPlan
{
    /// <summary>Expression over what is observed; null when nothing was changed.</summary>
    public string? Condition { get; init; }

    public ulong ObserveNs { get; init; }

    /// <summary>After = the value to restore; Before = that of the decision.</summary>
    public IReadOnlyList<ConfigurationChange> Restore { get; init; } = [];
}

/// <summary>A sentence made of fields of the result.</summary>
/// <param name="Text">Its numbers are values of the fields.</param>
/// <param name="Fields">JSON pointers into the result.</param>
public sealed record ExplanationSentence(string Text, IReadOnlyList<string> Fields);

/// <summary>A target and the chance that it holds.</summary>
public sealed class TargetOutlook
{
    public required string Id { get; init; }

    public required string Expression { get; init; }

    /// <summary>With the decision's actions; null when it cannot be told.</summary>
    public double? Probability { get; init; }
}

/// <summary>Ns of each stage.</summary>
public sealed class StageTimes
{
    public ulong Recall { get; set; }

    public ulong Forecast { get; set; }

    public ulong Optimise { get; set; }

    public ulong Whatif { get; set; }

    public ulong Guards { get; set; }
}

/// <summary>A decision that can be checked, undone and learned from.</summary>
public sealed class Decision
{
    public ulong DecisionId { get; init; }

    public DecisionMode Mode { get; init; }

    public string ProblemType { get; init; } = "";

    public ulong TimeNs { get; init; }

    public ulong Seed { get; init; }

    public required CauseFinding Cause { get; init; }

    public IReadOnlyList<CauseFinding> Causes { get; init; } = [];

    public IReadOnlyList<ConfigurationChange> Actions { get; init; } = [];

    /// <summary>Why these actions, or why none.</summary>
    public string Reason { get; init; } = "";

    public IReadOnlyList<DecisionAlternative> Alternatives { get; init; } = [];

    public IReadOnlyList<MetricExpectation> Expected { get; init; } = [];

    /// <summary>Calibrated probability that all targets hold for the reported outcome.</summary>
    public double Confidence { get; init; }

    public IReadOnlyList<TargetOutlook> Targets { get; init; } = [];

    public IReadOnlyList<SimilarCase> Similar { get; init; } = [];

    /// <summary>By managedObject/attribute: change of the probability of all targets when this change alone is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Sensitivities { get; init; } = [];

    public IReadOnlyList<GuardVerdict> Guards { get; init; } = [];

    public required RollbackPlan Rollback { get; init; }

    public IReadOnlyList<ExplanationSentence> Explanation { get; set; } = [];

    public required StageTimes Timing { get; init; }

    /// <summary>Ids of a smallest set of constraints that cannot hold together; null = there is none.</summary>
    public IReadOnlyList<string>? Infeasible { get; init; }

    /// <summary>Skill of the core's own predictions of outcomes; null before it has any.</summary>
    public double? ConsciousnessLevel { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; set; }
}
