using RanCognition.Contracts;

namespace RanCognition.Scheduling;

public sealed unsafe partial class NanoScheduler
{
    /// <summary>All that is pending, in the order of arrival.</summary>
    public SchedulerSnapshot Snapshot()
    {
        SchedulerSnapshot? snapshot = null;
        InTurn(
            () =>
            {
                RefuseInHandler("a snapshot cannot be taken by a task's handler");
                snapshot = TakeSnapshot();
                return 0;
            },
            betweenTasks: true);
        return snapshot!;
    }

    /// <summary>Replaces all pending tasks by those of a snapshot, and the time. One that cannot be used changes nothing.</summary>
    public void Restore(SchedulerSnapshot snapshot)
    {
        using Turn turn = TakeLongTurn("restore");
        if (snapshot.Mode != _options.Mode)
        {
            Refuse("snapshot/mode", $"is {snapshot.Mode.ToString().ToLowerInvariant()} and the scheduler is not");
        }
        CheckTime("snapshot/current_time", snapshot.CurrentTime);
        if (snapshot.NextTaskId is 0 or > IdSource.IdMax)
        {
            Refuse("snapshot/next_task_id", $"{snapshot.NextTaskId} is not within 1..2^63");
        }
        if (snapshot.Tasks.Count > _options.CapacityTasks)
        {
            RefuseLimit("snapshot/tasks", $"{snapshot.Tasks.Count} tasks, capacity {_options.CapacityTasks}");
        }
        ulong dataBytes = CheckTasks(snapshot);
        ulong time = _isVirtual ? snapshot.CurrentTime : ReadTime();
        ulong[] blocks = CopyAll(snapshot.Tasks);   // while nothing is changed yet
        TaskStore before = _store;
        TaskStore after;
        try
        {
            after = new(_options.CapacityTasks, time, before.Ids, _data);
        }
        catch
        {
            FreeAll(blocks);
            throw;
        }
        after.Tasks.Count = snapshot.Tasks.Count;
        UseStore(after);
        Interlocked.MemoryBarrier();
        if (after.Tasks.Count + Volatile.Read(ref _posted) > _options.CapacityTasks)
        {
            UseStore(before);   // others posted meanwhile
            after.Dispose();
            FreeAll(blocks);
            RefuseFull();
        }
        ulong bytesBefore = before.Tasks.DataBytes();
        _counters.Cancelled += (ulong)before.Tasks.Count;
        _counters.Scheduled += (ulong)snapshot.Tasks.Count;
        before.Ids.RaiseTo(snapshot.NextTaskId);
        after.FirstPosted = before.Ids.FirstUnreserved;
        before.Dispose();
        Interlocked.Add(ref _dataBytes, dataBytes - bytesBefore);
        _currentTime = time;
        for (int i = 0; i < blocks.Length; i++)
        {
            Add(snapshot.Tasks[i], blocks[i]);
        }
    }

