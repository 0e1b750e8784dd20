using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>The calls of the core.</summary>
internal sealed class CoreCalls(SchedulerOptions options, uint arrivalMax = uint.MaxValue) : ISchedulerCalls
{
    public NanoScheduler Core { get; } = new(options, new FixedHost()) { ArrivalMax = arrivalMax };

    public void SetCore(TaskKind kind, TaskHandler handler) => Core.SetCore(kind, handler);

    public uint RegisterHandler(string name, TaskHandler handler) => Core.RegisterHandler(name, handler);

    public ulong ScheduleTask(ulong executeTime, byte priority, TaskSpec spec, ReadOnlySpan<byte> data) => Core.ScheduleTask(executeTime, priority, spec, data);

    public ulong ScheduleRecurringTask(ulong interval, byte priority, TaskSpec spec, ReadOnlySpan<byte> data, uint maxExecutions)
        => Core.ScheduleRecurringTask(interval, priority, spec, data, maxExecutions);

    public void ScheduleBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids) => Core.ScheduleBatch(tasks, ids);

    public void CancelTask(ulong id) => Core.CancelTask(id);

    public void RescheduleTask(ulong id, ulong time) => Core.RescheduleTask(id, time);

    public ExecutionResults ExecuteReadyTasks(ulong maxTasks) => Core.ExecuteReadyTasks(maxTasks);

    public ulong ExecuteReadyBatch(ulong maxTasks, Span<TaskOutcome> outcomes) => Core.ExecuteReadyBatch(maxTasks, outcomes);

    public ulong GetNextExecutionTime() => Core.GetNextExecutionTime();

    public QueueStatus GetQueueStatus() => Core.GetQueueStatus();

    public void AdvanceTime(ulong nanoseconds) => Core.AdvanceTime(nanoseconds);

    public void Run(ulong until, Func<bool> stop) => Core.Run(until, stop);

    public ISchedulerCalls Reborn(Func<ISchedulerCalls> create)
    {
        var next = (CoreCalls)create();
        next.Core.Restore(Core.Snapshot());
        Dispose();
        return next;
    }

    public void Dispose() => Core.Dispose();
}
