namespace RanCognition.Contracts;

/// <summary>Everything a strange-loop core believes about itself. Restored, it goes on to give the same answers.</summary>
public sealed class StrangeLoopState
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Of the core that is restored too: the bounds of coverage hold for one step size.</summary>
    public double AciStep { get; init; } = 0.05;

    public int Levels { get; init; } = 2;

    /// <summary>In the order in which they first spoke.</summary>
    public IReadOnlyList<LoopState> Loops { get; init; } = [];

    /// <summary>Commands that the conflict detector keeps.</summary>
    public IReadOnlyList<ControlCommand> LiveCommands { get; init; } = [];

    /// <summary>Place of each kept command among all that there were, ascending.</summary>
    public IReadOnlyList<ulong> LivePlaces { get; init; } = [];

    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>Place of the next command.</summary>
    public ulong NextCommand { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}

/// <summary>One loop's model of itself.</summary>
public sealed class LoopState
{
    public required string LoopId { get; init; }

    /// <summary>When it last spoke.</summary>
    public ulong TimeNs { get; init; }

    public IReadOnlyList<MetricState> Metrics { get; init; } = [];

    /// <summary>Null = it never had experts.</summary>
    public ExpertsState? Experts { get; init; }

    /// <summary>The last change of each attribute, the latest ones last.</summary>
    public IReadOnlyList<ConfigurationChange> Actions { get; init; } = [];
}

/// <summary>How predictions are corrected: the parameters that a loop tunes itself.</summary>
/// <param name="Memory">Observations after which one counts 1/e in bias and gain.</param>
/// <param name="Damping">Share of bias and gain that is applied: 0 none, 1 all.</param>
/// <param name="ScoreWindow">Latest scores that the width of the interval is taken from.</param>
public sealed record LoopSetting(double Memory, double Damping, int ScoreWindow);

/// <summary>What a loop knows of one metric.</summary>
public sealed class MetricState
{
    public required string Metric { get; init; }

    /// <summary>Predictions of it that were closed.</summary>
    public ulong Observations { get; init; }

    public required LoopSetting Setting { get; init; }

    /// <summary>Follows from the records: for the reader.</summary>
    public double Bias { get; init; }

    /// <summary>Follows from the records: for the reader.</summary>
    public double Gain { get; init; }

    /// <summary>Follows from scores and coverage: for the reader.</summary>
    public double? IntervalScale { get; init; }

    /// <summary>Null = it never had an interval.</summary>
    public IntervalState? Coverage { get; init; }

    /// <summary>Null = none is open.</summary>
    public OpenForecastState? Open { get; init; }

    /// <summary>Errors in half widths of the prediction's interval, oldest first.</summary>
    public double[] Scores { get; init; } = [];

    /// <summary>By memory.</summary>
    public IReadOnlyList<ErrorRecordState> Records { get; init; } = [];

    /// <summary>Null = nothing to tune yet, or not at this level.</summary>
    public TuningState? Tuning { get; init; }
}

/// <summary>Record of adaptive conformal inference.</summary>
public sealed class IntervalState
{
    public double Coverage { get; init; }

    /// <summary>The level a of the next interval.</summary>
    public double Miscoverage { get; init; }

    public ulong Steps { get; init; }

    public ulong Covered { get; init; }

    /// <summary>How far the share covered can be from the coverage; null = no steps yet. Follows from the steps: for the reader.</summary>
    public double? Bound { get; init; }
}

/// <summary>A prediction whose outcome is not known yet.</summary>
public sealed class OpenForecastState
{
    /// <summary>Before the correction.</summary>
    public double Mean { get; init; }

    /// <summary>From the mean to the centre of the interval: not 0 where the mean was outside of it.</summary>
    public double CentreOffset { get; init; }

    /// <summary>From the centre down to the bound given; null = unbounded.</summary>
    public double? HalfLower { get; init; }

    /// <summary>From the centre up to the bound given; null = unbounded.</summary>
    public double? HalfUpper { get; init; }

    public bool HasInterval { get; init; }

    public double CorrectedMean { get; init; }

    public double? Lower { get; init; }

    public double? Upper { get; init; }

    public bool Empty { get; init; }
}

