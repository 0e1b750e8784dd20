using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

// Laid out as the core's TaskOutcome, as which it is written.
/// <summary>One execution as rancog_scheduler_execute_ready_batch reports it.</summary>
[CType("rancog_task_outcome")]
[StructLayout(LayoutKind.Sequential)]
internal struct TaskOutcomeEntry
{
    /// <summary>Id of the task; of a recurring one, of this execution.</summary>
    public ulong TaskId;

    /// <summary>When it was due, ns.</summary>
    public ulong ExecuteTime;

    /// <summary>How long after that it began, ns.</summary>
    public ulong LatenessNs;

    /// <summary>Number of its handler; 0 for a core.</summary>
    public uint Handler;

    /// <summary>
    /// 0 = success. RANCOG_E_CANCELLED: it did not run, for its deadline had passed or a task it waited for did not succeed. RANCOG_E_NOT_FOUND: no handler is registered
    /// under its name, or its core is not loaded. RANCOG_E_INTERNAL: its core refused its data. Else what its handler returned, best a number above 0.
    /// </summary>
    public int Status;

    /// <summary>The number given with the task; 0 for one with data.</summary>
    public ulong Payload;
}
