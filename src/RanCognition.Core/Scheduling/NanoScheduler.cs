using System.Runtime.CompilerServices;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

/// <summary>Runs tasks in the order of due time, then priority (0 first), then arrival; in real or virtual time.</summary>
/// <remarks>
/// Safe from any thread. One thread at a time owns the queue. While it executes tasks, others hand their calls over: a plain task is posted and its call
/// is done, the rest is answered between two tasks. The owner waits for nobody. A handler may call everything here but the executing methods, Advance,
/// Snapshot and Restore.
/// </remarks>
public sealed unsafe partial class NanoScheduler : IDisposable
{
    private readonly SchedulerOptions _options;
    private readonly IHost _host;
    private readonly bool _isVirtual;
    private readonly HandlerTable _handlers = new();
    private readonly Counters _counters = new();
    private readonly TaskReply _reply = new();

    private readonly TaskData _data;

    // What is pending; replaced as a whole by Restore. The two that every call touches are at hand.
    private TaskStore _store;
    private TaskTable _tasks;
    private TimerQueue _queue;

    // Number of a registered handler seen last, 0 after one was removed.
    private uint _knownHandler;

    private ulong _currentTime;

    // Bytes of task data held; any thread adds to it.
    private ulong _dataBytes;

    /// <param name="options">How it is set.</param>
    /// <param name="host">Clock, sleep, log and progress.</param>
    /// <param name="memory">Where the data of tasks lies; null = in memory of the process. Held until the scheduler is closed.</param>
    public NanoScheduler(SchedulerOptions options, IHost host, SharedPool? memory = null)
    {
        _options = options;
        _host = host;
        _isVirtual = options.Mode == TimeMode.Virtual;
        _currentTime = _isVirtual ? options.StartTime : host.NowNanoseconds();
        _data = new TaskData(memory);
        try
        {
            _store = new TaskStore(options.CapacityTasks, _currentTime, new IdSource(), _data);
        }
        catch
        {
            _data.Close();
            throw;
        }
        _tasks = _store.Tasks;
        _queue = _store.Queue;
    }

    /// <summary>Native memory that tables and queue have in use, bytes; without task data.</summary>
    internal ulong MemoryBytes => _store.MemoryBytes;

    /// <summary>Bytes of task data held.</summary>
    internal ulong DataBytes => Volatile.Read(ref _dataBytes);

    /// <summary>The last arrival before those in use are numbered anew; tests lower it.</summary>
    internal uint ArrivalMax
    {
        init => _store.ArrivalMax = value;
    }

    /// <summary>Lends a core to the tasks of its kind; before it is lent their result is Err.</summary>
    public void SetCore(TaskKind kind, TaskHandler handler) => _handlers.SetCore(kind, handler);

    /// <summary>Number (from 1) of the handler under this name; registering a name again replaces its handler and keeps the number.</summary>
    public uint RegisterHandler(string name, TaskHandler handler) => Counted(() => _handlers.Register(name, handler));

    /// <summary>Removes this handler, unless another was registered under its name since. Tasks of that name then fail; one that runs goes on.</summary>
    public void RemoveHandler(uint number, TaskHandler handler)
    {
        _handlers.Remove(number, handler);
        _knownHandler = 0;   // a thread that just used it may put it back: its batch is then taken, and fails when it is due
    }

    /// <summary>Checks a type and looks up its handler, for all the tasks that will have it.</summary>
    public PreparedType Prepare(TaskSpec spec)
    {
        CheckSpec(spec);
        return new PreparedType(spec, Counted(() => _handlers.NumberOf(spec.Type)));
    }

    public ulong ScheduleTask(ulong executeTime, byte priority, TaskSpec spec, ReadOnlySpan<byte> data) => ScheduleTask(executeTime, priority, Prepare(spec), data);

