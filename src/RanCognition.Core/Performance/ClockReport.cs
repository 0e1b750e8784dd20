namespace RanCognition.Performance;

/// <summary>How the library's clock does.</summary>
/// <param name="Source">What it is read from.</param>
/// <param name="FrequencyHz">Ticks a second of that.</param>
/// <param name="DriftNs">The largest distance from the system's monotonic clock that was seen when the counter was compared with it, ns.</param>
/// <param name="Recalibrations">Comparisons after which the counter's rate was set anew.</param>
/// <param name="Faults">Comparisons in which the counter was off by more than a thousandth.</param>
/// <param name="OffsetNs">The system's date - the clock, ns.</param>
public readonly record struct ClockReport(string Source, ulong FrequencyHz, ulong DriftNs, ulong Recalibrations, ulong Faults, long OffsetNs)
{
    /// <summary>The least difference between two readings, ns.</summary>
    public ulong ResolutionNs => Math.Max(1, (NanosecondsPerSecond + FrequencyHz - 1) / FrequencyHz);

    private const ulong NanosecondsPerSecond = 1_000_000_000;
}
