using System.Diagnostics;
using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

/// <summary>Real time, a thousandfold, for many threads: a second of use passes in a millisecond. The counter runs now too fast, now too slow, and never goes back.</summary>
internal sealed class RacingMachine(ulong unevenPpm, ulong suspendEveryNs) : IClockSource
{
    private const ulong Speed = 1000;
    private const ulong TicksPerNs = 3;
    private const ulong Million = 1_000_000;

    // How long the counter runs fast, then slow.
    private const ulong SwingNs = 2_900_000_000;

    private readonly long _start = Stopwatch.GetTimestamp();

    public bool HasCounter => true;

    public ulong ReadCounter()
    {
        ulong time = Elapsed();
        ulong within = time % (2 * SwingNs);
        ulong swing = within < SwingNs ? within : 2 * SwingNs - within;   // up, then down
        return time * TicksPerNs + swing * unevenPpm / Million;
    }

    /// <summary>Stands still in every second of two stretches, when there are any.</summary>
    public ulong ReadSystem()
    {
        ulong time = Elapsed();
        if (suspendEveryNs == 0)
        {
            return time;
        }
        ulong whole = time / (2 * suspendEveryNs);
        return whole * suspendEveryNs + Math.Min(time % (2 * suspendEveryNs), suspendEveryNs);
    }

    private ulong Elapsed() => (ulong)(Stopwatch.GetTimestamp() - _start) * (ulong)(1_000_000_000 / Stopwatch.Frequency) * Speed;
}
