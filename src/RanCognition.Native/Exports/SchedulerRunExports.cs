using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Native.Boundary;

namespace RanCognition.Native.Exports;

/// <summary>Handlers in your own code, a loop that runs tasks when they are due, batches without JSON for loops that cannot afford it, and the queue saved and restored.</summary>
[HeaderChapter(34, "Scheduler in loops")]
internal static unsafe class SchedulerRunExports
{
    /// <summary>Registers a handler for the tasks of type {"Custom":"name"} and for batches.</summary>
    /// <remarks>
    /// A name that is there already gets the new handler and keeps its number; tasks that are pending run the handler that is there when they are due. Handlers stay until
    /// the scheduler is destroyed, or the plug-in that registered them is unloaded.
    /// </remarks>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="name">UTF-8 text, 1..256 bytes. Copied.</param>
    /// <param name="nameLength">Its length in bytes.</param>
    /// <param name="fn">Must stay valid until the scheduler is destroyed and no call on it is under way.</param>
    /// <param name="userData">Passed to the handler as it is. May be NULL.</param>
    /// <returns>Number of the handler, from 1 on, for rancog_task. 0 on failure (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_LIMIT beyond 60000 names).</returns>
    [Since("0.2")]
    [CThreads("any thread and from handlers; does not wait for tasks that another thread executes.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_register_handler", CallConvs = [typeof(CallConvCdecl)])]
    public static uint RegisterHandler(
        SchedulerHandle self,
        byte* name,
        nuint nameLength,
        [CCallback(
            "int32_t (*rancog_task_handler)(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)",
            "Runs one task, on the thread that executes tasks. payload is the task's number (0 when it has data), data its bytes (NULL when it has none), borrowed for the call, as is reply: "
            + "see rancog_reply_write. Gives 0 for success; any other number makes the task fail, and be tried again if it asked for that. It may use every handle; of its own scheduler all but the functions that execute "
            + "tasks and rancog_scheduler_advance_time, _snapshot and _restore (RANCOG_E_BUSY).")]
        delegate* unmanaged[Cdecl]<ulong, ulong, byte*, nuint, ReplyHandle, void*, int> fn,
        void* userData)
    {
        try
        {
            return Gate.EnterScheduler(self.Value).RegisterHandler(name, nameLength, fn, userData);
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return 0;
        }
    }

