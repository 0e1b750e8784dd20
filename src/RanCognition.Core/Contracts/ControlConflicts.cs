namespace RanCognition.Contracts;

/// <summary>A parameter that belongs to a group.</summary>
/// <param name="ChangeTarget">What it is a parameter of; "" = not said.</param>
/// <param name="ParameterName">As commands name it.</param>
public sealed record GroupParameter(string ChangeTarget, string ParameterName);

/// <summary>Parameters that work on the same thing.</summary>
public sealed record ParameterGroup(string Name, IReadOnlyList<GroupParameter> Parameters);

/// <summary>What a control function (xApp, SON function) sets, and for how long. In force in [StartNs, StartNs + SpanNs).</summary>
public sealed class ControlCommand
{
    public required string Source { get; init; }

    /// <summary>What it does, in the sender's words.</summary>
    public string Command { get; init; } = "";

    public required string TargetParameter { get; init; }

    /// <summary>As it was written.</summary>
    public required string TargetValue { get; init; }

    /// <summary>The same, when it is a number.</summary>
    public double? TargetNumber { get; init; }

    public required string TargetCell { get; init; }

    public ulong StartNs { get; init; }

    public ulong SpanNs { get; init; }
}

/// <summary>One measured value.</summary>
/// <param name="Cell">Cell that it is of.</param>
/// <param name="Metric">Its name.</param>
/// <param name="TimeNs">When.</param>
/// <param name="Value">Finite.</param>
/// <param name="LowIsBetter">Else high is.</param>
public sealed record KpiSample(string Cell, string Metric, ulong TimeNs, double Value, bool LowIsBetter);

/// <summary>How control functions answer each other: the gain itself, or the changes that they made.</summary>
public sealed record ControlLoops
{
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Change of function a (row) per unit change of b (column).</summary>
    public IReadOnlyList<double[]>? Gain { get; init; }

    /// <summary>Change that each function made, period by period.</summary>
    public IReadOnlyList<double[]>? Changes { get; init; }
}

public sealed record ConflictRequest
{
    public IReadOnlyList<ParameterGroup>? Groups { get; init; }

    public IReadOnlyList<ControlCommand> Commands { get; init; } = [];

    public IReadOnlyList<KpiSample> Kpis { get; init; } = [];

    public ControlLoops? Loops { get; init; }

    /// <summary>The commands stay known until they end, and are compared with those of later requests.</summary>
    public bool Keep { get; init; }

    /// <summary>Kept commands that ended by then are forgotten. Null = the latest start of the request's commands.</summary>
    public ulong? TimeNs { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}

public enum ConflictKind : byte
{
    /// <summary>The same parameter of the same cell, different values.</summary>
    Direct,

    /// <summary>Different parameters of one group, the same cell.</summary>
    Indirect,

    /// <summary>A KPI is worse while both are in force.</summary>
    Implicit,
}

/// <summary>What to do about functions that chase each other. One of the two.</summary>
/// <param name="Damping">Factor of every change, above 0 and at most 1.</param>
/// <param name="Precedence">Who goes first.</param>
public sealed record ConflictAdvice(double? Damping, IReadOnlyList<string>? Precedence);

/// <summary>The KPI that is worse.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Before">Mean before either command.</param>
/// <param name="EarlierOnly">Mean while only the earlier one was in force.</param>
/// <param name="Both">Mean while both were.</param>
/// <param name="PValue">The larger of the two tests'.</param>
public sealed record KpiDegradation(string Metric, double Before, double EarlierOnly, double Both, double PValue);

/// <summary>Two commands that work against each other.</summary>
public sealed record ControlConflict
{
    public ConflictKind Kind { get; init; }

    /// <summary>Of the two commands, in their order.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    public string? GroupName { get; init; }

    public required string TargetCell { get; init; }

    /// <summary>Places of the two commands, ascending.</summary>
    public ulong FirstCommand { get; init; }

    public ulong SecondCommand { get; init; }

    public KpiDegradation? Kpi { get; init; }

    /// <summary>Spectral radius of the gain between the two functions, where it is known.</summary>
    public double? LoopGain { get; init; }

    public required ConflictAdvice Advice { get; init; }
}

public enum LoopAdviceKind : byte
{
    None,
    Damping,
    Precedence,
}

/// <summary>What to do about all loops together.</summary>
/// <param name="Kind">What helps.</param>
/// <param name="Damping">Factor of every change, with Damping.</param>
/// <param name="Limit">Damping must stay below it, with Damping.</param>
/// <param name="Order">Who goes first, with Precedence.</param>
public sealed record LoopAdvice(LoopAdviceKind Kind, double? Damping, double? Limit, IReadOnlyList<string>? Order);

/// <summary>A number of the complex plane.</summary>
public sealed record ComplexValue(double Real, double Imaginary);

/// <summary>How the functions answer each other.</summary>
public sealed record LoopGainReport
{
    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<double[]> Gain { get; init; }

    public required IReadOnlyList<ComplexValue> Eigenvalues { get; init; }

    public double SpectralRadius { get; init; }

    public required LoopAdvice Advice { get; init; }

    /// <summary>Largest standard error of an estimated gain; null when the gain was given.</summary>
    public double? StandardError { get; init; }
}

public sealed record ConflictReport
{
    /// <summary>Ordered by commands.</summary>
    public IReadOnlyList<ControlConflict> Conflicts { get; init; } = [];

    /// <summary>Place of the request's first command: kept commands count on.</summary>
    public ulong FirstCommand { get; init; }

    /// <summary>Commands that are kept now.</summary>
    public int Live { get; init; }

    /// <summary>There are more conflicts than are listed.</summary>
    public bool IsTruncated { get; init; }

    public LoopGainReport? Loops { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; init; }
}
