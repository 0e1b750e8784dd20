using System.Buffers.Binary;
using RanCognition.Contracts;
using RanCognition.Scheduling;
using static RanCognition.Tests.Scheduling.ProgramTables;

namespace RanCognition.Tests.Scheduling;

/// <summary>Runs a program on one scheduler and writes down all that can be seen of it.</summary>
internal sealed partial class ProgramRun
{
    private const int PayloadBody = 1000;

    private readonly SchedulerProgram _program;
    private readonly Func<ISchedulerCalls> _create;
    private readonly List<ulong> _ids = [];
    private readonly List<ProgramObservation> _seen = [];
    private readonly int[] _bodyRuns;
    private ISchedulerCalls _scheduler;
    private SchedulerMetrics _before = new();
    private ulong _unaccounted;
    private int _handlerRuns;

    private ProgramRun(SchedulerProgram program, Func<SchedulerOptions, ISchedulerCalls> create)
    {
        _program = program;
        _bodyRuns = new int[program.Bodies.Count];
        _create = () =>
        {
            ISchedulerCalls scheduler = create(program.Options);
            var handler = new CallHandler(RunBody);
            scheduler.RegisterHandler("other", new CallHandler(_ => { }));
            scheduler.RegisterHandler("run", handler);
            scheduler.SetCore(TaskKind.TemporalAnalysis, handler);
            return scheduler;
        };
        _scheduler = _create();
    }

    public static List<ProgramObservation> Observe(SchedulerProgram program, Func<SchedulerOptions, ISchedulerCalls> create)
    {
        var run = new ProgramRun(program, create);
        try
        {
            run.Start();
        }
        finally
        {
            run._scheduler.Dispose();
        }
        return run._seen;
    }

    private void Start()
    {
        for (int i = 0; i < _program.Steps.Count; i++)
        {
            See("step", (ulong)i);
            Take(_program.Steps[i]);
            SeeStatus();
        }
    }

    private void See(string what, ulong value) => _seen.Add(new ProgramObservation(what, value));

    private void SeeStatus()
    {
        QueueStatus status = _scheduler.GetQueueStatus();
        SchedulerMetrics metrics = status.PerformanceMetrics;
        See("next execution time", _scheduler.GetNextExecutionTime());
        See("next execution time of the status", status.NextExecutionTime);
        See("current time", status.CurrentTime);
        See("pending", status.PendingTasks);
        See("waiting", status.WaitingTasks);
        See("active", status.ActiveTasks);
        See("scheduled - executed - cancelled - pending - active", Unaccounted(status) - _unaccounted);
        See("capacity", status.Capacity);
        See("data bytes", status.DataBytes);
        See("completed", status.CompletedTasks - _before.TasksExecuted);
        SeeMetrics(metrics);
    }

    private static ulong Unaccounted(QueueStatus status) => status.PerformanceMetrics.TasksScheduled - status.PerformanceMetrics.TasksExecuted
        - status.PerformanceMetrics.TasksCancelled - status.PendingTasks - status.ActiveTasks;

    private void SeeMetrics(SchedulerMetrics metrics)
    {
        See("scheduled", metrics.TasksScheduled - _before.TasksScheduled);
        See("executed", metrics.TasksExecuted - _before.TasksExecuted);
        See("failed", metrics.TasksFailed - _before.TasksFailed);
        See("cancelled", metrics.TasksCancelled - _before.TasksCancelled);
        See("retried", metrics.TasksRetried - _before.TasksRetried);
        See("deadlines missed", metrics.DeadlinesMissed - _before.DeadlinesMissed);
        See("dropped", metrics.TasksDropped - _before.TasksDropped);
        See("periods skipped", metrics.PeriodsSkipped - _before.PeriodsSkipped);
        See("errors", metrics.ErrorCount - _before.ErrorCount);
    }

    private void SeeResult(TaskResult result)
    {
        See("result", result.TaskId);
        See("result type", (ulong)result.TaskType.Kind);
        See("result success", result.Success ? 1u : 0u);
        See("result has an error", result.Error is null ? 0u : 1u);
        See("result execute time", result.ExecuteTime);
        See("result lateness", result.LatenessNs);
        See("result attempt", result.Attempt);
        See("result retry at", result.RetryAt ?? ulong.MaxValue);
        if (result.Success)
        {
            See("result reply", result.Reply.Length == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(result.Reply.Span) : ulong.MaxValue);
        }
    }

    /// <summary>Writes down which refusal a call ended with.</summary>
    private void Try(Action call)
    {
        try
        {
            call();
        }
        catch (InvalidInputException)
        {
            See("refused: invalid", 0);
        }
        catch (NotFoundException)
        {
            See("refused: not found", 0);
        }
        catch (LimitExceededException)
        {
            See("refused: limit", 0);
        }
        catch (BusyException)
        {
            See("refused: busy", 0);
        }
    }

    private int RunBody(ulong id, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        _handlerRuns++;
        int number = data.IsEmpty ? (int)payload - PayloadBody : BinaryPrimitives.ReadInt32LittleEndian(data);
        ProgramBody body = _program.Bodies[number];
        int runs = _bodyRuns[number]++;
        See("handler runs", id);
        See("handler payload", payload);
        See("handler data", (ulong)data.Length);
        foreach (ProgramStep step in body.Steps)
        {
            Take(step);
        }
        Span<byte> text = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(text, (id * 10) + (ulong)number);
        reply.Append(text);
        return body.End switch
        {
            BodyEnd.Fails => 5,
            BodyEnd.Throws => throw new ProgramFault(),
            BodyEnd.FailsFirst => runs == 0 ? -3 : 0,
            BodyEnd.FailsEverySecond => runs % 2 == 0 ? 1 : 0,
            _ => 0,
        };
    }

    private ulong Now => _scheduler.GetQueueStatus().CurrentTime;

    /// <summary>A time: from now on, rounded up to the edge of a slot, before now, or on the scale itself.</summary>
    private ulong TimeOf(ProgramStep step)
    {
        ulong span = Of(_program.Times, step.Time);
        ulong grain = Of(Grains, step.Extra);
        ulong now = Now;
        return (step.Which % 8) switch
        {
            0 => span,
            1 => now - Math.Min(span, now),
            2 => Math.Min(now | (grain - 1), ulong.MaxValue - 1) + (ulong)(step.Time % 3) - 1,
            3 => (now / grain * grain) + span,
            _ => span > SchedulingLimits.TimeMax - now ? SchedulingLimits.TimeMax - (ulong)(step.Time % 2) : now + span,
        };
    }

    /// <summary>Mostly an id that was given out, or one of its series; sometimes one that never was.</summary>
    private ulong IdOf(int which)
    {
        if (_ids.Count == 0 || which % 32 == 31)
        {
            return which % 64 == 31 ? ulong.MaxValue - (ulong)(which % 3) : (ulong)(which % 5);
        }
        ulong id = _ids[_ids.Count - 1 - (which % _ids.Count)];
        return which % 4 == 3 ? id + (ulong)(which % 7) : id;
    }
}
