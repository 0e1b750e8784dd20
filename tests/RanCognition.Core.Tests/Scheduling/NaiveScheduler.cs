using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>What a scheduler in virtual time must do, written to be read: a list of tasks that every call walks through.</summary>
internal sealed partial class NaiveScheduler : ISchedulerCalls
{
    private readonly SchedulerOptions _options;
    private readonly List<NaiveTask> _pending = [];
    private readonly List<(string Name, TaskHandler Handler)> _handlers = [];
    private readonly Dictionary<TaskKind, TaskHandler> _cores = [];
    private readonly List<ulong> _lateness = [];
    private ulong _now;
    private ulong _nextId = 1;
    private ulong _arrivals;
    private NaiveTask? _active;
    private SchedulerMetrics _metrics = new();

    public NaiveScheduler(SchedulerOptions options)
    {
        _options = options;
        _now = options.StartTime;
    }

    public void SetCore(TaskKind kind, TaskHandler handler) => _cores[kind] = handler;

    public uint RegisterHandler(string name, TaskHandler handler)
    {
        int at = _handlers.FindIndex(h => h.Name == name);
        if (at < 0)
        {
            _handlers.Add((name, handler));
            return (uint)_handlers.Count;
        }
        _handlers[at] = (name, handler);
        return (uint)at + 1;
    }

    public ulong ScheduleTask(ulong executeTime, byte priority, TaskSpec spec, ReadOnlySpan<byte> data)
    {
        RequireTime(executeTime);
        RequireRoom(1, data.Length);
        RequireDependencies(spec);
        var task = new NaiveTask
        {
            FirstId = _nextId,
            Priority = priority,
            Spec = spec,
            Data = data.ToArray(),
            Time = executeTime,
            Arrival = ++_arrivals,
            WaitsFor = [.. spec.After.Where(IsUnfinished)],
        };
        Enter(task, 1);
        return task.FirstId;
    }

    public ulong ScheduleRecurringTask(ulong interval, byte priority, TaskSpec spec, ReadOnlySpan<byte> data, uint maxExecutions)
    {
        RequireSeries(interval, maxExecutions);
        RequireRoom(1, data.Length);
        var task = new NaiveTask
        {
            FirstId = _nextId,
            Priority = priority,
            Spec = spec,
            Data = data.ToArray(),
            Time = _now,
            Arrival = ++_arrivals,
            Recurs = true,
            Interval = interval,
            MaxExecutions = maxExecutions,
            PeriodTime = _now,
        };
        Enter(task, maxExecutions);
        return task.FirstId;
    }

