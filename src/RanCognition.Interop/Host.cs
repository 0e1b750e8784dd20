using RanCognition.Performance;

namespace RanCognition.Interop;

/// <summary>What an application lends to a core: clock, sleep, log, random and progress. What is null is the library's own.</summary>
/// <remarks>
/// Everything is called on the thread that made the call, inside it, and may use every object but the one whose call it is in. An exception never enters the library: the call is
/// ended as soon as it looks at its progress or stop flag, and throws the exception as it was. It lives as long as the core, with all that it refers to; it may refer to the core.
/// </remarks>
public sealed record Host
{
    /// <summary>Nanoseconds since the Unix epoch; what goes back is not followed.</summary>
    public Func<ulong>? Now { get; init; }

    /// <summary>Sleeps for about so many nanoseconds.</summary>
    public Action<ulong>? Sleep { get; init; }

    /// <summary>Takes one line.</summary>
    public Action<LogLevel, string>? Log { get; init; }

    /// <summary>64 random bits, asked for when a problem gives no seed; without it the seed is fixed and results repeat.</summary>
    public Func<ulong>? Random { get; init; }

    /// <summary>Told the share done (0..1) and the stage of long operations; false cancels: the call throws <see cref="OperationCanceledException"/>.</summary>
    public Func<double, string, bool>? Progress { get; init; }
}
