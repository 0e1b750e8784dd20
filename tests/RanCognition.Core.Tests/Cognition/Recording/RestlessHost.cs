using RanCognition.Performance;

namespace RanCognition.Tests.Cognition;

/// <summary>A host whose clock runs unevenly and whose random numbers are ones; asks to stop now and then.</summary>
internal sealed class RestlessHost(int seed) : IHost
{
    private readonly Random _random = new(seed);
    private ulong _now = 1_700_000_000_000_000_000;

    public bool Cancels { get; init; }

    public ulong NowNanoseconds() => _now += (ulong)_random.Next(300);

    public ulong RandomUInt64() => (ulong)_random.NextInt64() << 1;

    public void Progress(double fraction, string stage)
    {
        if (Cancels && _random.Next(40) == 0)
        {
            throw new OperationCanceledException("stopped by the host");
        }
    }

    public void Sleep(ulong nanoseconds) => _now += nanoseconds;

    public void Log(LogLevel level, string message)
    {
    }

    public IHost ForWorkers() => this;
}
