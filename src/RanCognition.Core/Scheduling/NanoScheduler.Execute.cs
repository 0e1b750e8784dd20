using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Scheduling;

public sealed unsafe partial class NanoScheduler
{
    // Differs for each execution.
    private long _token;

    /// <summary>Executes at most so many ready tasks (due at the time that is read first, or before) and tells of each.</summary>
    public ExecutionResults ExecuteReadyTasks(ulong maxTasks)
    {
        using Turn turn = TakeLongTurn("execute_ready_tasks");
        ulong began = _host.NowNanoseconds();
        ulong now = ReadTime();
        ulong clock = began;
        List<TaskResult> results = [];
        long bytes = 0;
        ulong most = Math.Min(maxTasks, SchedulingLimits.ResultsMax);
        while ((ulong)results.Count < most && bytes < SchedulingLimits.ResultBytesMax && TryTakeReady(now, out TimerEntry entry))
        {
            ulong late = _isVirtual ? now : Math.Max(now, clock);
            if (!Execute(entry, now, late, out Execution done))
            {
                continue;
            }
            ulong after = _host.NowNanoseconds();
            done.ElapsedNs = after - clock;
            clock = after;
            _counters.Time(done.ElapsedNs, 1);
            byte[] reply = _reply.Written.ToArray();
            bytes += reply.Length;
            results.Add(ResultOf(done, reply));
        }
        _reply.End();
        return new ExecutionResults
        {
            TasksExecuted = results,
            TotalTasks = Pending,
            CurrentTime = _currentTime,
            ExecutionTime = _host.NowNanoseconds() - began,
            PerformanceMetrics = _counters.ToMetrics(),
        };
    }

