using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;

namespace RanCognition.Scheduling;

// What changes the queue; only its owner comes here. Everything is checked before anything is changed.
public sealed unsafe partial class NanoScheduler
{
    private const ulong EndlessIds = SchedulingLimits.Unlimited;

    // The one that the owner is executing; valid while _active.
    private ulong _activeId;

    private bool _active;
    private bool _activeRecurs;

    // 1 while a task runs that stays in the table because it recurs or may be tried again: it is not pending.
    private int _activeKept;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong AddPlain(ulong executeTime, byte priority, ushort handler, ulong payload, TaskFlags flags)
    {
        RequireRoom(1);
        ulong id = _store.Ids.Take(1);
        if (id == 0)
        {
            _tasks.GiveBackRoom();
            RefuseIds();
        }
        Add(id, executeTime, priority, handler, payload, flags);
        return id;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong id, ulong executeTime, byte priority, ushort handler, ulong payload, TaskFlags flags)
    {
        uint slot = AddRecord(id, priority, handler, payload, flags, 0);
        _store.Enter(slot, executeTime);
        _counters.Scheduled++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint AddRecord(ulong id, byte priority, ushort handler, ulong payload, TaskFlags flags, uint extra)
    {
        uint slot = _tasks.Add(id);
        TaskRecord* record = _tasks.Records + slot;
        record->Payload = payload;
        record->Extra = extra;
        record->Handler = handler;
        record->Priority = priority;
        record->Flags = flags;
        return slot;
    }

    private void AddBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids, bool plain)
    {
        if (!plain)
        {
            _tasks.PrepareExtras();
        }
        RequireRoom(tasks.Length);
        try
        {
            if (_store.Ids.IsNearTheEnd)
            {
                RequireIds(tasks);
            }
            AddEach(tasks, ids);
        }
        catch
        {
            _tasks.GiveBackRoom();
            throw;
        }
    }

    private void AddEach(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids)
    {
        for (int i = 0; i < tasks.Length; i++)
        {
            ref readonly BatchTask task = ref tasks[i];
            ulong id;
            if (task.Interval == 0)
            {
                id = TakeIds(1);
                Add(id, task.ExecuteTime, task.Priority, (ushort)task.Handler, task.Payload, TaskFlags.None);
            }
            else
            {
                id = AddRecurring(task);
            }
            if (i < ids.Length)
            {
                ids[i] = id;
            }
        }
    }

