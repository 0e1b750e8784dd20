using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Temporal;

/// <summary>Measures one call on a core. Disposed without <see cref="Complete"/>, it counts an error.</summary>
public sealed class CallMeter(IHost host, CallStatistics statistics) : IDisposable
{
    private bool _closed;

    /// <summary>Clock at the start of the call, ns.</summary>
    public ulong Start { get; } = host.NowNanoseconds();

    /// <summary>Ns since the start.</summary>
    public ulong Elapsed => Math.Max(host.NowNanoseconds(), Start) - Start;

    /// <summary>Counts a successful call and returns its time, ns.</summary>
    public ulong Complete()
    {
        ulong elapsed = Elapsed;
        _closed = true;
        statistics.Succeeded(elapsed);
        return elapsed;
    }

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            statistics.Failed();
        }
    }
}

/// <summary>Running totals over the calls of one core.</summary>
public sealed class CallStatistics
{
    private ulong _executions;
    private ulong _errors;
    private ulong _last;
    private double _mean;

    public void Succeeded(ulong nanoseconds)
    {
        _executions++;
        _last = nanoseconds;
        _mean += (nanoseconds - _mean) / _executions;
    }

    public void Failed() => _errors++;

    public PerformanceMetrics Snapshot(ulong memoryBytes) => new()
    {
        TotalExecutions = _executions,
        LastExecutionTime = _last,
        AverageExecutionTime = _mean,
        ErrorCount = _errors,
        MemoryUsage = memoryBytes,
    };
}
