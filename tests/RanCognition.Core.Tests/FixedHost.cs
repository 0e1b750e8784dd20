using RanCognition.Performance;

namespace RanCognition.Tests;

/// <summary>A host whose clock stands still, or steps on by a given amount at each reading; keeps what it is told.</summary>
internal sealed class FixedHost(ulong now = 1_700_000_000_000_000_000, ulong step = 0) : IHost
{
    private ulong _now = now;

    public List<(double Fraction, string Stage)> Reports { get; } = [];

    /// <summary>Progress reports after which the host cancels; none by default.</summary>
    public int CancelAfter { get; init; } = int.MaxValue;

    public ulong NowNanoseconds() => _now += step;

    public void Sleep(ulong nanoseconds) => _now += nanoseconds;

    public void Log(LogLevel level, string message)
    {
    }

    public ulong RandomUInt64() => 7;

    public void Progress(double fraction, string stage)
    {
        Reports.Add((fraction, stage));
        if (Reports.Count > CancelAfter)
        {
            throw new OperationCanceledException(stage);
        }
    }

    public IHost ForWorkers() => new WorkerHost(() => _now);
}