    /// <summary>Adds to the reply of the task that runs: the "Ok" of its result. Pieces are joined.</summary>
    /// <param name="reply">What the handler was given; good in that handler, on its thread, until it returns.</param>
    /// <param name="bytes">JSON, or other text, in UTF-8. NULL with length 0 adds nothing. Copied.</param>
    /// <param name="length">Its length in bytes; a reply may have 16 MiB.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_HANDLE (not the reply of the task that runs on this thread), RANCOG_E_INVALID_ARGUMENT or RANCOG_E_LIMIT (nothing is added).</returns>
    [Since("0.2")]
    [CThreads("the one that runs the handler.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_reply_write", CallConvs = [typeof(CallConvCdecl)])]
    public static int ReplyWrite(ReplyHandle reply, byte* bytes, nuint length)
    {
        try
        {
            Gate.Enter();
            Scheduling.TaskReply current = Execution.ReplyOf(reply);
            current.Append(NativeInput.Optional(bytes, length, "bytes"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Schedules n tasks, or none of them.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="tasks">n tasks, in the order of their arrival. Copied.</param>
    /// <param name="n">Tasks, at least 1.</param>
    /// <param name="ids">Room for n ids, of recurring tasks those of their first executions. May be NULL.</param>
    /// <returns>
    /// RANCOG_OK, RANCOG_E_INVALID_ARGUMENT (which names the task and its field), RANCOG_E_LIMIT when capacity is used up, or RANCOG_E_INVALID_HANDLE; nothing is
    /// scheduled and nothing written on failure.
    /// </returns>
    [Since("0.2")]
    [CThreads("any thread and from handlers; does not wait for tasks that another thread executes, but with recurring tasks for the end of the one that runs.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_schedule_batch", CallConvs = [typeof(CallConvCdecl)])]
    public static int ScheduleBatch(SchedulerHandle self, TaskEntry* tasks, nuint n, ulong* ids)
    {
        try
        {
            Gate.EnterScheduler(self.Value).ScheduleBatch(tasks, n, ids);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Executes the tasks that are due now, as rancog_scheduler_execute_ready_tasks does, and reports them as plain structs. Replies are dropped.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="max">Most executions; SIZE_MAX means all.</param>
    /// <param name="outcomes">Room for *n outcomes, in the order of execution; there are not more executions than that. NULL means that tasks are executed, up to max, and only counted.</param>
    /// <param name="n">In: room in outcomes. Out: tasks executed.</param>
    /// <returns>
    /// RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT, RANCOG_E_INVALID_HANDLE, or RANCOG_E_BUSY from a handler of this scheduler or while another thread is in rancog_scheduler_run;
    /// nothing is written on failure.
    /// </returns>
    [Since("0.2")]
    [CThreads("any thread; waits while another one executes tasks.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_execute_ready_batch", CallConvs = [typeof(CallConvCdecl)])]
    public static int ExecuteReadyBatch(SchedulerHandle self, nuint max, TaskOutcomeEntry* outcomes, nuint* n)
    {
        try
        {
            SchedulerSession session = Gate.EnterScheduler(self.Value);
            using Execution execution = new(session);
            session.ExecuteReadyBatch(max, outcomes, n);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Executes tasks when they are due, on this thread, until the time is reached or the flag is raised. Results are only counted: let handlers act.</summary>
    /// <remarks>
    /// Real time: sleeps to just before the next due time, then spins (spin_ns); a task that another thread schedules earlier wakes it at once. Virtual time: never
    /// waits; time moves from due time to due time, at the end to until_ns. Tasks that fail are told to the host's log; the host's progress is asked every few ms
    /// and can end the call.
    /// </remarks>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="untilNs">Time at which it ends, ns on the scheduler's clock; tasks due then still run. 2^64-1 means when the flag is raised, in virtual time also when nothing is pending.</param>
    /// <param name="stop">Flag that ends it when it is not 0, looked at between tasks and at least every 5 ms during the call; another thread or a handler may set it. May be NULL.</param>
    /// <returns>
    /// RANCOG_OK, RANCOG_E_INVALID_HANDLE (also when the scheduler was destroyed meanwhile), RANCOG_E_CANCELLED by the host's progress, or RANCOG_E_BUSY from a handler of this
    /// scheduler or while another thread is in this function.
    /// </returns>
    [Since("0.2")]
    [CThreads("any thread; waits while another one executes tasks, but not for another run.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_run", CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(SchedulerHandle self, ulong untilNs, int* stop)
    {
        try
        {
            SchedulerSession session = Gate.EnterScheduler(self.Value);
            using Execution execution = new(session);
            session.Core.Run(untilNs, new StopFlag(stop).Raised);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>All that is pending, as JSON that rancog_scheduler_restore takes: times, order, data, series, retries. Handlers are named, not held.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <returns>
    /// Result buffer {version, mode, current_time, next_task_id, tasks[{id, execute_time, priority, type, data|data_base64|payload, ..}]} owned by the caller; release with rancog_buffer_free.
    /// On failure the error JSON (RANCOG_E_BUSY from a handler of this scheduler; RANCOG_E_OUT_OF_MEMORY also when the text would pass 2 GiB). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.2")]
    [CThreads("any thread, but not from handlers of this scheduler; while another thread executes tasks it waits for the end of the one that runs.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_snapshot", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Snapshot(SchedulerHandle self)
    {
        try
        {
            byte* result = ResultBuffer.Write(Gate.EnterTimedScheduler(self.Value).Core.Snapshot(), JsonOut.Snapshot);
            ThreadStatus.Clear();   // the host's clock may have made calls of its own
            return result;
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Replaces all that is pending by a snapshot, also one of another process. Register the handlers that it names before its tasks are due. Metrics go on.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="snapshot">UTF-8 JSON, at most 2 GiB: the text of a result of rancog_scheduler_snapshot.</param>
    /// <param name="snapshotLength">Its length in bytes.</param>
    /// <returns>
    /// RANCOG_OK, RANCOG_E_INVALID_JSON, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT when it does not fit capacity and data_bytes, RANCOG_E_BUSY from a handler of this scheduler or while another
    /// thread is in rancog_scheduler_run, or RANCOG_E_INVALID_HANDLE; nothing is changed on failure.
    /// </returns>
    [Since("0.2")]
    [CThreads("any thread; waits while another one executes tasks.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_restore", CallConvs = [typeof(CallConvCdecl)])]
    public static int Restore(SchedulerHandle self, byte* snapshot, nuint snapshotLength)
    {
        try
        {
            Gate.EnterScheduler(self.Value).Restore(snapshot, snapshotLength);
            ThreadStatus.Clear();   // the host's clock may have made calls of its own
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
