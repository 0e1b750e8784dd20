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
    /// <summary>Number of its handler; 0 for a task of a core.</summary>
    public uint Handler;

    /// <summary>0, what the handler returned, or one of the constants below.</summary>
    public int Status;

    public ulong Payload;

    /// <summary>It did not run: its deadline had passed, or a task it waited for did not succeed.</summary>
    public const int NotRun = -5;

    /// <summary>No handler is registered under its name, or its core is not loaded.</summary>
    public const int NoHandler = -6;

    /// <summary>Its handler threw.</summary>
    public const int Threw = -10;
}
