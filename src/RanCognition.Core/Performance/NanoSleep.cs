using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>Sleeps on <see cref="NanoClock"/>: the system's sleep for all but the tail by which it tends to be late, then spinning.</summary>
/// <remarks>Ends late by as long as the clock takes to read, when the machine has a processor for the thread; never early.</remarks>
public static unsafe partial class NanoSleep
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    // Of all threads: how late sleeps end is the machine's affair. A lost update is one sleep less to learn from.
    private static readonly SleepTail Tail = new();

    public static void Sleep(ulong nanoseconds)
    {
        ulong now = NanoClock.NowNanoseconds();
        Until(nanoseconds > ulong.MaxValue - now ? ulong.MaxValue : now + nanoseconds);
    }

    /// <summary>Returns at once when the time has passed.</summary>
    public static void Until(ulong deadlineNs)
    {
        ulong now = NanoClock.NowNanoseconds();
        if (IsWorthASleep(deadlineNs, now, out _))
        {
            using TimerSlack slack = new();
            while (IsWorthASleep(deadlineNs, now, out ulong restNs))   // again when a signal ended it, or the system's sleeps are coarse
            {
                Rest(restNs);
                ulong woke = NanoClock.NowNanoseconds();
                Tail.Learn(now + restNs, woke);
                now = woke;
            }
        }
        while (NanoClock.NowNanoseconds() < deadlineNs)
        {
            Thread.SpinWait(1);
        }
    }

    private static bool IsWorthASleep(ulong deadlineNs, ulong now, out ulong restNs)
    {
        ulong tail = Tail.Nanoseconds;   // others may change it meanwhile
        bool worth = deadlineNs > now && deadlineNs - now > tail;
        restNs = worth ? deadlineNs - now - tail : 0;
        return worth;
    }

    private static void Rest(ulong nanoseconds)
    {
        if (OperatingSystem.IsLinux())
        {
            KernelTime time = new(nanoseconds);
            _ = KernelSleep(&time, null);
            return;
        }
        Thread.Sleep((int)Math.Min(nanoseconds / NanosecondsPerMillisecond, int.MaxValue));
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int KernelSleep(KernelTime* time, KernelTime* left);
}
