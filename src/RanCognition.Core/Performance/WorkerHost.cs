namespace RanCognition.Performance;

/// <summary>
/// The host as worker threads see it: callbacks belong to the calling thread, so there are none, and a host's own clock shows what the calling thread read last.
/// </summary>
/// <param name="lastRead">Last reading of the host's clock; null when the library's own is used.</param>
public sealed class WorkerHost(Func<ulong>? lastRead) : IHost
{
    public ulong NowNanoseconds() => lastRead?.Invoke() ?? NanoClock.NowNanoseconds();

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
