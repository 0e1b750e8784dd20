namespace RanCognition.Contracts;

/// <summary>What a loop expects of a metric.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Mean">Null = what the experts' mixture says.</param>
/// <param name="Lower">Null = no bound of the loop's own.</param>
/// <param name="Upper">Null = no bound of the loop's own.</param>
/// <param name="Coverage">Share of outcomes that [lower, upper] is meant to hold, above 0 and below 1.</param>
public sealed record LoopForecast(string Metric, double? Mean, double? Lower, double? Upper, double Coverage);

/// <summary>A number by the name of its metric.</summary>
public sealed record LoopValue(string Metric, double Value);

/// <summary>What one model of a loop expects.</summary>
public sealed record LoopExpert(string Name, IReadOnlyList<LoopValue> Values);

/// <summary>What a loop tells: what happened since it last spoke, and what it expects next.</summary>
public sealed record LoopObservation
{
    public required string LoopId { get; init; }

    /// <summary>Null = the clock's.</summary>
    public ulong? TimeNs { get; init; }

    public IReadOnlyList<LoopForecast> Predict { get; init; } = [];

    public IReadOnlyList<LoopExpert> Experts { get; init; } = [];

    public IReadOnlyList<LoopValue> Observed { get; init; } = [];

    public IReadOnlyList<ConfigurationChange> Actions { get; init; } = [];

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>A prediction as the loop's own record corrects it.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Mean">The mixture, or the loop's own mean, times gain plus bias.</param>
/// <param name="Lower">Null = unbounded, or empty.</param>
/// <param name="Upper">Null = unbounded, or empty.</param>
/// <param name="Empty">No value is expected to be covered: the interval is empty.</param>
public sealed record CorrectedForecast(string Metric, double? Mean, double? Lower, double? Upper, bool Empty);

/// <summary>What is known of the corrections of one metric.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Bias">Added to the mean, after the gain.</param>
/// <param name="Gain">The mean is multiplied by it.</param>
/// <param name="IntervalScale">Width of the corrected interval over that of the prediction; null = unbounded.</param>
public sealed record MetricCorrection(string Metric, double Bias, double Gain, double? IntervalScale);

public sealed record ExpertWeight(string Name, double Weight);

/// <summary>How much worse the mixture did than the best expert, and the most that it can.</summary>
public sealed record RegretReport(double Value, double Bound, ulong Steps);

/// <summary>How often the corrected intervals held, and how far that can be from the target.</summary>
public sealed record CoverageReport(double Value, double Target, double Bound, ulong Steps);

public sealed record LoopReply
{
    public IReadOnlyList<CorrectedForecast> Corrected { get; init; } = [];

    /// <summary>Of the metrics of the call.</summary>
    public IReadOnlyList<MetricCorrection> Corrections { get; init; } = [];

    /// <summary>Weights applied to the experts of the call; else those after the observation.</summary>
    public IReadOnlyList<ExpertWeight> Weights { get; init; } = [];

    /// <summary>Null while no step with experts is closed.</summary>
    public RegretReport? Regret { get; init; }

    /// <summary>Null while no step with an interval is closed.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>The deepest level that has a part in these numbers: 0 the predictions as given, 1 their correction, 2 a tuned correction, 3 a tuned patience.</summary>
    public int Level { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
