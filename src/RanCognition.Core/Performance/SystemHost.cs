namespace RanCognition.Performance;

/// <summary>A host that lends nothing: the library's own clock and sleep, a fixed seed, no log, no progress. For applications that use the cores without the native library.</summary>
public sealed class SystemHost : IHost
{
    /// <summary>It has no state, so one is enough.</summary>
    public static SystemHost Instance { get; } = new();

    private SystemHost()
    {
    }

    public ulong NowNanoseconds() => NanoClock.NowNanoseconds();

    public void Sleep(ulong nanoseconds) => NanoSleep.Sleep(nanoseconds);

    public void Log(LogLevel level, string message)
    {
    }

    public ulong RandomUInt64() => 0;

    public void Progress(double fraction, string stage)
    {
    }

    public IHost ForWorkers() => this;
}
