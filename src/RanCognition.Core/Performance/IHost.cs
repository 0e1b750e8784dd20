namespace RanCognition.Performance;

/// <summary>What a core needs from outside itself: clock, sleep, log, random, progress. A core never reads them another way.</summary>
public interface IHost
{
    /// <summary>Nanoseconds since the Unix epoch; never goes back.</summary>
    ulong NowNanoseconds();

    void Sleep(ulong nanoseconds);

    /// <summary>Sleep is the host's own, which nobody else can end early.</summary>
    bool HasOwnSleep => false;

    void Log(LogLevel level, string message);

    /// <summary>64 random bits, for seeds when the caller gives none.</summary>
    ulong RandomUInt64();

    /// <summary>Reports progress of a long operation; throws <see cref="OperationCanceledException"/> when the host asks to stop.</summary>
    void Progress(double fraction, string stage);

    /// <summary>What other threads of one call may use: no callbacks, and a clock that is the library's own or, where the host has one, shows what the calling thread read last.</summary>
    IHost ForWorkers();
}