    /// <summary>Executes at most so many ready tasks; writes an outcome for each unless there is no room at all (then they are only counted).</summary>
    public ulong ExecuteReadyBatch(ulong maxTasks, Span<TaskOutcome> outcomes)
    {
        using Turn turn = TakeLongTurn("execute_ready_batch");
        ulong began = _host.NowNanoseconds();
        ulong now = ReadTime();
        ulong most = outcomes.IsEmpty ? maxTasks : Math.Min(maxTasks, (ulong)outcomes.Length);
        ulong count = 0;
        while (count < most && TryTakeReady(now, out TimerEntry entry))
        {
            if (!Execute(entry, now, now, out Execution done))
            {
                continue;
            }
            if (!outcomes.IsEmpty)
            {
                ref TaskOutcome outcome = ref outcomes[(int)count];
                outcome.TaskId = done.TaskId;
                outcome.ExecuteTime = done.Due;
                outcome.LatenessNs = done.LatenessNs;
                outcome.Handler = HandlerTable.PublicNumber(done.Handler);
                outcome.Status = done.Status;
                outcome.Payload = done.Payload;
            }
            count++;
        }
        _reply.End();
        _counters.Time(_host.NowNanoseconds() - began, count);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeReady(ulong now, out TimerEntry entry)
    {
        if (_post.HasPost)
        {
            ReadPost();
        }
        if (Volatile.Read(ref _closing))
        {
            entry = default;
            return false;
        }
        return _queue.TryTake(now, out entry);
    }

    /// <summary>Executes the task of an entry that was taken out as due at limit, and begins at now; false when it turns out not to be its turn yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Execute(TimerEntry entry, ulong limit, ulong now, out Execution done)
    {
        TaskRecord* record = _tasks.Records + entry.Slot;
        if (record->Extra != 0)
        {
            return ExecuteSpecial(entry, limit, now, out done);
        }
        Unsafe.SkipInit(out done);
        done.TaskId = record->Id;
        done.Due = entry.Due;
        done.LatenessNs = now - entry.Due;
        done.Payload = record->Payload;
        done.RetryAt = Execution.NoRetry;
        done.Attempt = 1;
        done.Handler = record->Handler;
        done.Error = null;
        TaskFlags flags = record->Flags;
        _tasks.Remove(entry.Slot);   // its data stays until the handler is done
        _counters.Lateness.Record(done.LatenessNs);
        Invoke(ref done, flags);
        if ((flags & TaskFlags.HasData) != 0)
        {
            DropData(done.Payload);
            done.Payload = 0;
        }
        CountEnd(done);
        Conclude(done.TaskId, done.Status == 0);
        return true;
    }

    private bool ExecuteSpecial(TimerEntry entry, ulong limit, ulong now, out Execution done)
    {
        uint slot = entry.Slot;
        TaskRecord* record = _tasks.Records + slot;
        TaskExtra* extra = _tasks.ExtraOf(slot);
        done = default;
        if (extra->IsSeries && extra->Missed == MissedPeriods.Skip && SkipMissed(slot, limit))
        {
            return false;
        }
        done.TaskId = extra->IsSeries ? extra->IdOf(extra->Period) : record->Id;
        done.Due = entry.Due;
        done.LatenessNs = now - entry.Due;
        done.Payload = record->Payload;
        done.Handler = record->Handler;
        done.Attempt = extra->FailedAttempts + 1;
        done.RetryAt = Execution.NoRetry;
        TaskFlags flags = record->Flags;
        TaskExtra own = *extra;
        bool mayComeBack = own.IsSeries || own.Attempts > 1;
        ulong id = record->Id;
        if (!mayComeBack)
        {
            RemoveButData(slot);   // its data stays until the handler is done
        }
        if ((flags & TaskFlags.Doomed) != 0)
        {
            NotRun(ref done, $"task {own.DoomedBy}, which it waits for, did not succeed");
        }
        else if (done.Attempt != 1 || done.LatenessNs <= own.DeadlineNs || !IsDropped(ref done, own))
        {
            _counters.Lateness.Record(done.LatenessNs);
            if (!mayComeBack)
            {
                Invoke(ref done, flags);
            }
            else if (InvokeKept(slot, ref done, flags) && done.Attempt < own.Attempts && (record->Flags & TaskFlags.Cancelled) == 0)
            {
                TryLater(slot, ref done);
                HidePayload(ref done, flags);
                return true;
            }
        }
        if (own.IsSeries)
        {
            ArmNext(slot);
        }
        else if (mayComeBack)
        {
            Remove(slot);
        }
        else if ((flags & TaskFlags.HasData) != 0)
        {
            DropData(done.Payload);
        }
        HidePayload(ref done, flags);
        CountEnd(done);
        Conclude(id, done.Status == 0);
        return true;
    }

    /// <summary>Calls the handler of a task that stays in the table; true when it failed.</summary>
    private bool InvokeKept(uint slot, ref Execution done, TaskFlags flags)
    {
        TaskRecord* record = _tasks.Records + slot;
        record->Flags |= TaskFlags.Active;
        _activeKept = 1;
        _activeRecurs = _tasks.ExtraOf(slot)->IsSeries;
        Invoke(ref done, flags);
        _activeRecurs = false;
        _activeKept = 0;
        record->Flags &= ~TaskFlags.Active;
        return done.Status != 0;
    }

    // A task with data has no payload; what the record holds in its place is nobody's business.
    private static void HidePayload(ref Execution done, TaskFlags flags)
    {
        if ((flags & TaskFlags.HasData) != 0)
        {
            done.Payload = 0;
        }
    }

    /// <summary>The deadline has passed: counts it; true when the task is not to run for that.</summary>
    private bool IsDropped(ref Execution done, in TaskExtra extra)
    {
        _counters.DeadlinesMissed++;
        if (!extra.DropLate)
        {
            return false;
        }
        _counters.Dropped++;
        NotRun(ref done, $"dropped {done.LatenessNs} ns after its time, the deadline being {extra.DeadlineNs} ns");
        return true;
    }

    private void NotRun(ref Execution done, string reason)
    {
        _reply.Begin(0);
        done.Status = TaskOutcome.NotRun;
        done.Error = reason;
    }

    /// <summary>Of the periods that are due only the newest is to run: puts it in the place of the one at hand, or gives false when that is it.</summary>
    private bool SkipMissed(uint slot, ulong limit)
    {
        TaskExtra* extra = _tasks.ExtraOf(slot);
        if (extra->Interval == 0 || extra->FailedAttempts != 0 || limit < extra->Origin)
        {
            return false;
        }
        ulong newest = extra->OriginPeriod + (limit - extra->Origin) / extra->Interval;
        newest = extra->IsEndless ? newest : Math.Min(newest, extra->MaxExecutions - 1UL);
        if (newest <= extra->Period)
        {
            return false;
        }
        _counters.PeriodsSkipped += newest - extra->Period;
        MoveTo(slot, newest);
        _store.EnterAgain(slot, extra->Due);
        return true;
    }

    private void ArmNext(uint slot)
    {
        TaskRecord* record = _tasks.Records + slot;
        TaskExtra* extra = _tasks.ExtraOf(slot);
        ulong next = extra->Period + 1;
        bool moved = (record->Flags & TaskFlags.Moved) != 0;
        if (extra->Missed == MissedPeriods.FromNow && !moved)
        {
            UInt128 due = (UInt128)_currentTime + extra->Interval;
            extra->Origin = due > SchedulingLimits.TimeMax ? ulong.MaxValue : (ulong)due;
            extra->OriginPeriod = next;
        }
        if ((record->Flags & TaskFlags.Cancelled) != 0 || !extra->HasPeriod(next))
        {
            Remove(slot);
            return;
        }
        extra->FailedAttempts = 0;
        MoveTo(slot, next);
        record->Flags &= ~TaskFlags.Moved;
        _counters.Scheduled++;
        _store.EnterAgain(slot, extra->Due);
    }

    /// <summary>Makes a period the one that runs next; an endless series that has used up its ids gets more.</summary>
    private void MoveTo(uint slot, ulong period)
    {
        TaskExtra* extra = _tasks.ExtraOf(slot);
        extra->Period = period;
        extra->Due = (ulong)extra->DueOf(period);
        if (extra->IsEndless && period - extra->FirstIdPeriod >= EndlessIds)
        {
            ulong baseId = _tasks.Records[slot].Id;
            ulong first = _store.Ids.Take(EndlessIds);
            if (first == 0)
            {
                return;   // ids beyond all that were given: nobody else gets them
            }
            if (extra->FirstId != baseId)
            {
                _store.Series.Remove(extra->FirstId);
            }
            extra->FirstId = first;
            extra->FirstIdPeriod = period - period % EndlessIds;
            _store.Series.Add(first, slot);
        }
    }

    private void TryLater(uint slot, ref Execution done)
    {
        TaskExtra* extra = _tasks.ExtraOf(slot);
        double wait = Math.Min(extra->BackoffNs * Math.Pow(extra->BackoffFactor, extra->FailedAttempts), extra->BackoffMaxNs);
        UInt128 at = (UInt128)ReadTime() + (wait >= ulong.MaxValue ? ulong.MaxValue : (ulong)wait);
        extra->FailedAttempts++;
        done.RetryAt = at > SchedulingLimits.TimeMax ? SchedulingLimits.TimeMax : (ulong)at;
        _counters.Retried++;
        _store.Enter(slot, done.RetryAt);
    }

    /// <summary>Calls the handler; its status, or why it could not be called.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Invoke(ref Execution done, TaskFlags flags)
    {
        TaskHandler? handler = _handlers.Find(done.Handler);
        if (handler is null)
        {
            done.Status = TaskOutcome.NoHandler;
            done.Error = _handlers.Missing(done.Handler);
            _reply.Begin(0);
            return;
        }
        if (_watched)
        {
            Volatile.Write(ref _shownNext, _queue.FirstDue());
        }
        bool hasData = (flags & TaskFlags.HasData) != 0;
        _activeId = done.TaskId;
        _active = true;
        _reply.Begin(++_token);
        try
        {
            done.Status = handler.Run(done.TaskId, hasData ? 0 : done.Payload, hasData ? TaskData.Of(done.Payload) : default, _reply);
        }
        catch (HandlerRemovedException)
        {
            done.Status = TaskOutcome.NoHandler;
            done.Error = _handlers.Missing(done.Handler);
        }
        catch (Exception error)
        {
            done.Status = TaskOutcome.Threw;
            done.Error = error.Message;
        }
        _active = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountEnd(in Execution done)
    {
        _counters.Executed++;
        if (done.Status != 0)
        {
            _counters.Failed++;
        }
    }

    private TaskResult ResultOf(in Execution done, byte[] reply) => new()
    {
        TaskId = done.TaskId,
        TaskType = _handlers.TypeOf(done.Handler),
        Success = done.Status == 0,
        ExecutionTime = done.ElapsedNs,
        Reply = reply,
        Error = done.Status == 0 ? null : done.Error ?? Complaint(done, reply),
        ExecuteTime = done.Due,
        LatenessNs = done.LatenessNs,
        Attempt = done.Attempt,
        RetryAt = done.RetryAt == Execution.NoRetry ? null : done.RetryAt,
    };

    /// <summary>What a handler that failed had to say.</summary>
    private string Complaint(in Execution done, byte[] reply)
    {
        string text = Encoding.UTF8.GetString(reply);
        return text.Length != 0 ? text : $"the handler of '{_handlers.TypeOf(done.Handler).Name}' returned {done.Status}";
    }
}
