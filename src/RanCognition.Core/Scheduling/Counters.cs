using RanCognition.Contracts;

namespace RanCognition.Scheduling;

/// <summary>What happened since the scheduler was created. Written by the queue's owner, read by anyone.</summary>
internal sealed class Counters
{
    public ulong Scheduled;
    public ulong Executed;
    public ulong Failed;
    public ulong Cancelled;
    public ulong Retried;
    public ulong DeadlinesMissed;
    public ulong Dropped;
    public ulong PeriodsSkipped;

    /// <summary>Refused calls; any thread adds to it.</summary>
    public ulong Refused;

    public readonly LatenessHistogram Lateness = new();

    private ulong _lastNs;
    private ulong _timedNs;
    private ulong _timed;

    /// <summary>So many tasks took this long together.</summary>
    public void Time(ulong nanoseconds, ulong tasks)
    {
        if (tasks != 0)
        {
            _lastNs = nanoseconds;
            _timedNs += nanoseconds;
            _timed += tasks;
        }
    }

    public SchedulerMetrics ToMetrics() => new()
    {
        TasksScheduled = Scheduled,
        TasksExecuted = Executed,
        TasksFailed = Failed,
        TasksCancelled = Cancelled,
        TasksRetried = Retried,
        DeadlinesMissed = DeadlinesMissed,
        TasksDropped = Dropped,
        PeriodsSkipped = PeriodsSkipped,
        LastExecutionTime = _lastNs,
        AverageExecutionTime = _timed == 0 ? 0 : (double)_timedNs / _timed,
        ErrorCount = Volatile.Read(ref Refused),
        Lateness = Lateness.Summary(),
    };
}
