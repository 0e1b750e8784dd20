namespace RanCognition.Performance.Clock;

/// <summary>What a pair of readings leads to.</summary>
internal enum CalibrationStep
{
    /// <summary>Too early or too inexact: ask again with a later pair.</summary>
    Wait,

    /// <summary>There is a new line.</summary>
    Line,

    /// <summary>Counter and system clock have parted: the line is void, the counter is measured anew.</summary>
    Restart,

    /// <summary>The counter is of no use: the system clock for good.</summary>
    GiveUp,
}
