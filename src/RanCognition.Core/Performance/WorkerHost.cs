namespace RanCognition.Performance;

/// <summary>The host as worker threads see it: callbacks belong to the calling thread, so there are none, and a host's own clock stands still.</summary>
public sealed class WorkerHost(ulong? fixedNow) : IHost
{
    public ulong NowNanoseconds() => fixedNow ?? NanoClock.NowNanoseconds();

    public void Sleep(ulong nanoseconds) => Thread.Sleep(TimeSpan.FromTicks((long)Math.Min(nanoseconds / 100, long.MaxValue)));

    public void Log(LogLevel level, string message)
    {
    }

    public ulong RandomUInt64() => 0;

    public void Progress(double fraction, string stage)
    {
    }

    public IHost ForWorkers() => this;
}
