using System.Buffers.Binary;
using RanCognition.Contracts;
using static RanCognition.Tests.Scheduling.ProgramTables;

namespace RanCognition.Tests.Scheduling;

internal sealed partial class ProgramRun
{
    private const uint BatchHandler = 2;
    private const uint StructBytes = 40;

    private void Take(ProgramStep step)
    {
        switch (step.Action)
        {
            case ProgramAction.Schedule:
                Try(() => Schedule(step));
                break;
            case ProgramAction.ScheduleRecurring:
                Try(() => ScheduleRecurring(step));
                break;
            case ProgramAction.ScheduleBatch:
                Try(() => ScheduleBatch(step));
                break;
            case ProgramAction.Cancel:
                See("cancels", IdOf(step.Which));
                Try(() => _scheduler.CancelTask(IdOf(step.Which)));
                break;
            case ProgramAction.Reschedule:
                See("reschedules", IdOf(step.Count));
                Try(() => _scheduler.RescheduleTask(IdOf(step.Count), TimeOf(step)));
                break;
            case ProgramAction.Execute:
                Try(() => Execute(Of(MaxTasks, step.Count)));
                break;
            case ProgramAction.ExecuteBatch:
                Try(() => ExecuteBatch(Of(MaxTasks, step.Count), step.Extra % 10));
                break;
            case ProgramAction.Advance:
                Try(() => _scheduler.AdvanceTime(Of(_program.Times, step.Time)));
                break;
            case ProgramAction.AdvanceToNext:
                Try(() => AdvanceToNext(step));
                break;
            case ProgramAction.Run:
                Try(() => Run(step));
                break;
            case ProgramAction.Reborn:
                Reborn();
                break;
            default:
                SeeStatus();
                break;
        }
    }

    private void Schedule(ProgramStep step)
    {
        ulong time = TimeOf(step);
        See("time", time);
        ulong id = _scheduler.ScheduleTask(time, (byte)(step.Priority * 85), Spec(step, false), Data(step));
        See("id", id);
        _ids.Add(id);
    }

    private void ScheduleRecurring(ProgramStep step)
    {
        TaskSpec spec = Spec(step, true);
        uint count = Of(Executions, step.Count);
        ulong interval = Of(Intervals, step.Time);
        bool skips = (spec.Missed ?? _program.Options.Missed) == MissedPeriods.Skip;
        if (skips && count == SchedulingLimits.Unlimited && interval > 0)
        {
            interval = Math.Max(interval, EndlessIntervalMin);
        }
        ulong id = _scheduler.ScheduleRecurringTask(interval, (byte)(step.Priority * 85), spec, Data(step), count);
        See("id of a series", id);
        _ids.Add(id);
    }

    private void ScheduleBatch(ProgramStep step)
    {
        var tasks = new BatchTask[step.Count % 4];
        var ids = new ulong[tasks.Length];
        for (int i = 0; i < tasks.Length; i++)
        {
            bool recurs = (step.Body + i) % 5 == 4;
            tasks[i] = new BatchTask
            {
                StructSize = StructBytes,
                Handler = (step.Extra + i) % 40 == 39 ? 3 : BatchHandler,
                ExecuteTime = TimeOf(step with { Time = step.Time + i }),
                Interval = recurs ? Math.Max(Of(Intervals, step.Time + i), EndlessIntervalMin) : 0,
                MaxExecutions = recurs ? Of(Executions, step.Count + i) : 0,
                Priority = (byte)(step.Priority * 85),
                Payload = (ulong)(PayloadBody + ((step.Body + i) % _program.Bodies.Count)),
            };
        }
        bool keepsIds = step.Which % 3 != 0;
        _scheduler.ScheduleBatch(tasks, keepsIds ? ids : []);
        if (keepsIds)
        {
            foreach (ulong id in ids)
            {
                See("id of a batch", id);
                _ids.Add(id);
            }
        }
    }

    private TaskSpec Spec(ProgramStep step, bool recurs)
    {
        int kind = step.Extra / 8 % 24;
        return new TaskSpec
        {
            // A series always has a handler and is never dropped, or a run could go on without end.
            Type = (recurs ? 0 : step.Extra / 192 % 32) switch
            {
                29 => new TaskType(TaskKind.TemporalAnalysis),
                30 => new TaskType(TaskKind.Optimization),
                31 => new TaskType(TaskKind.Custom, "absent"),
                _ => new TaskType(TaskKind.Custom, "run"),
            },
            After = recurs || kind is not (1 or 2 or 3 or 4 or 5) ? [] : [.. Enumerable.Range(0, kind % 3 + 1).Select(i => IdOf((step.Count / 64) + (i * 5)))],
            DeadlineNs = kind is 6 or 7 or 8 ? Of(Deadlines, step.Count) : null,
            DropLate = !recurs && kind is (7 or 8),
            Retry = kind is 5 or 8 or 9 or 10 or 11 ? new RetryPolicy((uint)(step.Count % 4) + 1, Of(Backoffs, step.Count / 4), step.Count % 2 + 1, Of(Backoffs, step.Count / 24) * 2) : null,
            Missed = recurs && kind > 12 ? (MissedPeriods)(kind % 3) : null,
        };
    }

    private byte[] Data(ProgramStep step)
    {
        var data = new byte[Of(DataLengths, step.Body / 64)];
        BinaryPrimitives.WriteInt32LittleEndian(data, step.Body % _program.Bodies.Count);
        return data;
    }

    private void Execute(ulong maxTasks)
    {
        See("executes at most", maxTasks);
        ExecutionResults results = _scheduler.ExecuteReadyTasks(maxTasks);
        foreach (TaskResult result in results.TasksExecuted)
        {
            SeeResult(result);
        }
        See("total tasks", results.TotalTasks);
        See("current time of the results", results.CurrentTime);
        SeeMetrics(results.PerformanceMetrics);
    }

    private void ExecuteBatch(ulong maxTasks, int room)
    {
        var outcomes = new TaskOutcome[room];
        ulong count = _scheduler.ExecuteReadyBatch(maxTasks, outcomes);
        See("executed in a batch", count);
        for (ulong i = 0; i < count && room > 0; i++)
        {
            See("outcome", outcomes[i].TaskId);
            See("outcome execute time", outcomes[i].ExecuteTime);
            See("outcome lateness", outcomes[i].LatenessNs);
            See("outcome failed", outcomes[i].Status == 0 ? 0u : 1u);
            See("outcome payload", outcomes[i].Payload);
        }
    }

    private void AdvanceToNext(ProgramStep step)
    {
        ulong next = _scheduler.GetNextExecutionTime();
        ulong now = Now;
        if (next != ulong.MaxValue && next > now)
        {
            _scheduler.AdvanceTime(next - now + (ulong)(step.Time % 3) - (next - now > 1 ? 1u : 0u));
        }
    }

    /// <summary>Runs until a time, or until some handlers have run.</summary>
    private void Run(ProgramStep step)
    {
        ulong until = step.Count % 3 == 0 ? ulong.MaxValue : TimeOf(step with { Which = 4 });
        int last = _handlerRuns + (step.Count % 20);
        See("runs until", until);
        _scheduler.Run(until, () => _handlerRuns >= last);
    }

    private void Reborn()
    {
        _scheduler = _scheduler.Reborn(_create);
        _before = _scheduler.GetQueueStatus().PerformanceMetrics;
        _unaccounted = Unaccounted(_scheduler.GetQueueStatus());
    }
}
