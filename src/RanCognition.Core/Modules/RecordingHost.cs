using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>Notes what a call reads of the clock and of random numbers, and whether the host asked it to stop.</summary>
/// <remarks>Only the thread that makes the call may read here; others have <see cref="ForWorkers"/>, of which nothing is noted.</remarks>
internal sealed class RecordingHost(IHost host) : IHost
{
    private readonly List<ulong> _clock = [];
    private readonly List<ulong> _random = [];
    private ulong _reports;

    public ulong[] Clock => [.. _clock];

    public ulong[] Random => [.. _random];

    /// <summary>Report of progress at which the host asked to stop, from 1; 0 = it did not.</summary>
    public ulong CancelledAt { get; private set; }

    public bool HasOwnSleep => host.HasOwnSleep;

    /// <summary>A call begins.</summary>
    public void Begin()
    {
        _clock.Clear();
        _random.Clear();
        _reports = 0;
        CancelledAt = 0;
    }

    public ulong NowNanoseconds()
    {
        ulong now = host.NowNanoseconds();
        _clock.Add(now);
        return now;
    }

    public ulong RandomUInt64()
    {
        ulong number = host.RandomUInt64();
        _random.Add(number);
        return number;
    }

    public void Progress(double fraction, string stage)
    {
        _reports++;
        try
        {
            host.Progress(fraction, stage);
        }
        catch (OperationCanceledException)
        {
            CancelledAt = _reports;
            throw;
        }
    }

    public void Sleep(ulong nanoseconds) => host.Sleep(nanoseconds);

    public void Log(LogLevel level, string message) => host.Log(level, message);

    public IHost ForWorkers() => host.ForWorkers();
}
