namespace RanCognition.Performance.Clock;

/// <summary>Time as a straight line over the counter, for a stretch of it. All zero = no line.</summary>
/// <remarks>A stretch is at most about a second, so that its ns with 32 binary places fit 64 bits.</remarks>
internal struct ClockLine
{
    /// <summary>Binary places of <see cref="NsPerTick"/>.</summary>
    public const int Fraction = 32;

    /// <summary>Counter at the beginning.</summary>
    public ulong BaseCounter;

    /// <summary>Length; the line holds while counter - BaseCounter is below it.</summary>
    public ulong SpanTicks;

    /// <summary>Time at the beginning, ns.</summary>
    public ulong BaseNs;

    /// <summary>Nanoseconds of a tick, fixed point.</summary>
    public ulong NsPerTick;

    /// <summary>No time on the line is later than this, ns.</summary>
    public readonly ulong EndNs => At(SpanTicks);

    public readonly ulong At(ulong ticks) => BaseNs + (ticks * NsPerTick >> Fraction);
}
