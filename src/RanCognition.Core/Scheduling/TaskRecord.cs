namespace RanCognition.Scheduling;

/// <summary>What is known of one pending task: 32 bytes, two to a cache line.</summary>
internal struct TaskRecord
{
    /// <summary>Its id; of a series the id of its first execution. 0 when the slot is free.</summary>
    public ulong Id;

    /// <summary>The caller's number, or with HasData the address of its data.</summary>
    public ulong Payload;

    /// <summary>Arrival of its entry in the queue; 0 when it has none.</summary>
    public uint Arrival;

    /// <summary>Next slot in its chain of the id table.</summary>
    public uint Next;

    /// <summary>Place of its <see cref="TaskExtra"/>; 0 for a plain task that runs once.</summary>
    public uint Extra;

    public ushort Handler;
    public byte Priority;
    public TaskFlags Flags;
}

[Flags]
internal enum TaskFlags : byte
{
    None = 0,
    HasData = 1,

    /// <summary>Its handler is running.</summary>
    Active = 2,

    /// <summary>Waits for other tasks; has no entry in the queue.</summary>
    Waiting = 4,

    /// <summary>Cancelled by its own handler: nothing of it is to be armed again.</summary>
    Cancelled = 8,

    /// <summary>Rescheduled by its own handler: the next period is due at the time in its extra.</summary>
    Moved = 16,

    /// <summary>A task it waited for did not succeed: it will fail without running. The id of that one is in its extra.</summary>
    Doomed = 32,
}
