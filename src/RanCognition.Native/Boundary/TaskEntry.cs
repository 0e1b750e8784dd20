using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

// Laid out as the core's BatchTask, as which it is read.
/// <summary>One task of rancog_scheduler_schedule_batch.</summary>
[CType("rancog_task")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TaskEntry
{
    /// <summary>sizeof(rancog_task).</summary>
    public uint StructSize;

    /// <summary>Number that rancog_scheduler_register_handler gave.</summary>
    public uint Handler;

    /// <summary>Due time in ns, at most 2^64-2; of a recurring task that of its first execution.</summary>
    public ulong ExecuteTime;

    /// <summary>Ns from one execution to the next; 0 = once.</summary>
    public ulong Interval;

    /// <summary>Executions of a recurring task, UINT32_MAX = until it is cancelled; not looked at when interval is 0.</summary>
    public uint MaxExecutions;

    /// <summary>Among tasks due at the same time the lower runs first.</summary>
    public byte Priority;

    /// <summary>Must be 0.</summary>
    public fixed byte Reserved0[3];

    /// <summary>Handed to the handler as it is.</summary>
    public ulong Payload;
}
