using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace RanCognition.Interop;

// Handlers, the run loop, and batches without JSON.
public sealed unsafe partial class Scheduler
{
    private const int HandlerThrew = -1;

    /// <summary>Registers a handler for tasks of type <see cref="Custom"/>(name) and for batches; it lives as long as the scheduler.</summary>
    /// <param name="name">1..256 bytes of UTF-8. A name that is there already gets the new handler and keeps its number.</param>
    /// <param name="handler">May use the scheduler, but not execute its tasks.</param>
    /// <returns>Number of the handler, for <see cref="Task"/>.</returns>
    public uint RegisterHandler(string name, SchedulerTaskHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        byte[] text = NativeCall.Utf8(name);
        using HandleUse use = new(_handle);
        nint kept = _handle.Keep(handler);
        fixed (byte* bytes = &NativeCall.Start<byte>(text))
        {
            uint number = NativeMethods.rancog_scheduler_register_handler(use.Value, bytes, (nuint)text.Length, &Invoke, (void*)kept);
            NativeCall.CheckLast();
            return number;
        }
    }

    /// <summary>A task of a batch, once.</summary>
    /// <param name="handler">Number that <see cref="RegisterHandler"/> gave.</param>
    /// <param name="executeTime">When, ns on the scheduler's clock.</param>
    /// <param name="payload">Handed to the handler.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first.</param>
    public static RancogTask Task(uint handler, ulong executeTime, ulong payload = 0, byte priority = 0) =>
        new() { StructSize = (uint)sizeof(RancogTask), Handler = handler, ExecuteTime = executeTime, Payload = payload, Priority = priority };

    /// <summary>Schedules all the tasks, or none of them.</summary>
    /// <param name="tasks">Made by <see cref="Task"/>, with interval and max_executions where they recur.</param>
    /// <param name="ids">Receives their ids; empty, or as long as tasks.</param>
    public void ScheduleBatch(ReadOnlySpan<RancogTask> tasks, Span<ulong> ids = default)
    {
        if (ids.Length != 0 && ids.Length != tasks.Length)
        {
            throw new ArgumentException($"has room for {ids.Length} of {tasks.Length} ids", nameof(ids));
        }
        using HandleUse use = new(_handle);
        fixed (RancogTask* entries = tasks)
        fixed (ulong* room = ids)
        {
            NativeCall.Check(NativeMethods.rancog_scheduler_schedule_batch(use.Value, entries, (nuint)tasks.Length, room));
        }
    }

    /// <summary>Executes tasks that are due now, as many as there is room for.</summary>
    /// <returns>Tasks executed.</returns>
    public int ExecuteReadyBatch(Span<RancogTaskOutcome> outcomes)
    {
        nuint count = (nuint)outcomes.Length;
        if (outcomes.IsEmpty)
        {
            return 0;   // without room the library would execute all and only count them
        }
        using HandleUse use = new(_handle);
        fixed (RancogTaskOutcome* room = outcomes)
        {
            NativeCall.Check(NativeMethods.rancog_scheduler_execute_ready_batch(use.Value, nuint.MaxValue, room, &count));
        }
        return (int)count;
    }

    /// <summary>Executes tasks when they are due, on this thread, until the time is reached, the token is cancelled, or the scheduler or the loader that owns it disposed of.</summary>
    /// <param name="untilNs">Time at which it ends, ns on the scheduler's clock.</param>
    /// <param name="cancellation">Ends it after the current task, without an exception.</param>
    public void Run(ulong untilNs = ulong.MaxValue, CancellationToken cancellation = default)
    {
        int[] stop = GC.AllocateArray<int>(1, pinned: true);
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static flag => Volatile.Write(ref ((int[])flag!)[0], 1), stop);
        ObjectDisposedException.ThrowIf(_handle.IsDestroyed, this);
        using HandleUse use = new(_handle, progress: null, token: default, stop);
        int status = NativeMethods.rancog_scheduler_run(use.Value, untilNs, (int*)Unsafe.AsPointer(ref stop[0]));
        GC.KeepAlive(stop);
        CallScope.Rethrow();
        if (!_handle.IsDestroyed)
        {
            NativeCall.Check(status);
        }
    }

    /// <summary>The same on a thread of its own, for a run takes as long as it takes.</summary>
    /// <param name="untilNs">Time at which it ends, ns on the scheduler's clock.</param>
    /// <param name="cancellation">Ends it after the current task; the task is then cancelled.</param>
    /// <returns>Ends when the time is reached or the scheduler is disposed of.</returns>
    public Task RunAsync(ulong untilNs = ulong.MaxValue, CancellationToken cancellation = default) => System.Threading.Tasks.Task.Factory.StartNew(
        () =>
        {
            Run(untilNs, cancellation);
            cancellation.ThrowIfCancellationRequested();
        },
        cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Invoke(ulong taskId, ulong payload, byte* data, nuint dataLength, nint reply, void* userData)
    {
        int status = 0;
        string? answer;
        try
        {
            SchedulerTaskHandler handler = (SchedulerTaskHandler)GCHandle.FromIntPtr((nint)userData).Target!;
            answer = handler(new SchedulerTask(taskId, payload, new ReadOnlySpan<byte>(data, (int)dataLength), reply));
        }
        catch (Exception error)
        {
            status = HandlerThrew;
            answer = $"{error.GetType().Name}: {error.Message}";
        }
        if (answer is null)
        {
            return status;
        }
        byte[] text = Encoding.UTF8.GetBytes(answer);
        fixed (byte* bytes = text)
        {
            int written = NativeMethods.rancog_reply_write(reply, bytes, (nuint)text.Length);
            if (written < 0)
            {
                // The text did not fit: a reason that does stands in its place.
                byte[] reason = Encoding.UTF8.GetBytes($"{NativeCall.LastMessage()}: the handler {(status != 0 ? "threw a message" : "gave a text")} of {text.Length}");
                fixed (byte* room = reason)
                {
                    _ = NativeMethods.rancog_reply_write(reply, room, (nuint)reason.Length);
                }
                return HandlerThrew;
            }
            return status;
        }
    }
}