/// <summary>Regression of errors on predictions that forgets: sums with weights.</summary>
public sealed class ErrorRecordState
{
    public double Memory { get; init; }

    /// <summary>Sum of the weights.</summary>
    public double Weight { get; init; }

    public double MeanForecast { get; init; }

    public double MeanError { get; init; }

    /// <summary>Weighted squares of predictions about their mean.</summary>
    public double ForecastSquares { get; init; }

    /// <summary>Weighted products of predictions and errors about their means.</summary>
    public double Products { get; init; }

    /// <summary>Weighted squares of errors about their mean.</summary>
    public double ErrorSquares { get; init; }

    /// <summary>Mean size of what the correction left over.</summary>
    public double TypicalError { get; init; }

    /// <summary>Variance that the intervals given speak of; 0 = none was given.</summary>
    public double GivenVariance { get; init; }

    public int OutliersInARow { get; init; }
}

/// <summary>A setting that runs beside the one in use.</summary>
public sealed class ShadowState
{
    public required LoopSetting Setting { get; init; }

    public double[] Scores { get; init; } = [];

    /// <summary>Sum of losses of the setting in use over the same steps.</summary>
    public double UsedLoss { get; init; }

    public double Loss { get; init; }

    /// <summary>Steps of the stretch.</summary>
    public int Steps { get; init; }

    /// <summary>Sum of loss differences of the batch that is being filled.</summary>
    public double BatchDifference { get; init; }

    public double MeanDifference { get; init; }

    public double SquaredDifferences { get; init; }
}

/// <summary>A change that a loop made to itself.</summary>
public sealed class LoopChange
{
    public ulong TimeNs { get; init; }

    /// <summary>An adopted change was taken back.</summary>
    public bool IsRollback { get; init; }

    public required LoopSetting Before { get; init; }

    public required LoopSetting After { get; init; }

    /// <summary>Mean loss, over the steps that decided, of the setting before.</summary>
    public double LossBefore { get; init; }

    public double LossAfter { get; init; }

    /// <summary>Of the one-sided paired test.</summary>
    public double PValue { get; init; }

    /// <summary>Steps that decided.</summary>
    public int Steps { get; init; }
}

/// <summary>How far a loop's work on itself has come, for one metric.</summary>
public sealed class TuningState
{
    /// <summary>Steps of a test.</summary>
    public int Patience { get; init; }

    /// <summary>One challenger is tested; else several are compared.</summary>
    public bool IsTesting { get; init; }

    /// <summary>Rounds of challengers so far; says which parameter's turn it is.</summary>
    public ulong Rounds { get; init; }

    public IReadOnlyList<ShadowState> Challengers { get; init; } = [];

    /// <summary>The setting before the last change, while it is watched.</summary>
    public ShadowState? Previous { get; init; }

    /// <summary>Stretches that the last change is still watched.</summary>
    public int StretchesToWatch { get; init; }

    /// <summary>A setting that was rolled back and rests.</summary>
    public LoopSetting? Resting { get; init; }

    public int RoundsToRest { get; init; }

    public ulong Adopted { get; init; }

    public ulong RolledBack { get; init; }

    /// <summary>The latest ones, the last one last.</summary>
    public IReadOnlyList<LoopChange> Changes { get; init; } = [];
}

/// <summary>Weights of a loop's experts and their record.</summary>
public sealed class ExpertsState
{
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Follows from the losses: for the reader.</summary>
    public double[] Weights { get; init; } = [];

    /// <summary>Follows from the losses: for the reader. Null while no step is closed.</summary>
    public RegretReport? Regret { get; init; }

    /// <summary>Sum of losses of each, less the least loss of each step.</summary>
    public double[] Losses { get; init; } = [];

    /// <summary>The same of the mixture.</summary>
    public double MixtureLoss { get; init; }

    /// <summary>AdaHedge's sum of mixability gaps.</summary>
    public double MixabilityGap { get; init; }

    public double LargestSpread { get; init; }

    public ulong Steps { get; init; }

    /// <summary>Metrics of the open step; none = no step is open.</summary>
    public IReadOnlyList<string> OpenMetrics { get; init; } = [];

    /// <summary>What each expert said, in the order of names: one number for each open metric.</summary>
    public IReadOnlyList<double[]> OpenValues { get; init; } = [];
}
