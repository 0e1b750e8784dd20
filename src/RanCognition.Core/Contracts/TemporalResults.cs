namespace RanCognition.Contracts;

/// <summary>Answer to one problem.</summary>
public sealed record TemporalAnalysisResult
{
    public string TimelineId { get; init; } = "";
    public string ProblemId { get; init; } = "";
    public string NetworkId { get; init; } = "";
    public ulong ExpansionFactor { get; init; }
    public ulong TemporalResolution { get; init; }

    /// <summary>Scenario paths simulated: the expansion factor times the effort, or fewer under a deadline or the size bound.</summary>
    public int Scenarios { get; init; }

    /// <summary>Seed of the scenario paths: the problem's, or the one that was drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>Look-ahead window, ns.</summary>
    public ulong BaseDuration { get; init; }

    /// <summary>Subjective time lived: window times scenarios, ns; saturates at 2^64 - 1.</summary>
    public ulong ExpandedDuration { get; init; }

    /// <summary>True when the time budget cut the work short; what is given was still computed.</summary>
    public bool DeadlineReached { get; init; }
    public IReadOnlyList<TemporalPattern> Patterns { get; init; } = [];
    public IReadOnlyList<TemporalInsight> Insights { get; init; } = [];
    public IReadOnlyList<TemporalPrediction> Predictions { get; init; } = [];
    public IReadOnlyList<ConstraintVerdict> Verdicts { get; init; } = [];
    public IReadOnlyList<ObjectiveOutlook> Objectives { get; init; } = [];
    public IReadOnlyList<MetricSummary> Metrics { get; init; } = [];

    /// <summary>History, forecast fan and findings per metric, for charts; null unless the problem asks for the timeline.</summary>
    public IReadOnlyList<MetricSeriesReport>? Series { get; init; }

    /// <summary>The expanded timeline; null unless the problem asks for it.</summary>
    public IReadOnlyList<TemporalPoint>? Timeline { get; init; }
    public double Confidence { get; init; }
    public ulong ExecutionTime { get; init; }
    public PerformanceMetrics PerformanceMetrics { get; init; } = new();
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>What was known of one metric and how well it can be forecast.</summary>
public sealed record MetricSummary
{
    public string Metric { get; init; } = "";

    /// <summary>given, observed or current_state.</summary>
    public string Source { get; init; } = "";
    public int Samples { get; init; }
    public int Missing { get; init; }
    public ulong StepNs { get; init; }
    public ulong StartNs { get; init; }
    public ulong EndNs { get; init; }

    /// <summary>ensemble; seasonal_naive when time was short; last_value with fewer than 12 samples; no_history with a present value alone; none.</summary>
    public string Model { get; init; } = "";

    /// <summary>Seasons used by the forecast, steps; empty = none.</summary>
    public IReadOnlyList<int> SeasonSteps { get; init; } = [];

    /// <summary>Share of the outcome's variance that the forecast explains at one step and at the end of the window; NaN = unknown.</summary>
    public double ExplainedVarianceFirst { get; init; }
    public double ExplainedVarianceLast { get; init; }
}

/// <summary>Where one objective is heading over the window.</summary>
public sealed record ObjectiveOutlook
{
    public string Objective { get; init; } = "";

    /// <summary>maximize or minimize.</summary>
    public string Direction { get; init; } = "";
    public string Metric { get; init; } = "";

    /// <summary>The objective's statistic over the last window of the history; NaN = unknown.</summary>
    public double Now { get; init; }

    /// <summary>5 %, 50 % and 95 % quantiles over the scenarios of the statistic over the window; NaN = unknown.</summary>
    public double P05 { get; init; }
    public double P50 { get; init; }
    public double P95 { get; init; }

    /// <summary>Share of the scenarios in which it ends better than now; NaN = unknown.</summary>
    public double ProbabilityBetter { get; init; }

    /// <summary>Why there are no quantiles, or null.</summary>
    public string? Reason { get; init; }
}

/// <summary>One point of the expanded timeline.</summary>
public sealed record TemporalPoint
{
    /// <summary>Subjective time since the start of the window, ns; saturates at 2^64 - 1.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>Real time since the start of the window, ns.</summary>
    public ulong BaseTime { get; init; }
    public ulong ExpandedTime { get; init; }

    /// <summary>Share of the outcome's variance that the forecast explains there, mean over the metrics; 0 without history.</summary>
    public double ConsciousnessFactor { get; init; }

    /// <summary>Constraints active there.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Per metric the 5, 25, 50, 75 and 95 % quantiles of the scenarios.</summary>
    public IReadOnlyList<KeyValuePair<string, double[]>> Quantiles { get; init; } = [];
}

/// <summary>Everything a chart of one metric needs.</summary>
public sealed record MetricSeriesReport
{
    public string Metric { get; init; } = "";
    public ulong StartNs { get; init; }
    public ulong StepNs { get; init; }
    public double[] Values { get; init; } = [];
    public ulong ForecastStartNs { get; init; }
    public double[] Mean { get; init; } = [];
    public double[] Lower { get; init; } = [];
    public double[] Upper { get; init; } = [];

