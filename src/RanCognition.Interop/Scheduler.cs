using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace RanCognition.Interop;

/// <summary>A scheduler of the native library: tasks in exact order of due time (ns), then priority (0 first), then arrival; in real or virtual time.</summary>
/// <remarks>
/// Any thread may call it, also while another one executes tasks. Types, options and results are the JSON of rancognition.h. Every method throws
/// <see cref="RanCognitionException"/> with the library's status and message, and <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe partial class Scheduler : IDisposable
{
    /// <summary>Executions of a task that recurs until it is cancelled.</summary>
    public const uint Unlimited = uint.MaxValue;

    private readonly SchedulerHandle _handle;

    /// <summary>Creates a scheduler on the library's own clock.</summary>
    /// <param name="options">JSON object; "" means the defaults.</param>
    public Scheduler(string options = "")
        : this(options, null)
    {
    }

    /// <summary>Creates a scheduler on the host's clock, sleep, log and progress.</summary>
    /// <param name="options">JSON object; "" means the defaults.</param>
    /// <param name="host">Callbacks, copied; they must stay valid until the scheduler is disposed of and must not throw. May be null.</param>
    public Scheduler(string options, RancogHost* host)
    {
        RanCognitionLibrary.RequireAbi();
        byte[] text = Encoding.UTF8.GetBytes(options);
        fixed (byte* bytes = text)
        {
            nint handle = NativeMethods.rancog_scheduler_create(bytes, (nuint)text.Length, host);
            NativeCall.Check(NativeMethods.rancog_last_status());
            _handle = new SchedulerHandle(handle);
        }
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
        byte[] text = Encoding.UTF8.GetBytes(type);
        using HandleUse use = new(_handle);
        fixed (byte* typeText = text, bytes = data)
        {
            return Id(NativeMethods.rancog_scheduler_schedule_task(use.Value, executeTime, priority, typeText, (nuint)text.Length, bytes, (nuint)data.Length));
        }
    }

    /// <summary>Schedules a task that recurs: execution i is due at the current time + i x interval and has the id returned + i.</summary>
    /// <param name="interval">Ns from one execution to the next.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first.</param>
    /// <param name="type">JSON, as for <see cref="ScheduleTask"/>.</param>
    /// <param name="data">Bytes for the handler; copied.</param>
    /// <param name="maxExecutions">How often, at least 1.</param>
    /// <returns>Id of the first execution, by which the series can be cancelled.</returns>
    public ulong ScheduleRecurringTask(ulong interval, byte priority, string type, ReadOnlySpan<byte> data = default, uint maxExecutions = Unlimited)
    {
        byte[] text = Encoding.UTF8.GetBytes(type);
        using HandleUse use = new(_handle);
        fixed (byte* typeText = text, bytes = data)
        {
            return Id(NativeMethods.rancog_scheduler_schedule_recurring_task(
                use.Value, interval, priority, typeText, (nuint)text.Length, bytes, (nuint)data.Length, maxExecutions));
        }
    }

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
    /// <returns>JSON: tasks_executed and what remains.</returns>
    public string ExecuteReadyTasks(int maxTasks = int.MaxValue)
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
            NativeCall.Check(NativeMethods.rancog_last_status());
            return time == ulong.MaxValue ? null : time;
        }
    }

    /// <summary>What is pending, what was done, and how late, as JSON.</summary>
    public string GetQueueStatus()
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

    /// <summary>All that is pending, as JSON that <see cref="Restore"/> takes.</summary>
    public string Snapshot()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_scheduler_snapshot(use.Value));
    }

    /// <summary>Replaces all that is pending by a snapshot.</summary>
    public void Restore(string snapshot)
    {
        byte[] text = Encoding.UTF8.GetBytes(snapshot);
        using HandleUse use = new(_handle);
        fixed (byte* bytes = text)
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
        NativeCall.Check(NativeMethods.rancog_last_status());
        return id;
    }
}
