namespace RanCognition.Performance;

/// <summary>By how much most sleeps end late on this machine: what is better spun than slept. Learns from each sleep; not synchronised.</summary>
internal sealed class SleepTail
{
    // What Linux adds to a sleep unless it is asked not to; more than the longest spin is not worth the processor.
    private const ulong FirstNs = 50_000;
    private const ulong MaxNs = 100_000;

    public ulong Nanoseconds { get; private set; } = FirstNs;

    /// <summary>
    /// Nine in ten sleeps are to end before the time: up when one was too long by more than was thought, down a ninth of that when not (Robbins and Monro, 1951).
    /// </summary>
    /// <param name="meantNs">When the sleep was to end.</param>
    /// <param name="nowNs">When it ended.</param>
    public void Learn(ulong meantNs, ulong nowNs)
    {
        if (nowNs < meantNs)
        {
            return;   // woken
        }
        ulong tail = Nanoseconds;
        ulong step = tail / 16 + 90;
        Nanoseconds = nowNs - meantNs > tail ? Math.Min(tail + step, MaxNs) : tail - Math.Min(step / 9, tail);
    }
}
