using System.Diagnostics;

namespace RanCognition.Performance;

/// <summary>Nanoseconds since the Unix epoch that never go back: the system clock read once, advanced by the monotonic counter.</summary>
/// <remarks>Safe from any thread. A later step of the system clock (NTP, an operator) is not followed.</remarks>
public static class NanoClock
{
    private static readonly long StartTicks = Stopwatch.GetTimestamp();
    private static readonly ulong StartNanoseconds =
        (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;

    private const ulong NanosecondsPerTick = 100;
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static ulong NowNanoseconds()
    {
        ulong start = StartNanoseconds;
        long elapsed = Stopwatch.GetTimestamp() - StartTicks;
        return start + (Stopwatch.Frequency == NanosecondsPerSecond
            ? (ulong)elapsed
            : (ulong)((Int128)elapsed * NanosecondsPerSecond / Stopwatch.Frequency));
    }
}