    /// <summary>Copies of the tasks' data, 0 where there is none; all or none.</summary>
    private ulong[] CopyAll(IReadOnlyList<SnapshotTask> tasks)
    {
        ulong[] blocks = new ulong[tasks.Count];
        try
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                blocks[i] = _data.Copy(tasks[i].Data);
            }
            return blocks;
        }
        catch (Exception error)
        {
            FreeAll(blocks);
            if (error is LimitExceededException)
            {
                CountRefusal();
            }
            throw;
        }
    }

    private void FreeAll(ulong[] blocks)
    {
        foreach (ulong block in blocks.Where(block => block != 0))
        {
            _data.Free(block);
        }
    }

    private void UseStore(TaskStore store)
    {
        _store = store;
        _tasks = store.Tasks;
        _queue = store.Queue;
    }

    private SchedulerSnapshot TakeSnapshot()
    {
        Dictionary<uint, ulong> dueOf = _queue.LiveEntries().ToDictionary(entry => entry.Slot, entry => entry.Due);
        List<SnapshotTask> tasks = new(dueOf.Count);
        foreach (uint slot in _tasks.SlotsByArrival())
        {
            TaskRecord record = _tasks.Records[slot];
            TaskExtra extra = record.Extra == 0 ? default : *_tasks.ExtraOf(slot);
            bool hasData = (record.Flags & TaskFlags.HasData) != 0;
            bool waits = (record.Flags & TaskFlags.Waiting) != 0;
            tasks.Add(new SnapshotTask
            {
                Id = extra.IsSeries ? extra.IdOf(extra.Period) : record.Id,
                ExecuteTime = dueOf.TryGetValue(slot, out ulong due) ? due : extra.Due,
                Priority = record.Priority,
                Spec = SpecOf(record, extra, waits ? _store.Dependencies.Of(record.Id) : []),
                Data = hasData ? TaskData.Of(record.Payload).ToArray() : null,
                Payload = hasData ? 0 : record.Payload,
                SeriesId = extra.IsSeries ? record.Id : 0,
                Interval = extra.Interval,
                MaxExecutions = extra.MaxExecutions,
                Executions = extra.Period,
                FailedAttempts = extra.FailedAttempts,
                FailedDependency = (record.Flags & TaskFlags.Doomed) != 0 ? extra.DoomedBy : 0,
                PeriodTime = extra.IsSeries ? extra.Due : 0,
                NextPeriodTime = (record.Flags & TaskFlags.Moved) != 0 ? extra.Due : null,
            });
        }
        return new SchedulerSnapshot { Mode = _options.Mode, CurrentTime = ReadTime(), NextTaskId = _store.Ids.Next, Tasks = tasks };
    }

    private TaskSpec SpecOf(in TaskRecord record, in TaskExtra extra, IReadOnlyList<ulong> after) => record.Extra == 0
        ? new TaskSpec { Type = _handlers.TypeOf(record.Handler) }
        : new TaskSpec
        {
            Type = _handlers.TypeOf(record.Handler),
            After = after,
            DeadlineNs = extra.DeadlineNs == ulong.MaxValue ? null : extra.DeadlineNs,
            DropLate = extra.DropLate,
            Retry = extra.Attempts == 1 ? null : new RetryPolicy(extra.Attempts, extra.BackoffNs, extra.BackoffFactor, extra.BackoffMaxNs),
            Missed = extra.IsSeries ? extra.Missed : null,
        };

    /// <summary>Everything that could go wrong is found here; gives the bytes of data.</summary>
    private ulong CheckTasks(SchedulerSnapshot snapshot)
    {
        HashSet<ulong> ids = [];
        ulong dataBytes = 0;
        for (int i = 0; i < snapshot.Tasks.Count; i++)
        {
            SnapshotTask task = snapshot.Tasks[i];
            string place = $"snapshot/tasks/{i}";
            bool series = task.SeriesId != 0;
            ulong id = series ? task.SeriesId : task.Id;
            CheckTime($"{place}/execute_time", task.ExecuteTime);
            CheckSpec(task.Spec);
            Counted(() => _handlers.NumberOf(task.Spec.Type));
            if (id == 0 || id >= snapshot.NextTaskId || task.Id == 0 || task.Id >= snapshot.NextTaskId || !ids.Add(id))
            {
                Refuse($"{place}/id", $"{id} is there twice, or not within 1..next_task_id - 1");
            }
            if (series != (task.MaxExecutions != 0))
            {
                Refuse($"{place}/max_executions", "goes with series_id: both or none");
            }
            if (series)
            {
                CheckInterval($"{place}/interval", task.Interval, task.MaxExecutions);
                CheckTime($"{place}/period_time", task.PeriodTime);
                CheckTime($"{place}/next_period_time", task.NextPeriodTime ?? 0);
                if (task.MaxExecutions != SchedulingLimits.Unlimited && (task.Executions >= task.MaxExecutions || task.Id != id + task.Executions))
                {
                    Refuse($"{place}/executions", $"{task.Executions} does not go with max_executions {task.MaxExecutions} and id {task.Id}");
                }
            }
            if (task.Spec.After.Count != 0 && series)
            {
                Refuse($"{place}/after", "a recurring task waits for none");
            }
            if (task.Data is { } data)
            {
                dataBytes += (ulong)data.Length;
                if (data.Length > SchedulingLimits.TaskDataBytesMax || dataBytes > _options.DataBytes)
                {
                    RefuseLimit($"{place}/data", $"{dataBytes} bytes up to here, at most {_options.DataBytes} in all and {SchedulingLimits.TaskDataBytesMax} a task");
                }
            }
        }
        foreach (SnapshotTask task in snapshot.Tasks)
        {
            foreach (ulong other in task.Spec.After)
            {
                if (!ids.Contains(other) || other == task.Id)
                {
                    Refuse("snapshot/tasks", $"task {task.Id} waits for {other}, which is not among them");
                }
            }
        }
        return dataBytes;
    }

    private void Add(SnapshotTask task, ulong block)
    {
        ushort handler = _handlers.NumberOf(task.Spec.Type);
        ulong payload = task.Payload;
        TaskFlags flags = TaskFlags.None;
        if (block != 0)
        {
            payload = block;
            flags |= TaskFlags.HasData;
        }
        bool series = task.SeriesId != 0;
        if (!series && task.Spec.IsPlain && task.FailedDependency == 0)
        {
            uint slot = AddRecord(task.Id, task.Priority, handler, payload, flags, 0);
            _store.Enter(slot, task.ExecuteTime);
            return;
        }
        TaskExtra extra = ExtraOf(task.Spec, series ? task.PeriodTime : task.ExecuteTime, task.MaxExecutions, task.Interval, task.Id, task.Spec.After.Count);
        extra.Period = extra.OriginPeriod = task.Executions;
        if (task.NextPeriodTime is { } next)
        {
            extra.Due = extra.Origin = next;
            extra.OriginPeriod++;
            flags |= TaskFlags.Moved;
        }
        extra.FirstIdPeriod = extra.IsEndless ? task.Executions - task.Executions % EndlessIds : 0;
        extra.FirstId = task.Id - (task.Executions - extra.FirstIdPeriod);
        extra.FailedAttempts = task.FailedAttempts;
        extra.DoomedBy = task.FailedDependency;
        flags |= task.FailedDependency != 0 ? TaskFlags.Doomed : TaskFlags.None;
        AddWithExtra(series ? task.SeriesId : task.Id, task.Priority, handler, payload, flags, extra, task.ExecuteTime, task.Spec.After);
    }
}
