using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

internal sealed partial class NaiveScheduler
{
    public ExecutionResults ExecuteReadyTasks(ulong maxTasks)
    {
        RequireIdle();
        List<TaskResult> results = [];
        while ((ulong)results.Count < maxTasks && TakeReady(_now) is { } task)
        {
            results.Add(Execute(task, out _));
        }
        return new ExecutionResults
        {
            TasksExecuted = results,
            TotalTasks = (ulong)_pending.Count,
            CurrentTime = _now,
            ExecutionTime = 0,
            PerformanceMetrics = Metrics(),
        };
    }

    public ulong ExecuteReadyBatch(ulong maxTasks, Span<TaskOutcome> outcomes)
    {
        RequireIdle();
        if (!outcomes.IsEmpty)
        {
            maxTasks = Math.Min(maxTasks, (ulong)outcomes.Length);
        }
        ulong count = 0;
        while (count < maxTasks && TakeReady(_now) is { } task)
        {
            var result = Execute(task, out int status);
            if (!outcomes.IsEmpty)
            {
                outcomes[(int)count] = new TaskOutcome
                {
                    TaskId = result.TaskId,
                    ExecuteTime = result.ExecuteTime,
                    LatenessNs = result.LatenessNs,
                    Handler = (uint)(_handlers.FindIndex(h => h.Name == result.TaskType.Name) + 1),
                    Status = status,
                    Payload = task.Payload,
                };
            }
            count++;
        }
        return count;
    }

    public void Run(ulong until, Func<bool> stop)
    {
        RequireIdle();
        while (!stop())
        {
            if (TakeReady(Math.Min(_now, until)) is { } task)
            {
                Execute(task, out _);
                continue;
            }
            ulong next = GetNextExecutionTime();
            if (next > until || next == ulong.MaxValue)
            {
                _now = until == ulong.MaxValue ? _now : Math.Max(_now, until);
                return;
            }
            _now = next;
        }
    }

    /// <summary>The first task of the order that is due by then, taken out of the queue.</summary>
    private NaiveTask? TakeReady(ulong limit)
    {
        while (true)
        {
            NaiveTask? first = _pending.Where(t => !t.Waits && t.Time <= limit).MinBy(t => (t.Time, t.Priority, t.Arrival));
            if (first is null || !SkipMissed(first))
            {
                _pending.Remove(first!);
                return first;
            }
        }
    }

    private TaskResult Execute(NaiveTask task, out int status)
    {
        ulong id = task.Id;
        ulong due = task.Time;
        ulong lateness = _now - due;
        uint attempt = task.FailedAttempts + 1;
        byte[] reply = [];
        string? error = null;
        bool runs = false;
        // The deadline is that of the first try.
        bool late = task.FailedDependency == 0 && attempt == 1 && lateness > (task.Spec.DeadlineNs ?? ulong.MaxValue);
        if (late)
        {
            _metrics = _metrics with { DeadlinesMissed = _metrics.DeadlinesMissed + 1 };
        }
        if (task.FailedDependency != 0)
        {
            error = $"task {task.FailedDependency} did not succeed";
        }
        else if (late && task.Spec.DropLate)
        {
            error = "too late";
            _metrics = _metrics with { TasksDropped = _metrics.TasksDropped + 1 };
        }
        else
        {
            runs = true;
        }
        status = -1;
        if (runs)
        {
            _lateness.Add(lateness);
            _active = task;
            (status, error, reply) = Call(task);
            _active = null;
        }
        ulong? retryAt = null;
        if (runs && error is not null && !task.Cancelled && task.Spec.Retry is { } retry && attempt < retry.Attempts)
        {
            retryAt = RetryTime(retry, attempt);
            Retry(task, retryAt.Value);
        }
        else
        {
            End(task, error is null);
        }
        return new TaskResult
        {
            TaskId = id,
            TaskType = task.Spec.Type,
            Success = error is null,
            ExecutionTime = 0,
            Reply = reply,
            Error = error,
            ExecuteTime = due,
            LatenessNs = lateness,
            Attempt = attempt,
            RetryAt = retryAt,
        };
    }

    private (int Status, string? Error, byte[] Reply) Call(NaiveTask task)
    {
        TaskHandler? handler = task.Spec.Type.Kind == TaskKind.Custom
            ? _handlers.Find(h => h.Name == task.Spec.Type.Name).Handler
            : _cores.GetValueOrDefault(task.Spec.Type.Kind);
        if (handler is null)
        {
            return (-1, "nothing runs this type", []);
        }
        var reply = new TaskReply();
        reply.Begin(1);
        try
        {
            int status = handler.Run(task.Id, task.Payload, task.Data, reply);
            return (status, status == 0 ? null : $"status {status}", reply.Written.ToArray());
        }
        catch (ProgramFault fault)
        {
            return (-1, fault.Message, []);
        }
    }

    private ulong RetryTime(RetryPolicy retry, uint attempt)
        => AtMost((UInt128)_now + (UInt128)Math.Min(retry.BackoffNs * Math.Pow(retry.Factor, attempt - 1), retry.BackoffMaxNs));

    private void Retry(NaiveTask task, ulong time)
    {
        task.FailedAttempts++;
        task.Time = time;
        task.Arrival = ++_arrivals;
        _pending.Add(task);
        _metrics = _metrics with { TasksRetried = _metrics.TasksRetried + 1 };
    }

    private void End(NaiveTask task, bool succeeded)
    {
        _metrics = _metrics with
        {
            TasksExecuted = _metrics.TasksExecuted + 1,
            TasksFailed = _metrics.TasksFailed + (succeeded ? 0u : 1u),
        };
        if (task.Recurs)
        {
            EnterNextPeriod(task);
        }
        else
        {
            TellDependents(task.FirstId, succeeded);
        }
    }

    /// <summary>Releases, in the order they were scheduled, those that waited for nothing else, and those that will never run.</summary>
    private void TellDependents(ulong id, bool succeeded)
    {
        foreach (NaiveTask task in _pending.Where(t => t.WaitsFor.Contains(id)).OrderBy(t => t.FirstId).ToList())
        {
            task.WaitsFor.Remove(id);
            if (!succeeded)
            {
                task.FailedDependency = id;
                task.WaitsFor.Clear();
            }
            if (!task.Waits)
            {
                task.Arrival = ++_arrivals;
            }
        }
    }
}
