namespace RanCognition.Contracts;

/// <summary>One question about a network: what is known now, what has been, and what is wanted.</summary>
public sealed record RanProblem
{
    public string Id { get; init; } = "";
    public string NetworkId { get; init; } = "";
    public string ProblemType { get; init; } = "";

    /// <summary>Latest value of each metric, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> CurrentState { get; init; } = [];
    public IReadOnlyList<string> Objectives { get; init; } = [];
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>Past samples of each metric, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, MetricHistory>> History { get; init; } = [];

    /// <summary>Look-ahead window; null means 24 steps of the history, or 1 s without history.</summary>
    public ulong? HorizonNs { get; init; }

    /// <summary>Time budget of the call, counted from its start; null means none.</summary>
    public ulong? DeadlineNs { get; init; }
    public ulong? Seed { get; init; }
    public bool IncludeTimeline { get; init; }

    /// <summary>Per metric, the distance from the predicted value that still counts as right.</summary>
    public IReadOnlyDictionary<string, double> Tolerance { get; init; } = new Dictionary<string, double>();

    /// <summary>Input fields that were not understood, with the reason.</summary>
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>Samples of one metric on a regular grid (StartNs, StepNs) or at given times (TimesNs). NaN = missing.</summary>
public sealed record MetricHistory
{
    public ulong StartNs { get; init; }

    /// <summary>Sampling step; 0 = unknown.</summary>
    public ulong StepNs { get; init; }

    /// <summary>Sample times, never decreasing; null on a regular grid.</summary>
    public ulong[]? TimesNs { get; init; }
    public double[] Values { get; init; } = [];
}

/// <summary>A limit on metrics: constraint_type is max, min, max_rate, equals or window.</summary>
public sealed record Constraint
{
    public string Id { get; init; } = "";
    public string ConstraintType { get; init; } = "";

    /// <summary>Metric limits, and the optional start_ns and end_ns of the window in which they hold.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; init; } = [];
    public byte Priority { get; init; }

    /// <summary>The constraint itself where it is given as text, which is its id too; null of a record.</summary>
    internal string? Expression { get; init; }

    internal static Constraint OfText(string text) => new() { Id = text, ConstraintType = "expression", Expression = text };
}

/// <summary>An input field that was not used: JSON pointer and reason.</summary>
public sealed record IgnoredField(string Field, string Reason);

/// <summary>Metrics of one object over time, as the pattern, prediction and expansion calls take them.</summary>
public sealed record Timeline
{
    public string Id { get; init; } = "";
    public IReadOnlyList<KeyValuePair<string, MetricHistory>> Metrics { get; init; } = [];
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>Something found in a history by a test; confidence is 1 - p-value, corrected for the number of tests made.</summary>
public sealed record TemporalPattern
{
    public string Id { get; init; } = "";

    /// <summary>One of <see cref="PatternTypes"/>.</summary>
    public string PatternType { get; init; } = "";
    public double Confidence { get; init; }
    public ulong StartTime { get; init; }
    public ulong EndTime { get; init; }
    public string Metric { get; init; } = "";

    /// <summary>The metric that follows (lead_lag), or the denominator of a quotient; null otherwise.</summary>
    public string? OtherMetric { get; init; }

    /// <summary>Id of the constraint that was broken (constraint_violation); null otherwise.</summary>
    public string? Constraint { get; init; }

    /// <summary>Measured numbers of the finding, by name with unit (period_ns, before, after, ...).</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; init; } = [];

    /// <summary>Corrected p-value, 0..1.</summary>
    public double PValue { get; init; }
}

/// <summary>The closed list of pattern_type values.</summary>
public static class PatternTypes
{
    public const string Seasonality = "seasonality";
    public const string Trend = "trend";
    public const string LevelShift = "level_shift";
    public const string VarianceShift = "variance_shift";
    public const string Outage = "outage";
    public const string Spike = "spike";
    public const string Dip = "dip";
    public const string Surge = "surge";
    public const string Flatline = "flatline";
    public const string Drift = "drift";
    public const string Motif = "motif";
    public const string LeadLag = "lead_lag";
    public const string ConstraintViolation = "constraint_violation";

    private static readonly string[] InOrder =
    [
        Seasonality, Trend, LevelShift, VarianceShift, Outage, Spike, Dip, Surge, Flatline, Drift, Motif, LeadLag, ConstraintViolation,
    ];

    /// <summary>Place in the list: results are ordered by it.</summary>
    public static int Order(string type) => Array.IndexOf(InOrder, type);
}

/// <summary>A sentence made only from tested findings; Fields are JSON pointers to the numbers it uses.</summary>
public sealed record TemporalInsight
{
    public string Description { get; init; } = "";
    public double Confidence { get; init; }
    public bool Actionable { get; init; }

    /// <summary>none, low, medium, high or critical.</summary>
    public string Impact { get; init; } = "";
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>Forecast of one metric at one distance into the future.</summary>
public sealed record TemporalPrediction
{
    public string Metric { get; init; } = "";
    public double PredictedValue { get; init; }

    /// <summary>Calibrated probability that the outcome falls within Tolerance of PredictedValue.</summary>
    public double Confidence { get; init; }

    /// <summary>Distance from the last sample, ns.</summary>
    public ulong TimeHorizon { get; init; }

    /// <summary>Ends of the interval; NaN (written as null) when the width is unknown.</summary>
    public double Lower { get; init; }
    public double Upper { get; init; }
    public double Coverage { get; init; }
    public double Tolerance { get; init; }
    public string Model { get; init; } = "";
}

/// <summary>What the host's calls of one core cost, read from the clock and the allocator.</summary>
public readonly record struct PerformanceMetrics
{
    public ulong TotalExecutions { get; init; }

    /// <summary>Ns.</summary>
    public ulong LastExecutionTime { get; init; }

    /// <summary>Ns.</summary>
    public double AverageExecutionTime { get; init; }
    public ulong ErrorCount { get; init; }

    /// <summary>Bytes.</summary>
    public ulong MemoryUsage { get; init; }
}

/// <summary>Whether a constraint holds over the look-ahead window: one row per constraint.</summary>
public sealed record ConstraintVerdict
{
    public string Id { get; init; } = "";

    /// <summary>The constraint as text, normalised.</summary>
    public string Expression { get; init; } = "";

    /// <summary>Share of the scenario paths in which it holds; NaN (null) when it could not be evaluated.</summary>
    public double Probability { get; init; }

    /// <summary>Median over the paths of the signed distance to violation, in the metric's unit; negative = violated.</summary>
    public double Robustness { get; init; }

    /// <summary>5 % and 95 % quantiles of the robustness over the paths.</summary>
    public double RobustnessLower { get; init; }
    public double RobustnessUpper { get; init; }

    /// <summary>Median over the violating paths of the first moment of violation, ns since the epoch; null when no path violates it.</summary>
    public ulong? FirstViolationNs { get; init; }

    /// <summary>Whether it holds for the present values, where there is no history to simulate futures from; null otherwise.</summary>
    public bool? HoldsNow { get; init; }

    /// <summary>Paths evaluated.</summary>
    public int Scenarios { get; init; }
    public byte Priority { get; init; }

    /// <summary>Why there is no probability, or null.</summary>
    public string? Reason { get; init; }
}
