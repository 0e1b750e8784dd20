using System.Diagnostics;
using System.Runtime.CompilerServices;
using RanCognition.Performance.Clock;

namespace RanCognition.Performance;

/// <summary>Nanoseconds since the Unix epoch that never go back, over all threads.</summary>
/// <remarks>
/// Where the processor has a counter at an even rate it is read, at a rate that is set anew against the system's monotonic clock at least once a second of use;
/// elsewhere, and in the first 10 ms, that clock is. A later step of the system's date (NTP, an operator) is not followed. How and why: ClockState.
/// </remarks>
public static class NanoClock
{
    // No initial value: a class that has some checks at each access whether they were set.
    private static ClockState s_state;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NowNanoseconds() => TryNow(out ulong now) ? now : s_state.Now(default(MachineClock));

    /// <summary>The time when it is to be had at once (all but about one in 10^7 calls in a row); false = <see cref="NowNanoseconds"/> knows it.</summary>
    /// <remarks>Neither allocates nor throws nor waits, and touches no object: the runtime need not know of it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNow(out ulong now) => s_state.TryNow(default(MachineClock), out now);

    public static ClockReport Report()
    {
        NowNanoseconds();
        ulong frequency = s_state.FrequencyHz;
        bool counts = frequency != 0;
        string system = OperatingSystem.IsLinux() ? "CLOCK_MONOTONIC" : "the system's monotonic counter";
        return new ClockReport(
            counts ? $"{MachineClock.CounterName}, calibrated against {system}" : system,
            counts ? frequency : (ulong)Stopwatch.Frequency,
            s_state.WorstErrorNs, s_state.Lines, s_state.Faults, SystemClock.DateOffsetNs());
    }
}
