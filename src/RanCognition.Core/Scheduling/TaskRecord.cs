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