    /// <summary>Id of the new task. Data is copied. A call that is refused changes nothing.</summary>
    public ulong ScheduleTask(ulong executeTime, byte priority, PreparedType type, ReadOnlySpan<byte> data)
    {
        if (executeTime > SchedulingLimits.TimeMax)
        {
            CheckTime("execute_time", executeTime);
        }
        if (!type.IsPlain || !data.IsEmpty)
        {
            return ScheduleMore(executeTime, priority, type, data);
        }
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                return AddPlain(executeTime, priority, type.Handler, 0, TaskFlags.None);
            }
        }
        return Post(executeTime, priority, type.Handler, 0, TaskFlags.None);
    }

    public ulong ScheduleRecurringTask(ulong interval, byte priority, TaskSpec spec, ReadOnlySpan<byte> data, uint maxExecutions) =>
        ScheduleRecurringTask(interval, priority, Prepare(spec), data, maxExecutions);

    /// <summary>Id of the first execution; the i-th has id + i and is due at the current time + i x interval.</summary>
    public ulong ScheduleRecurringTask(ulong interval, byte priority, PreparedType type, ReadOnlySpan<byte> data, uint maxExecutions)
    {
        if (maxExecutions == 0)
        {
            Refuse("max_executions", "is 0");
        }
        CheckInterval("interval", interval, maxExecutions);
        if (type.IsOfOneTask)
        {
            Refuse("type/after", "a recurring task waits for none");
        }
        TaskFlags flags = data.IsEmpty ? TaskFlags.None : TaskFlags.HasData;
        using TaskData.Held held = _data.Hold();
        ulong block = CopyData(data);
        try
        {
            using (Turn turn = TakeTurn())
            {
                if (turn.IsMine)
                {
                    return AddSpecial(ReadTime(), priority, type.Handler, block, flags, type.Spec, maxExecutions, interval);
                }
            }
            return HandOverSeries(interval, priority, type.Handler, block, flags, type.Spec, maxExecutions);
        }
        catch
        {
            DropData(block);
            throw;
        }
    }

    /// <summary>Schedules all or none. ids may be empty.</summary>
    public void ScheduleBatch(ReadOnlySpan<BatchTask> tasks, Span<ulong> ids)
    {
        bool plain = true;
        uint known = _knownHandler;
        for (int i = 0; i < tasks.Length; i++)
        {
            ref readonly BatchTask task = ref tasks[i];
            if (task.Interval != 0 || task.ExecuteTime > SchedulingLimits.TimeMax || task.Handler != known || known == 0)
            {
                CheckBatchTask(task, i);
                _knownHandler = known = task.Handler;
                plain &= task.Interval == 0;
            }
        }
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                AddBatch(tasks, ids, plain);
                return;
            }
        }
        if (plain)
        {
            PostBatch(tasks, ids);
        }
        else
        {
            HandOverBatch(tasks, ids);
        }
    }

    /// <summary>A pending task, or all that is left of a series, will not run.</summary>
    public void CancelTask(ulong id)
    {
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                Cancel(id);
                return;
            }
        }
        HandOver(id, 0, static (self, id, _) => self.Cancel(id));
    }

    /// <summary>Gives a pending task another time; it is a new arrival among those due then. Of a series the executions after it follow from there.</summary>
    public void RescheduleTask(ulong id, ulong time)
    {
        CheckTime("time", time);
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                Reschedule(id, time);
                return;
            }
        }
        HandOver(id, time, static (self, id, time) => self.Reschedule(id, time));
    }

    /// <summary>Due time of the earliest task that waits for no other; 2^64-1 when there is none.</summary>
    public ulong GetNextExecutionTime()
    {
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                return _queue.FirstDue();
            }
        }
        return HandOver(() => _queue.FirstDue());
    }

    /// <summary>Moves the time forward, at most to the last one a task can have.</summary>
    public void AdvanceTime(ulong nanoseconds)
    {
        using (Turn turn = TakeTurn())
        {
            if (turn.IsMine)
            {
                Advance(nanoseconds);
                return;
            }
        }
        HandOver(nanoseconds, 0, static (self, nanoseconds, _) => self.Advance(nanoseconds), betweenTasks: true);
    }

    /// <summary>Counts a call that was refused before it came here (its text was no task type, its data NULL with a length).</summary>
    public void CountRefusal() => Interlocked.Increment(ref _counters.Refused);

    private void Advance(ulong nanoseconds)
    {
        RefuseInHandler("the time cannot be moved by a task's handler");
        _currentTime = nanoseconds > SchedulingLimits.TimeMax - _currentTime ? SchedulingLimits.TimeMax : _currentTime + nanoseconds;
    }

    private ulong ReadTime()
    {
        if (!_isVirtual)
        {
            _currentTime = Math.Max(_currentTime, _host.NowNanoseconds());
        }
        return _currentTime;
    }

    /// <summary>A task with data, or with more wishes than its type.</summary>
    private ulong ScheduleMore(ulong executeTime, byte priority, PreparedType type, ReadOnlySpan<byte> data)
    {
        TaskFlags flags = data.IsEmpty ? TaskFlags.None : TaskFlags.HasData;
        using TaskData.Held held = _data.Hold();
        ulong block = CopyData(data);
        try
        {
            using (Turn turn = TakeTurn())
            {
                if (turn.IsMine)
                {
                    return type.IsPlain
                        ? AddPlain(executeTime, priority, type.Handler, block, flags)
                        : AddSpecial(executeTime, priority, type.Handler, block, flags, type.Spec, 0, 0);
                }
            }
            return type.IsPlain
                ? Post(executeTime, priority, type.Handler, block, flags)
                : HandOverSpecial(executeTime, priority, type.Handler, block, flags, type.Spec);
        }
        catch
        {
            DropData(block);
            throw;
        }
    }

    private ulong CopyData(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return 0;
        }
        if (data.Length > SchedulingLimits.TaskDataBytesMax)
        {
            RefuseLimit("data", $"{data.Length} bytes, at most {SchedulingLimits.TaskDataBytesMax}");
        }
        if (Interlocked.Add(ref _dataBytes, (ulong)data.Length) > _options.DataBytes)
        {
            Interlocked.Add(ref _dataBytes, 0UL - (ulong)data.Length);
            RefuseLimit("data", $"with these {data.Length} bytes the pending tasks would hold more than {_options.DataBytes}");
        }
        try
        {
            return _data.Copy(data);
        }
        catch (LimitExceededException)
        {
            Interlocked.Add(ref _dataBytes, 0UL - (ulong)data.Length);
            CountRefusal();
            throw;
        }
        catch
        {
            Interlocked.Add(ref _dataBytes, 0UL - (ulong)data.Length);
            throw;
        }
    }

    private void DropData(ulong block)
    {
        if (block != 0)
        {
            Interlocked.Add(ref _dataBytes, 0UL - (ulong)TaskData.LengthOf(block));
            _data.Free(block);
        }
    }
}