    private void RequireIds(ReadOnlySpan<BatchTask> tasks)
    {
        ulong count = 0;
        foreach (ref readonly BatchTask task in tasks)
        {
            count += task.Interval == 0 ? 1 : task.MaxExecutions;
        }
        if (!_store.Ids.Has(count))
        {
            RefuseIds();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong AddRecurring(in BatchTask task) =>
        AddWithExtra(task.ExecuteTime, task.Priority, (ushort)task.Handler, task.Payload, TaskFlags.None, PlainSpec, task.MaxExecutions, task.Interval);

    private static readonly TaskSpec PlainSpec = new() { Type = default };

    private ulong AddSpecial(ulong due, byte priority, ushort handler, ulong payload, TaskFlags flags, TaskSpec spec, uint maxExecutions, ulong interval)
    {
        RequireRoom(1);
        try
        {
            return AddWithExtra(due, priority, handler, payload, flags, spec, maxExecutions, interval);
        }
        catch
        {
            _tasks.GiveBackRoom();
            throw;
        }
    }

    /// <summary>A task that recurs (maxExecutions != 0), waits for others, has a deadline or is tried again. There is room.</summary>
    private ulong AddWithExtra(ulong due, byte priority, ushort handler, ulong payload, TaskFlags flags, TaskSpec spec, uint maxExecutions, ulong interval)
    {
        List<ulong> waitsFor = StillToWaitFor(spec.After);
        ulong id = TakeIds(Math.Max(1, maxExecutions));
        TaskExtra extra = ExtraOf(spec, due, maxExecutions, interval, id, waitsFor.Count);
        AddWithExtra(id, priority, handler, payload, flags, extra, due, waitsFor);
        _counters.Scheduled++;
        return id;
    }

    private TaskExtra ExtraOf(TaskSpec spec, ulong due, uint maxExecutions, ulong interval, ulong firstId, int waitsFor) => new()
    {
        Due = due,
        MaxExecutions = maxExecutions,
        Interval = interval,
        Origin = due,
        FirstId = firstId,
        Missed = spec.Missed ?? _options.Missed,
        DeadlineNs = spec.DeadlineNs ?? ulong.MaxValue,
        DropLate = spec.DropLate,
        Attempts = spec.Retry?.Attempts ?? 1,
        BackoffNs = spec.Retry?.BackoffNs ?? 0,
        BackoffMaxNs = spec.Retry?.BackoffMaxNs ?? 0,
        BackoffFactor = spec.Retry?.Factor ?? 1,
        WaitsFor = (uint)waitsFor,
    };

    private void AddWithExtra(ulong id, byte priority, ushort handler, ulong payload, TaskFlags flags, in TaskExtra extra, ulong due, IReadOnlyList<ulong> waitsFor)
    {
        uint slot = AddRecord(id, priority, handler, payload, flags, _tasks.AddExtra(extra));
        if (extra.IsSeries)
        {
            _store.Series.Add(id, slot);
            if (extra.FirstId != id)
            {
                _store.Series.Add(extra.FirstId, slot);
            }
        }
        if (waitsFor.Count == 0)
        {
            _store.Enter(slot, due);
            return;
        }
        _tasks.Records[slot].Flags |= TaskFlags.Waiting;
        _store.Waiting++;
        _store.Dependencies.Add(id, waitsFor);
    }

    private List<ulong> StillToWaitFor(IReadOnlyList<ulong> after)
    {
        List<ulong> ids = [];
        foreach (ulong id in after.Distinct())
        {
            uint slot = FindPending(id);
            bool runs = _active && id == _activeId;
            if (slot == 0 && !runs && !_store.Ids.WasGiven(id))
            {
                Refuse("type/after", $"{id} was never given to a task");
            }
            if ((runs && _activeRecurs) || (slot != 0 && _tasks.Records[slot].Extra != 0 && _tasks.ExtraOf(slot)->IsSeries))
            {
                Refuse("type/after", $"{id} is of a recurring task");
            }
            if (slot != 0 || runs)
            {
                ids.Add(id);
            }
        }
        return ids;
    }

    /// <summary>Slot of the pending task with this id, or of the series of which it is a pending execution or the first; 0 = none.</summary>
    private uint FindPending(ulong id)
    {
        uint slot = _tasks.Find(id);
        if (slot == 0)
        {
            slot = _store.Series.Find(id);
            if (slot == 0 || !IsOfThose(id, slot))
            {
                return 0;
            }
        }
        TaskRecord* record = _tasks.Records + slot;
        return (record->Flags & TaskFlags.Active) == 0 || HasNext(slot) ? slot : 0;
    }

    /// <summary>The id is that of an execution of this series which has not begun.</summary>
    private bool IsOfThose(ulong id, uint slot)
    {
        TaskExtra* extra = _tasks.ExtraOf(slot);
        ulong from = (_tasks.Records[slot].Flags & TaskFlags.Active) != 0 ? extra->Period + 1 : extra->Period;
        if (id < extra->FirstId)
        {
            return false;
        }
        ulong period = extra->FirstIdPeriod + (id - extra->FirstId);
        // The one at hand is there even when the one after it was moved, from which times are counted then.
        return period >= from && (period == extra->Period || extra->HasPeriod(period)) && (!extra->IsEndless || id - extra->FirstId < EndlessIds);
    }

    /// <summary>A running series goes on after this execution.</summary>
    private bool HasNext(uint slot)
    {
        if (_tasks.Records[slot].Extra == 0 || (_tasks.Records[slot].Flags & TaskFlags.Cancelled) != 0)
        {
            return false;
        }
        TaskExtra* extra = _tasks.ExtraOf(slot);
        return extra->IsSeries && extra->HasPeriod(extra->Period + 1);
    }

    private void Cancel(ulong id)
    {
        uint slot = FindPending(id);
        if (slot == 0)
        {
            RefuseUnknown(id);
        }
        TaskRecord* record = _tasks.Records + slot;
        if ((record->Flags & TaskFlags.Active) != 0)
        {
            record->Flags |= TaskFlags.Cancelled;   // nothing of it is in the queue; what follows this execution does not
            return;
        }
        bool waited = (record->Flags & TaskFlags.Waiting) != 0;
        ulong ownId = record->Id;
        Remove(slot);
        if (waited)
        {
            _store.Waiting--;
            _store.Dependencies.Forget(ownId);
        }
        else
        {
            _queue.Forget();
        }
        _counters.Cancelled++;
        Conclude(ownId, succeeded: false);
    }

    private void Reschedule(ulong id, ulong time)
    {
        uint slot = FindPending(id);
        if (slot == 0)
        {
            RefuseUnknown(id);
        }
        TaskRecord* record = _tasks.Records + slot;
        if (record->Extra != 0)
        {
            TaskExtra* extra = _tasks.ExtraOf(slot);
            bool runs = (record->Flags & TaskFlags.Active) != 0;
            extra->Due = time;
            extra->Origin = time;
            extra->OriginPeriod = runs ? extra->Period + 1 : extra->Period;
            if (runs)
            {
                record->Flags |= TaskFlags.Moved;
                record->Arrival = _store.NextArrival();
                return;
            }
            record->Flags &= ~TaskFlags.Moved;
            if ((record->Flags & TaskFlags.Waiting) != 0)
            {
                return;
            }
        }
        record->Arrival = 0;
        _queue.Forget();
        _store.Enter(slot, time);
    }

    /// <summary>Takes a task and all that belongs to it out of the table.</summary>
    private void Remove(uint slot)
    {
        TaskRecord* record = _tasks.Records + slot;
        if ((record->Flags & TaskFlags.HasData) != 0)
        {
            DropData(record->Payload);
        }
        RemoveButData(slot);
    }

    private void RemoveButData(uint slot)
    {
        TaskRecord* record = _tasks.Records + slot;
        if (record->Extra != 0)
        {
            TaskExtra* extra = _tasks.ExtraOf(slot);
            if (extra->IsSeries)
            {
                _store.Series.Remove(record->Id);
                _store.Series.Remove(extra->FirstId);
            }
            _tasks.FreeExtra(record->Extra);
        }
        _tasks.Remove(slot);
    }

    /// <summary>A task is over: those that waited for it go on, or are doomed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Conclude(ulong id, bool succeeded)
    {
        if (_store.Dependencies.Any)
        {
            Release(id, succeeded);
        }
    }

    private void Release(ulong id, bool succeeded)
    {
        foreach (ulong waiting in _store.Dependencies.Take(id))
        {
            uint slot = _tasks.Find(waiting);
            if (slot == 0 || (_tasks.Records[slot].Flags & TaskFlags.Waiting) == 0)
            {
                continue;
            }
            TaskRecord* record = _tasks.Records + slot;
            TaskExtra* extra = _tasks.ExtraOf(slot);
            if (!succeeded)
            {
                record->Flags |= TaskFlags.Doomed;
                extra->DoomedBy = id;
                _store.Dependencies.Forget(waiting);
            }
            else if (--extra->WaitsFor != 0)
            {
                continue;
            }
            record->Flags &= ~TaskFlags.Waiting;
            _store.Waiting--;
            _store.Enter(slot, extra->Due);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong TakeIds(ulong count)
    {
        ulong id = _store.Ids.Take(count);
        if (id == 0)
        {
            RefuseIds();
        }
        return id;
    }

    // Posts that many tasks away from the limit look at the owner's count without a barrier: so many it can be late.
    private const long CloseToFull = 256;

    // A larger claim of the owner is made visible at once; what is on its way beside one of these stays far below CloseToFull.
    private const long SmallClaim = 128;

    /// <summary>
    /// Room for tasks that will be in the table. Claimed by the count itself before what is posted is read, as those who post do it the other way round: of
    /// two that come together one sees the other. The owner has no fence for that; who posts close to the limit puts one into every thread.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireRoom(long tasks)
    {
        long count = _tasks.Count + tasks;
        Volatile.Write(ref _tasks.Count, count);
        if (tasks > SmallClaim)
        {
            Interlocked.MemoryBarrier();
        }
        if (count + Volatile.Read(ref _posted) > _options.CapacityTasks)
        {
            Volatile.Write(ref _tasks.Count, count - tasks);
            RefuseFull();
        }
    }

    /// <summary>Any thread: counts tasks before they are posted.</summary>
    private void ClaimRoom(long tasks)
    {
        long posted = Interlocked.Add(ref _posted, tasks);
        if (posted + Volatile.Read(ref _tasks.Count) > _options.CapacityTasks - CloseToFull)
        {
            ClaimLastRoom(tasks, posted);
        }
    }

    private void ClaimLastRoom(long tasks, long posted)
    {
        Interlocked.MemoryBarrierProcessWide();
        posted = Math.Min(posted, Volatile.Read(ref _posted));   // fewer when the owner has put some into the table, which it counts first
        if (posted + Volatile.Read(ref _tasks.Count) > _options.CapacityTasks)
        {
            Interlocked.Add(ref _posted, -tasks);
            RefuseFull();
        }
    }
}
