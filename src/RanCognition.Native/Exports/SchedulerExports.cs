using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Json;
using RanCognition.Native.Boundary;

namespace RanCognition.Native.Exports;

/// <summary>
/// Tasks in exact order of due time (ns), then priority (0 first), then arrival; once or recurring, with dependencies, deadlines and retries; in real time,
/// or in virtual time for simulations that repeat. Tasks run on the thread that executes them, never on one of the library's.
/// </summary>
[HeaderChapter(32, "Scheduler")]
internal static unsafe class SchedulerExports
{
    private const string TypeName = "rancog_scheduler";
    private const string AnyTime = "any thread and from handlers; does not wait for tasks that another thread executes.";
    private const string BetweenTasks = "any thread and from handlers; while another thread executes tasks it waits for the end of the one that runs.";

    /// <summary>Creates a scheduler.</summary>
    /// <remarks>
    /// Options, all optional: mode "real" (the clock of the host, else rancog_nanotime's; the default) or "virtual" (time moves by rancog_scheduler_advance_time only);
    /// start_time (virtual time begins there, ns, 0), capacity (tasks that may be pending, 1..16777215, 1048576), data_bytes (of their data in all, 0..2^40, 2^30),
    /// spin_ns (rancog_scheduler_run stops sleeping that long before a due time and spins, 0..10^9; default: as long as its sleeps are seen to end late, at most 100000), missed ("catch_up": recurring tasks run every period
    /// that passed while they could not; "skip": only the newest; "from_now": once, and count on from then; the default is catch_up), expansion_factor and temporal_resolution
    /// (of the temporal core that TemporalAnalysis tasks use, each 1..10^6, 200 and 100), memory (object: options of the memory that MemoryOperation tasks use, see rancog_memory_create; it is made by the first of them). A field that is not known is not used; rancog_scheduler_get_queue_status names it in ignored.
    /// </remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Clock, sleep, log, random and progress of the host. May be NULL. Copied. The clock is asked by every thread that makes calls.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_scheduler_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT, RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.2")]
    [Phase4Name("new")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_create", CallConvs = [typeof(CallConvCdecl)])]
    public static SchedulerHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            SchedulerSession session = new(JsonIn.SchedulerOptions(text, "options"), NativeHost.From(host));
            ThreadStatus.Clear();   // the host's clock may have made calls of its own
            return new SchedulerHandle(HandleTable.Create(HandleKind.Scheduler, session));
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Destroys a scheduler and all that is pending in it. A call that executes tasks, on this thread or another, ends after its current task; no handler is called afterwards.</summary>
    /// <param name="self">Handle from rancog_scheduler_create. May be NULL.</param>
    [Since("0.2")]
    [CThreads("any thread, also while others use the handle, and from handlers.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(SchedulerHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.Scheduler, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Schedules one task.</summary>
    /// <remarks>
    /// Types: "TemporalAnalysis" (data: a problem as rancog_temporal_expand_subjective_time takes it; the result is its analysis), {"Custom":"name"} (the handler registered
    /// under that name when the task is due gets the data), "MemoryOperation" (data: {"op":"store"|"recall"|"update"|"remove"|"analyze", ..} with the members that the rancog_memory function of that name takes,
    /// for store also "episode" or "episodes", for remove "id", for analyze "request"; the result is its result), "Optimization" (data: a problem as rancog_optimization_optimize takes it, or {"op":"evaluate_network","network":{..}}; the result is its result), "StrangeLoop" (data: a request as rancog_strange_loop_solve takes it, or
    /// {"op":"solve"|"observe"|"detect_conflicts"|"get_state", ..} with the members that the function of that name takes; the result is its result), "CognitiveProcessing" (data: a problem as rancog_cognitive_decide takes it, or
    /// {"op":"decide"|"report_outcome"|"rollback"|"get_state"|"ingest", ..} with "problem" and "constraints", the members of an outcome, "decision_id", or "message" (an object, or text); the result is its result). More is wished by {"type":&lt;one of these&gt;, ..} with any of: after [ids] (at most 1024; runs when all of them have succeeded; when one fails
    /// or is cancelled, this task fails; those that are over already are not waited for), deadline_ns (longest lateness; a task that begins later is counted in
    /// deadlines_missed), drop_late true (and does not run), retry {attempts (tries in all, 1..1000), backoff_ns (0), factor (1), backoff_max_ns} (a task that fails is tried
    /// again after backoff_ns, then factor times as long each time), missed (see rancog_scheduler_create; recurring tasks only). A type that is not understood to the
    /// last field is refused.
    /// </remarks>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="executeTime">When, ns on the scheduler's clock, at most 2^64-2; a time that has passed means at once.</param>
    /// <param name="priority">Among tasks due at the same time the lower runs first; 0 is the first.</param>
    /// <param name="type">UTF-8 JSON: the task type.</param>
    /// <param name="typeLength">Its length in bytes.</param>
    /// <param name="data">At most 16 MiB for the handler. NULL with length 0 means none. Copied.</param>
    /// <param name="dataLength">Its length in bytes.</param>
    /// <returns>
    /// Id of the task, from 1 on. 0 on failure, and nothing is scheduled (RANCOG_E_INVALID_JSON, RANCOG_E_INVALID_ARGUMENT; RANCOG_E_LIMIT when capacity or data_bytes
    /// are used up).
    /// </returns>
    [Since("0.2")]
    [Phase4Name("schedule_task")]
    [CThreads(AnyTime)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_schedule_task", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong ScheduleTask(SchedulerHandle self, ulong executeTime, byte priority, byte* type, nuint typeLength, byte* data, nuint dataLength)
    {
        try
        {
            return Gate.EnterScheduler(self.Value).ScheduleTask(executeTime, priority, type, typeLength, data, dataLength);
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return 0;
        }
    }

    /// <summary>Schedules a task that recurs: the i-th execution, from 0 on, is due at the current time + i times interval and has the id returned + i.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="interval">Ns from one execution to the next; 0 only with a number of executions.</param>
    /// <param name="priority">As for rancog_scheduler_schedule_task.</param>
    /// <param name="type">UTF-8 JSON: the task type, as rancog_scheduler_schedule_task takes it, without after.</param>
    /// <param name="typeLength">Its length in bytes.</param>
    /// <param name="data">At most 16 MiB, the same for each execution. NULL with length 0 means none. Copied.</param>
    /// <param name="dataLength">Its length in bytes.</param>
    /// <param name="maxExecutions">How often, at least 1; UINT32_MAX means until it is cancelled.</param>
    /// <returns>
    /// Id of the first execution; it stands for the whole series in rancog_scheduler_cancel_task. 0 on failure, and nothing is scheduled (RANCOG_E_INVALID_JSON,
    /// RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT).
    /// </returns>
    [Since("0.2")]
    [Phase4Name("schedule_recurring_task")]
    [CThreads(BetweenTasks)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_schedule_recurring_task", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong ScheduleRecurringTask(SchedulerHandle self, ulong interval, byte priority, byte* type, nuint typeLength, byte* data, nuint dataLength, uint maxExecutions)
    {
        try
        {
            ulong id = Gate.EnterScheduler(self.Value).ScheduleRecurringTask(interval, priority, type, typeLength, data, dataLength, maxExecutions);
            ThreadStatus.Clear();   // the host's clock may have made calls of its own
            return id;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return 0;
        }
    }

    /// <summary>Executes the tasks that are due now, in order, and those that they schedule for now or earlier.</summary>
    /// <remarks>
    /// The result: tasks_executed, an array of {task_id, task_type, success, execution_time, data {"Ok":reply}|{"Err":".."}, error, execute_time, lateness_ns (begun - due),
    /// attempt, and retry_at when it will be tried again}; total_tasks (still pending), current_time, performance_metrics (as in rancog_scheduler_get_queue_status),
    /// execution_time of the call; all times in ns. A reply that is JSON stands there as it is, other text as a string, none as null, other bytes as {"data_base64":".."}.
    /// When the results of one call reach 2^20 tasks or 256 MiB of replies, what is left stays due for the next.
    /// </remarks>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="maxTasks">Most executions; SIZE_MAX means all.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_BUSY from a handler of this scheduler, or while another
    /// thread is in rancog_scheduler_run). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.2")]
    [Phase4Name("execute_ready_tasks")]
    [CThreads("any thread; waits while another one executes tasks.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_execute_ready_tasks", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* ExecuteReadyTasks(SchedulerHandle self, nuint maxTasks)
    {
        try
        {
            SchedulerSession session = Gate.EnterTimedScheduler(self.Value);
            using Execution execution = new(session);
            return ResultBuffer.Write(session.Core.ExecuteReadyTasks(maxTasks), JsonOut.ExecutionResults);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Due time of the earliest task that waits for no other.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <returns>Ns; 2^64-1 when there is none, and on failure, which rancog_last_status tells.</returns>
    [Since("0.2")]
    [Phase4Name("get_next_execution_time")]
    [CThreads(BetweenTasks)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_get_next_execution_time", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong GetNextExecutionTime(SchedulerHandle self)
    {
        try
        {
            return Gate.EnterScheduler(self.Value).Core.GetNextExecutionTime();
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return ulong.MaxValue;
        }
    }

    /// <summary>What is pending, what was done, and how late.</summary>
    /// <remarks>
    /// The result: pending_tasks (a recurring task is one), active_tasks (1 while a task runs), completed_tasks, current_time, next_execution_time (2^64-1 when there is none), performance_metrics
    /// {tasks_scheduled, tasks_executed, tasks_failed, last_execution_time, average_execution_time, error_count (calls refused), tasks_cancelled, tasks_retried,
    /// deadlines_missed, tasks_dropped, periods_skipped, lateness {count, p50, p99, p999, max}}, waiting_tasks (for others), capacity, data_bytes (held by pending
    /// tasks), execution_time of the call, ignored (options that were not used, and why); all times in ns.
    /// </remarks>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON. NULL only when memory is exhausted.</returns>
    [Since("0.2")]
    [Phase4Name("get_queue_status")]
    [CThreads("any thread and from handlers; while another thread executes tasks the first such call waits for the end of the one that runs, later ones do not.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_get_queue_status", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetQueueStatus(SchedulerHandle self)
    {
        try
        {
            byte* result = ResultBuffer.Write(Gate.EnterTimedScheduler(self.Value).Core.GetQueueStatus(), JsonOut.QueueStatus);
            ThreadStatus.Clear();   // the host's clock may have made calls of its own
            return result;
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Moves the scheduler's time forward, at most to 2^64-2. Nothing is executed by it. Real time stands there until the clock has caught up.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="nanoseconds">How far.</param>
    /// <returns>RANCOG_OK, RANCOG_E_BUSY from a handler of this scheduler, or RANCOG_E_INVALID_HANDLE.</returns>
    [Since("0.2")]
    [Phase4Name("advance_time")]
    [CThreads("any thread, but not from handlers of this scheduler; while another thread executes tasks it waits for the end of the one that runs.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_advance_time", CallConvs = [typeof(CallConvCdecl)])]
    public static int AdvanceTime(SchedulerHandle self, ulong nanoseconds)
    {
        try
        {
            Gate.EnterScheduler(self.Value).Core.AdvanceTime(nanoseconds);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Cancels a pending task; by any id of a recurring one that has not begun, all that is left of it.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="id">Its id.</param>
    /// <returns>RANCOG_OK, RANCOG_E_NOT_FOUND (it has run, runs, was cancelled or never was) or RANCOG_E_INVALID_HANDLE.</returns>
    [Since("0.2")]
    [CThreads(BetweenTasks)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_cancel_task", CallConvs = [typeof(CallConvCdecl)])]
    public static int CancelTask(SchedulerHandle self, ulong id)
    {
        try
        {
            Gate.EnterScheduler(self.Value).Core.CancelTask(id);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Gives a pending task another time. Among tasks of that time and its priority it is the newest; executions of a recurring task that follow are counted from there.</summary>
    /// <param name="self">Handle from rancog_scheduler_create.</param>
    /// <param name="id">Its id.</param>
    /// <param name="time">When, ns on the scheduler's clock, at most 2^64-2.</param>
    /// <returns>RANCOG_OK, RANCOG_E_NOT_FOUND (it has run, runs, was cancelled or never was), RANCOG_E_INVALID_ARGUMENT or RANCOG_E_INVALID_HANDLE.</returns>
    [Since("0.2")]
    [CThreads(BetweenTasks)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_scheduler_reschedule_task", CallConvs = [typeof(CallConvCdecl)])]
    public static int RescheduleTask(SchedulerHandle self, ulong id, ulong time)
    {
        try
        {
            Gate.EnterScheduler(self.Value).Core.RescheduleTask(id, time);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
