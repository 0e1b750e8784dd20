using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

/// <summary>Runs tasks in the order of due time, then priority (0 first), then arrival; in real or virtual time.</summary>
/// <remarks>
/// Safe from any thread. One thread at a time owns the queue. While it executes tasks, others hand their calls over: a schedule call is done when it returns,
/// the rest is answered between two tasks. A handler may call everything here but the executing methods, Advance, Snapshot and Restore.
/// </remarks>
public sealed class NanoScheduler : IDisposable
{
    public NanoScheduler(SchedulerOptions options, IHost host) => throw new NotImplementedException();

    /// <summary>Lends a core to the tasks of its kind; before it is lent their result is Err.</summary>
    public void SetCore(TaskKind kind, TaskHandler handler) => throw new NotImplementedException();

    /// <summary>Number (from 1) of the handler under this name; registering a name again replaces its handler and keeps the number.</summary>
    public uint RegisterHandler(string name, TaskHandler handler) => throw new NotImplementedException();

    /// <summary>Id of the new task. Data is copied. A call that is refused changes nothing.</summary>
    public ulong ScheduleTask(ulong executeTime, byte priority, TaskSpec spec, ReadOnlySpan<byte> data) => throw new NotImplementedException();

    /// <summary>Id of the first execution; the i-th has id + i and is due at the current time + i x interval.</summary>
    public ulong ScheduleRecurringTask(ulong interval, byte priority, TaskSpec spec, ReadOnlySpan<byte> data, uint maxExecutions) => throw new NotImplementedException();

    /// <summary>Schedules all or none. ids may be empty.</summary>
    public void ScheduleBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids) => throw new NotImplementedException();

    public void CancelTask(ulong id) => throw new NotImplementedException();

    public void RescheduleTask(ulong id, ulong time) => throw new NotImplementedException();

    public ExecutionResults ExecuteReadyTasks(ulong maxTasks) => throw new NotImplementedException();

    /// <summary>Executes at most max ready tasks; writes an outcome for each unless there is no room at all (then they are only counted).</summary>
    public ulong ExecuteReadyBatch(ulong maxTasks, Span<TaskOutcome> outcomes) => throw new NotImplementedException();

    public ulong GetNextExecutionTime() => throw new NotImplementedException();

    public QueueStatus GetQueueStatus() => throw new NotImplementedException();

    public void AdvanceTime(ulong nanoseconds) => throw new NotImplementedException();

    /// <summary>Executes tasks when they are due until the time is reached or stop() is true (asked between tasks and at least every 5 ms).</summary>
    public void Run(ulong until, Func<bool> stop) => throw new NotImplementedException();

    public SchedulerSnapshot Snapshot() => throw new NotImplementedException();

    /// <summary>Replaces all pending tasks by those of a snapshot. One that cannot be used changes nothing.</summary>
    public void Restore(SchedulerSnapshot snapshot) => throw new NotImplementedException();

    /// <summary>Counts a call that was refused before it came here (its text was no task type, its data NULL with a length).</summary>
    public void CountRefusal() => throw new NotImplementedException();

    /// <summary>Lets the queue go; what runs on another thread ends after its current task. Later calls get ObjectDisposedException.</summary>
    public void Dispose() => throw new NotImplementedException();
}
