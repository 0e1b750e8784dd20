namespace RanCognition.Performance.Clock;

/// <summary>What a clock is made of: a counter that is cheap to read and a system clock that is right.</summary>
internal interface IClockSource
{
    /// <summary>False = never ask for the counter.</summary>
    bool HasCounter { get; }

    /// <summary>
    /// Ticks at a rate unknown but even, one counter for all cores, wrapping at 2^64. Read after all that the thread read before: so a thread that was told of
    /// another's reading sees no lower one.
    /// </summary>
    ulong ReadCounter();

    /// <summary>Nanoseconds since the Unix epoch; never goes back over all threads.</summary>
    ulong ReadSystem();
}