    /// <summary>Quantile paths of the scenarios by probability.</summary>
    public IReadOnlyList<KeyValuePair<double, double[]>> Quantiles { get; init; } = [];
    public IReadOnlyList<AnomalyMark> Anomalies { get; init; } = [];
    public IReadOnlyList<ChangePointMark> ChangePoints { get; init; } = [];
    public IReadOnlyList<LimitMark> Limits { get; init; } = [];
}

/// <summary>An alarm on a chart: sample, what it was and what was expected.</summary>
public sealed record AnomalyMark(int Index, string Kind, double Value, double Expected, double Likelihood);

/// <summary>A lasting change on a chart.</summary>
public sealed record ChangePointMark(int Index, double Before, double After, double PValue);

/// <summary>A horizontal limit on a chart; Kind is max or min.</summary>
public sealed record LimitMark(string Constraint, string Kind, double Value);

/// <summary>Answers to many problems: one entry each, in their order.</summary>
public sealed record ParallelTemporalAnalysisResult
{
    public IReadOnlyList<ProblemOutcome> Results { get; init; } = [];
    public int ThreadCount { get; init; }
    public int TotalProblems { get; init; }
    public int Failed { get; init; }

    /// <summary>Mean over the problems that were answered; 0 when none was.</summary>
    public double Confidence { get; init; }
    public ulong ExecutionTime { get; init; }
    public PerformanceMetrics PerformanceMetrics { get; init; } = new();
}

/// <summary>Either an answer or the reason why there is none.</summary>
public sealed record ProblemOutcome(TemporalAnalysisResult? Ok, string? Err);

/// <summary>A problem of a batch as read: usable, or the reason why not.</summary>
public sealed record ProblemInput(RanProblem? Problem, string? Error);

/// <summary>How many scenario paths a timeline needs, measured.</summary>
public sealed record OptimizedTimeline
{
    public string TimelineId { get; init; } = "";

    /// <summary>Smallest factor of the curve whose error is at most ErrorTarget, or the largest measured.</summary>
    public ulong ExpansionFactor { get; init; }
    public ulong TemporalResolution { get; init; }

    /// <summary>Error that the recommendation aims at, as a share of the interval width.</summary>
    public double ErrorTarget { get; init; }
    public IReadOnlyList<ExpansionCost> Curve { get; init; } = [];

    /// <summary>(baseline - achieved) / (baseline - bound) of the error; baseline is that of 16 futures, the bound is 0; NaN when there is none to improve.</summary>
    public double OptimizationScore { get; init; }

    /// <summary>Why there is no score, or null.</summary>
    public string? Reason { get; init; }
    public double BoundValue { get; init; }

    /// <summary>proven, enumerated or best_known.</summary>
    public string BoundKind { get; init; } = "";
    public ulong ExecutionTime { get; init; }
    public PerformanceMetrics PerformanceMetrics { get; init; } = new();
    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

/// <summary>One measured point: paths, error of their quantiles, time.</summary>
public sealed record ExpansionCost(ulong ExpansionFactor, double Error, ulong ExecutionTime);

/// <summary>What runs here.</summary>
public sealed record RuntimeInfo
{
    public string Version { get; init; } = "";
    public uint AbiVersion { get; init; }
    public string Runtime { get; init; } = "";
    public string OperatingSystem { get; init; } = "";
    public string Architecture { get; init; } = "";
    public int Processors { get; init; }

    /// <summary>What the image in use was compiled for: x86-64-v2, x86-64-v3, x86-64-v4 or arm64.</summary>
    public string CpuLevel { get; init; } = "";

    /// <summary>The highest level that this machine could run; above <see cref="CpuLevel"/>, a better image lies unused or is not installed.</summary>
    public string CpuLevelBest { get; init; } = "";

    /// <summary>Instruction sets that the code in use was compiled for or checks at run time, present here.</summary>
    public IReadOnlyList<string> CpuFeatures { get; init; } = [];

    /// <summary>Width of the vector code in use, bits.</summary>
    public int VectorBits { get; init; }
    public string ClockSource { get; init; } = "";
    public ulong ClockResolutionNs { get; init; }

    /// <summary>Ticks a second of the clock source, as measured.</summary>
    public ulong ClockFrequencyHz { get; init; }

    /// <summary>The largest distance from the system's monotonic clock that was seen, ns.</summary>
    public ulong ClockDriftNs { get; init; }
    public ulong ClockRecalibrations { get; init; }

    /// <summary>Times that the counter was found off by more than a thousandth.</summary>
    public ulong ClockFaults { get; init; }

    /// <summary>The system's date - the library's clock, ns.</summary>
    public long ClockOffsetNs { get; init; }
    public IReadOnlyList<string> Cores { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, double>> Limits { get; init; } = [];
}
