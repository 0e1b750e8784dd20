using System.Runtime.InteropServices;

namespace RanCognition.Contracts;

/// <summary>One task of a binary batch, laid out as rancog_task.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BatchTask
{
    public uint StructSize;
    public uint Handler;
    public ulong ExecuteTime;

    /// <summary>0 = once.</summary>
    public ulong Interval;

    public uint MaxExecutions;
    public byte Priority;
    public byte Reserved0;
    public byte Reserved1;
    public byte Reserved2;
    public ulong Payload;
}

/// <summary>One execution of a binary batch, laid out as rancog_task_outcome.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TaskOutcome
{
    public ulong TaskId;
    public ulong ExecuteTime;
    public ulong LatenessNs;
    public uint Handler;
    public int Status;
    public ulong Payload;
}
