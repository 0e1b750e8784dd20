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

    /// <summary>Number of its handler; 0 when a core ran it or none was registered.</summary>
    public uint Handler;

    /// <summary>What its handler returned: 0 = success.</summary>
    public int Status;

    /// <summary>The number given with the task; 0 for one with data.</summary>
    public ulong Payload;
}
