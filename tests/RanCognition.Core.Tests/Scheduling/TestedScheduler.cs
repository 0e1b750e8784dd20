using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>A scheduler in virtual time whose tasks do what the test says of their ids, else nothing.</summary>
internal sealed class TestedScheduler : IDisposable
{
    public static readonly TaskSpec Plain = new() { Type = new TaskType(TaskKind.Custom, "run") };

    private Exception? _fault;

    public TestedScheduler(Subject subject, SchedulerOptions? options = null)
    {
        options = (options ?? new SchedulerOptions()) with { Mode = TimeMode.Virtual };
        Calls = subject == Subject.Model ? new NaiveScheduler(options) : new CoreCalls(options);
        Handler = Calls.RegisterHandler("run", new CallHandler(Run));
    }

    public ISchedulerCalls Calls { get; }

    /// <summary>Number of the handler, for batches.</summary>
    public uint Handler { get; }

    /// <summary>Ids in the order their handlers ran.</summary>
    public List<ulong> Ran { get; } = [];

    /// <summary>What a handler does when it runs under this id.</summary>
    public Dictionary<ulong, Action> During { get; } = [];

    /// <summary>Ids whose handlers fail, and how often.</summary>
    public Dictionary<ulong, int> Failures { get; } = [];

    public QueueStatus Status => Calls.GetQueueStatus();

    public SchedulerMetrics Metrics => Status.PerformanceMetrics;

    public ulong Add(ulong time, byte priority = 0, TaskSpec? spec = null) => Calls.ScheduleTask(time, priority, spec ?? Plain, []);

    public ulong AddAfter(ulong time, params ulong[] ids) => Add(time, 0, Plain with { After = ids });

    public ulong AddSeries(ulong interval, uint count, MissedPeriods missed = MissedPeriods.CatchUp, byte priority = 0)
        => Calls.ScheduleRecurringTask(interval, priority, Plain with { Missed = missed }, [], count);

    public IReadOnlyList<TaskResult> Execute(ulong maxTasks = 1000)
    {
        var results = Calls.ExecuteReadyTasks(maxTasks).TasksExecuted;
        RethrowFault();
        return results;
    }

    /// <summary>Ids of what ran, or failed without running.</summary>
    public ulong[] ExecuteIds(ulong maxTasks = 1000) => [.. Execute(maxTasks).Select(r => r.TaskId)];

    /// <summary>Moves time to a point and executes what is due.</summary>
    public ulong[] ExecuteAt(ulong time)
    {
        Calls.AdvanceTime(time - Status.CurrentTime);
        return ExecuteIds();
    }

    public void Dispose() => Calls.Dispose();

    /// <summary>Lets what a test asserted inside a handler fail the test.</summary>
    private void RethrowFault()
    {
        if (_fault is not null)
        {
            throw new InvalidOperationException("in a handler", _fault);
        }
    }

    private int Run(ulong id, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        Ran.Add(id);
        reply.Append(data);
        try
        {
            During.GetValueOrDefault(id)?.Invoke();
        }
        catch (Exception fault) when (fault is not ProgramFault)
        {
            _fault = fault;
        }
        int left = Failures.GetValueOrDefault(id);
        Failures[id] = left - 1;
        return left > 0 ? 7 : 0;
    }
}
