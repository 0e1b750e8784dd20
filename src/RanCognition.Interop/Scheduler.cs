using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>A scheduler of the native library: tasks in exact order of due time (ns), then priority (0 first), then arrival; in real or virtual time.</summary>
/// <remarks>
/// Any thread may call it, also while another one executes tasks. JSON is that of rancognition.h. A call that fails throws what <see cref="IRanCognitionError"/> tells of,
/// and <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe partial class Scheduler : IDisposable
{
    /// <summary>Executions of a task that recurs until it is cancelled.</summary>
    public const uint Unlimited = uint.MaxValue;

    private readonly SchedulerHandle _handle;

    /// <summary>Creates a scheduler.</summary>
    /// <param name="options">JSON object; "" means the defaults.</param>
    /// <param name="host">Clock, sleep, log and progress; null means the library's own.</param>
    public Scheduler(string options = "", Host? host = null)
    {
        RanCognitionLibrary.RequireAbi();
        byte[] text = NativeCall.Utf8(options);
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        fixed (byte* bytes = text)
        {
            _handle = new SchedulerHandle(NativeMethods.rancog_scheduler_create(bytes, (nuint)text.Length, &table), bridge);
        }
        _handle.RequireCreated();
    }

    /// <summary>Creates a scheduler.</summary>
    /// <param name="options">How its time moves, and its bounds.</param>
    /// <param name="host">Clock, sleep, log and progress; null means the library's own.</param>
    public Scheduler(SchedulerOptions options, Host? host = null)
        : this(Encoding.UTF8.GetString(NativeCall.Json(options)), host)
    {
    }

    internal Scheduler(SchedulerHandle handle) => _handle = handle;

    /// <summary>The type of the tasks of a registered handler, as JSON.</summary>
    public static string Custom(string name) => $"{{\"Custom\":\"{System.Text.Json.JsonEncodedText.Encode(name)}\"}}";

    /// <summary>Schedules one task.</summary>
    /// <param name="executeTime">When, ns on the scheduler's clock.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first.</param>
    /// <param name="type">JSON: "\"TemporalAnalysis\"", <see cref="Custom"/>, or {"type":..} with after, deadline_ns, retry.</param>
    /// <param name="data">Bytes for the handler; copied.</param>
    /// <returns>Id of the task.</returns>
    public ulong ScheduleTask(ulong executeTime, byte priority, string type, ReadOnlySpan<byte> data = default)
    {
        byte[] text = NativeCall.Utf8(type);
        using HandleUse use = new(_handle);
        fixed (byte* typeText = &NativeCall.Start<byte>(text), bytes = data)
        {
            return Id(NativeMethods.rancog_scheduler_schedule_task(use.Value, executeTime, priority, typeText, (nuint)text.Length, bytes, (nuint)data.Length));
        }
    }

    /// <summary>Schedules one task.</summary>
    /// <param name="executeTime">When, ns on the scheduler's clock.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first.</param>
    /// <param name="spec">What is to run, after what, until when, how often it is tried.</param>
    /// <param name="data">Bytes for the handler; copied.</param>
    /// <returns>Id of the task.</returns>
    public ulong ScheduleTask(ulong executeTime, byte priority, TaskSpec spec, ReadOnlySpan<byte> data = default) =>
        ScheduleTask(executeTime, priority, Encoding.UTF8.GetString(NativeCall.Json(spec)), data);

    /// <summary>Schedules a task that recurs: execution i is due at the current time + i x interval and has the id returned + i.</summary>
    /// <param name="interval">Ns from one execution to the next.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first.</param>
    /// <param name="type">JSON, as for <see cref="ScheduleTask(ulong, byte, string, ReadOnlySpan{byte})"/>.</param>
    /// <param name="data">Bytes for the handler; copied.</param>
    /// <param name="maxExecutions">How often, at least 1.</param>
    /// <returns>Id of the first execution, by which the series can be cancelled.</returns>
    public ulong ScheduleRecurringTask(ulong interval, byte priority, string type, ReadOnlySpan<byte> data = default, uint maxExecutions = Unlimited)
    {
        byte[] text = NativeCall.Utf8(type);
        using HandleUse use = new(_handle);
        fixed (byte* typeText = &NativeCall.Start<byte>(text), bytes = data)
        {
            return Id(NativeMethods.rancog_scheduler_schedule_recurring_task(
                use.Value, interval, priority, typeText, (nuint)text.Length, bytes, (nuint)data.Length, maxExecutions));
        }
    }

    /// <summary>Schedules a task that recurs: execution i is due at the current time + i x interval and has the id returned + i.</summary>
    /// <param name="interval">Ns from one execution to the next.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first.</param>
    /// <param name="spec">What is to run, until when, how often it is tried, and what is done about missed periods.</param>
    /// <param name="data">Bytes for the handler; copied.</param>
    /// <param name="maxExecutions">How often, at least 1.</param>
    /// <returns>Id of the first execution, by which the series can be cancelled.</returns>
    public ulong ScheduleRecurringTask(ulong interval, byte priority, TaskSpec spec, ReadOnlySpan<byte> data = default, uint maxExecutions = Unlimited) =>
        ScheduleRecurringTask(interval, priority, Encoding.UTF8.GetString(NativeCall.Json(spec)), data, maxExecutions);

    /// <summary>Cancels a pending task; by any id of a recurring one that has not begun, all that is left of it.</summary>
    public void CancelTask(ulong id)
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_scheduler_cancel_task(use.Value, id));
    }

    /// <summary>Gives a pending task another time.</summary>
    public void RescheduleTask(ulong id, ulong time)
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_scheduler_reschedule_task(use.Value, id, time));
    }

    /// <summary>Executes the tasks that are due now.</summary>
    /// <returns>What they gave, and what remains.</returns>
    public ExecutionResults ExecuteReadyTasks(int maxTasks = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTasks);
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<ExecutionResults>(NativeMethods.rancog_scheduler_execute_ready_tasks(use.Value, (nuint)maxTasks));
    }

    /// <inheritdoc cref="ExecuteReadyTasks"/>
    /// <returns>JSON.</returns>
    public string ExecuteReadyTasksJson(int maxTasks = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTasks);
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_scheduler_execute_ready_tasks(use.Value, (nuint)maxTasks));
    }

    /// <summary>Due time of the earliest task, ns; null when there is none.</summary>
    public ulong? NextExecutionTime
    {
        get
        {
            using HandleUse use = new(_handle);
            ulong time = NativeMethods.rancog_scheduler_get_next_execution_time(use.Value);
            NativeCall.CheckLast();
            return time == ulong.MaxValue ? null : time;
        }
    }

    /// <summary>What is pending, what was done, and how late.</summary>
    public QueueStatus GetQueueStatus()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<QueueStatus>(NativeMethods.rancog_scheduler_get_queue_status(use.Value));
    }

    /// <inheritdoc cref="GetQueueStatus"/>
    /// <returns>JSON.</returns>
    public string GetQueueStatusJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_scheduler_get_queue_status(use.Value));
    }

    /// <summary>Moves the scheduler's time forward; executes nothing.</summary>
    public void AdvanceTime(ulong nanoseconds)
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_scheduler_advance_time(use.Value, nanoseconds));
    }

    /// <summary>All that is pending, to be restored later or elsewhere.</summary>
    public SchedulerSnapshot Snapshot()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<SchedulerSnapshot>(NativeMethods.rancog_scheduler_snapshot(use.Value));
    }

    /// <inheritdoc cref="Snapshot"/>
    /// <returns>JSON.</returns>
    public string SnapshotJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_scheduler_snapshot(use.Value));
    }

    /// <summary>Replaces all that is pending by a snapshot.</summary>
    public void Restore(SchedulerSnapshot snapshot) => Restore(NativeCall.Json(snapshot));

    /// <summary>Replaces all that is pending by a snapshot.</summary>
    /// <param name="snapshot">JSON.</param>
    public void Restore(string snapshot) => Restore(NativeCall.Utf8(snapshot));

    private void Restore(byte[] text)
    {
        using HandleUse use = new(_handle);
        fixed (byte* bytes = &NativeCall.Start<byte>(text))
        {
            NativeCall.Check(NativeMethods.rancog_scheduler_restore(use.Value, bytes, (nuint)text.Length));
        }
    }

    /// <summary>Destroys the scheduler, unless a loader owns it, and all that is pending. What executes tasks, on any thread, ends after its current task.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Destroy();   // at once, although a call may still keep the handle
            _handle.Dispose();
        }
    }

    private static ulong Id(ulong id)
    {
        NativeCall.CheckLast();
        return id;
    }
}