    public void ScheduleBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids)
    {
        foreach (BatchTask task in tasks)
        {
            RequireTime(task.ExecuteTime);
            if (task.Handler == 0 || task.Handler > _handlers.Count)
            {
                throw Refused(new InvalidInputException("tasks", "unknown handler"));
            }
            if (task.Interval != 0)
            {
                RequireSeries(task.Interval, task.MaxExecutions);
            }
        }
        RequireRoom(tasks.Length, 0);
        for (int i = 0; i < tasks.Length; i++)
        {
            BatchTask task = tasks[i];
            bool recurs = task.Interval != 0;
            _arrivals++;
            if (!ids.IsEmpty)
            {
                ids[i] = _nextId;
            }
            Enter(new NaiveTask
            {
                FirstId = _nextId,
                Priority = task.Priority,
                Spec = new TaskSpec { Type = new TaskType(TaskKind.Custom, _handlers[(int)task.Handler - 1].Name) },
                Data = [],
                Payload = task.Payload,
                Time = task.ExecuteTime,
                Arrival = _arrivals,
                Recurs = recurs,
                Interval = task.Interval,
                MaxExecutions = task.MaxExecutions,
                PeriodTime = task.ExecuteTime,
                }, recurs ? task.MaxExecutions : 1);
        }
    }

    public void CancelTask(ulong id)
    {
        NaiveTask task = Require(id);
        if (task == _active)
        {
            task.Cancelled = true;
            return;
        }
        _pending.Remove(task);
        _metrics = _metrics with { TasksCancelled = _metrics.TasksCancelled + 1 };
        TellDependents(task.Id, succeeded: false);
    }

    public void RescheduleTask(ulong id, ulong time)
    {
        RequireTime(time);
        NaiveTask task = Require(id);
        task.Arrival = ++_arrivals;
        if (task == _active)
        {
            task.MovedTo = time;
            return;
        }
        task.Time = task.PeriodTime = time;
        task.MovedTo = null;
    }

    public ulong GetNextExecutionTime() => _pending.Where(t => !t.Waits).Select(t => t.Time).DefaultIfEmpty(ulong.MaxValue).Min();

    public QueueStatus GetQueueStatus() => new()
    {
        PendingTasks = (ulong)_pending.Count,
        ActiveTasks = _active is null ? 0u : 1u,
        CompletedTasks = _metrics.TasksExecuted,
        CurrentTime = _now,
        NextExecutionTime = GetNextExecutionTime(),
        PerformanceMetrics = Metrics(),
        WaitingTasks = (ulong)_pending.Count(t => t.Waits),
        Capacity = _options.CapacityTasks,
        DataBytes = DataBytes,
        ExecutionTime = 0,
        Ignored = [],
    };

    public void AdvanceTime(ulong nanoseconds)
    {
        RequireIdle();
        _now = AtMost((UInt128)_now + nanoseconds);
    }

    public ISchedulerCalls Reborn(Func<ISchedulerCalls> create)
    {
        RequireIdle();
        _metrics = new SchedulerMetrics { TasksScheduled = (ulong)_pending.Count };
        _lateness.Clear();
        return this;
    }

    public void Dispose()
    {
    }

    private static ulong AtMost(UInt128 time) => (ulong)UInt128.Min(time, SchedulingLimits.TimeMax);

    private SchedulerMetrics Metrics() => _metrics with
    {
        Lateness = new LatenessSummary((ulong)_lateness.Count, 0, 0, 0, _lateness.DefaultIfEmpty(0ul).Max()),
    };

    private ulong DataBytes => (ulong)_pending.Append(_active).Sum(t => t?.Data.Length ?? 0);

    private void Enter(NaiveTask task, ulong ids)
    {
        _pending.Add(task);
        _nextId += ids;
        _metrics = _metrics with { TasksScheduled = _metrics.TasksScheduled + 1 };
    }

    /// <summary>The task whose execution under this id is still to come, or the series of this base id of which something is.</summary>
    private NaiveTask? Find(ulong id)
    {
        NaiveTask? task = _pending.Find(t => id == t.FirstId || (id >= t.Id && t.Owns(id)));
        if (task is null && _active is { Recurs: true } running && NextPeriod(running, false) is not null
            && (id == running.FirstId || (id > running.Id && running.Owns(id))))
        {
            task = running;
        }
        return task;
    }

    private NaiveTask Require(ulong id) => Find(id) ?? throw Refused(new NotFoundException("id", $"{id} is not pending"));

    private bool IsUnfinished(ulong id) => Find(id) is not null || _active?.Id == id;

    private void RequireDependencies(TaskSpec spec)
    {
        foreach (ulong id in spec.After)
        {
            bool recurs = Find(id)?.Recurs == true || (_active is { Recurs: true } running && running.Id == id);
            if (id == 0 || id >= _nextId || recurs)
            {
                throw Refused(new InvalidInputException("after", $"{id} is not the id of a task to wait for"));
            }
        }
    }

    private void RequireTime(ulong time)
    {
        if (time > SchedulingLimits.TimeMax)
        {
            throw Refused(new InvalidInputException("time", "2^64-1 stands for none"));
        }
    }

    private void RequireSeries(ulong interval, uint maxExecutions)
    {
        if (maxExecutions == 0 || (interval == 0 && maxExecutions == SchedulingLimits.Unlimited))
        {
            throw Refused(new InvalidInputException("max_executions", "none, or without end at one time"));
        }
    }

    private void RequireRoom(int tasks, int bytes)
    {
        // The data of a running task is held until it has run; its place only where it may come back.
        int kept = _active?.KeepsPlace == true ? 1 : 0;
        if (_pending.Count + kept + tasks > _options.CapacityTasks || DataBytes + (ulong)bytes > _options.DataBytes)
        {
            throw Refused(new LimitExceededException("capacity", "the queue is full"));
        }
    }

    private void RequireIdle()
    {
        if (_active is not null)
        {
            throw Refused(new BusyException("called from a handler"));
        }
    }

    private Exception Refused(Exception reason)
    {
        _metrics = _metrics with { ErrorCount = _metrics.ErrorCount + 1 };
        return reason;
    }
}
