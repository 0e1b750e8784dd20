namespace RanCognition.Contracts;

/// <summary>Decisions whose confidence fell into one bin.</summary>
public sealed class ReliabilityBin
{
    public double Lower { get; init; }

    public double Upper { get; init; }

    public ulong Count { get; init; }

    /// <summary>Mean confidence; null without decisions.</summary>
    public double? Confidence { get; init; }

    /// <summary>Share in which all targets held.</summary>
    public double? Held { get; init; }
}

/// <summary>How far confidences can be believed, over decisions whose outcome was reported.</summary>
public sealed class CalibrationReport
{
    /// <summary>Expected calibration error over ten equal bins; null without outcomes.</summary>
    public double? Ece { get; init; }

    /// <summary>Mean squared distance of confidence and outcome.</summary>
    public double? Brier { get; init; }

    public ulong Count { get; init; }

    public IReadOnlyList<ReliabilityBin> Bins { get; init; } = [];
}

/// <summary>Which metrics act as one.</summary>
public sealed class IntegrationReport
{
    /// <summary>Integrated information, nats; null when there is too little data.</summary>
    public double? Phi { get; init; }

    /// <summary>The two sides of the minimum-information partition.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Partition { get; init; } = [];

    /// <summary>Periods that it was computed from.</summary>
    public int Samples { get; init; }

    /// <summary>Every partition was looked at.</summary>
    public bool Exact { get; init; }

    /// <summary>Why there is no number, or what was left out; null otherwise.</summary>
    public string? Reason { get; init; }
}

/// <summary>What a cognitive core knows of itself.</summary>
public sealed class CognitiveState
{
    /// <summary>1 - error of its own predictions of outcomes / error of persistence; null before there is an outcome.</summary>
    public double? ConsciousnessLevel { get; init; }

    public required CalibrationReport Calibration { get; init; }

    /// <summary>Share of observed values within p10..p90; null without any.</summary>
    public double? Coverage { get; init; }

    /// <summary>Decisions by mode (SHADOW, ASSIST, AUTONOMOUS), result (OPEN, KEPT, ROLL_BACK, ROLLED_BACK) and kind (WITH_ACTIONS, WITHOUT_ACTIONS, EXECUTED), and TOTAL.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> Decisions { get; init; } = [];

    /// <summary>Decisions that a guard took something out of, by guard.</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> Vetoes { get; init; } = [];

    /// <summary>Mean over reported decisions with targets of the probability that they would have held without the actions minus whether they held; below 0 = acting was better. Null without any.</summary>
    public double? Regret { get; init; }

    public required IntegrationReport Integration { get; init; }

    /// <summary>Episodes of the memory.</summary>
    public ulong Episodes { get; init; }

    /// <summary>Samples of the history.</summary>
    public ulong HistorySamples { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
