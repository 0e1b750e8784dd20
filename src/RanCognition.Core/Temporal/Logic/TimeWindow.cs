namespace RanCognition.Temporal.Logic;

/// <summary>A closed window of a temporal operator, relative to the instant at which the operator is evaluated.</summary>
/// <param name="StartNs">Distance of its first moment, ns.</param>
/// <param name="EndNs">Distance of its last moment, ns; <see cref="OpenEnd"/> = the end of the look-ahead window.</param>
public readonly record struct TimeWindow(ulong StartNs, ulong EndNs)
{
    /// <summary>The end that stands for "as far as the paths reach".</summary>
    public const ulong OpenEnd = ulong.MaxValue;

    /// <summary>From the instant itself to the end of the look-ahead window.</summary>
    public static TimeWindow Whole => new(0, OpenEnd);

    public bool IsOpen => EndNs == OpenEnd;

    /// <summary>Canonical text: empty for the whole window, else <c>[0,300s]</c>.</summary>
    public override string ToString() =>
        this == Whole ? "" : $"[{FormulaText.Duration(StartNs)},{(IsOpen ? "inf" : FormulaText.Duration(EndNs))}]";

    /// <summary>Number of the first sample at or after the start, counted in steps.</summary>
    internal int FirstStep(ulong stepNs) => StepCount(StartNs / stepNs + (StartNs % stepNs != 0 ? 1UL : 0UL));

    /// <summary>Number of the last sample at or before the end, counted in steps.</summary>
    internal int LastStep(ulong stepNs) => StepCount(EndNs / stepNs);

    private static int StepCount(ulong steps) => (int)Math.Min(steps, int.MaxValue);
}
