using System.Diagnostics;

namespace RanCognition.Performance.Clock;

/// <summary>The system's monotonic clock, set to Unix time once: a later step of the system's date is not followed.</summary>
internal static class SystemClock
{
    private const ulong NanosecondsPerTick = 100;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // What comes between two readings makes them differ by more: the closest of some counts.
    private const int Tries = 5;

    private static readonly ulong Epoch = UnixTimeAtMonotonicZero();

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public static ulong NowNanoseconds() => Epoch + Monotonic();

    /// <summary>The system's date - this clock, ns: what steps of the date since the start amount to.</summary>
    public static long DateOffsetNs() => (long)(UnixTimeAtMonotonicZero() - Epoch);

    private static ulong UnixTimeAtMonotonicZero()
    {
        ulong best = 0;
        ulong narrowest = ulong.MaxValue;
        ulong before = Monotonic();
        for (int i = 0; i < Tries; i++)
        {
            ulong date = (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;
            ulong after = Monotonic();
            if (after - before < narrowest)
            {
                narrowest = after - before;
                best = date - before - narrowest / 2;
            }
            before = after;
        }
        return best;
    }

    private static ulong Monotonic()
    {
        long ticks = Stopwatch.GetTimestamp();
        return Stopwatch.Frequency == NanosecondsPerSecond ? (ulong)ticks : (ulong)((Int128)ticks * NanosecondsPerSecond / Stopwatch.Frequency);
    }
}
