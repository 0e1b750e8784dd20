using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>The calls of a scheduler, so that one test runs on the core and on the model of it.</summary>
internal interface ISchedulerCalls : IDisposable
{
    void SetCore(TaskKind kind, TaskHandler handler);

    uint RegisterHandler(string name, TaskHandler handler);

    ulong ScheduleTask(ulong executeTime, byte priority, TaskSpec spec, ReadOnlySpan<byte> data);

    ulong ScheduleRecurringTask(ulong interval, byte priority, TaskSpec spec, ReadOnlySpan<byte> data, uint maxExecutions);

    void ScheduleBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids);

    void CancelTask(ulong id);

    void RescheduleTask(ulong id, ulong time);

    ExecutionResults ExecuteReadyTasks(ulong maxTasks);

    ulong ExecuteReadyBatch(ulong maxTasks, Span<TaskOutcome> outcomes);

    ulong GetNextExecutionTime();

    QueueStatus GetQueueStatus();

    void AdvanceTime(ulong nanoseconds);

    void Run(ulong until, Func<bool> stop);

    /// <summary>A scheduler that goes on from a snapshot of this one; counters start anew.</summary>
    ISchedulerCalls Reborn(Func<ISchedulerCalls> create);
}
