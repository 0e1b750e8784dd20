namespace RanCognition.Interop;

/// <summary>One task as its handler gets it; good during the call.</summary>
public readonly ref struct SchedulerTask
{
    /// <summary>Id of the task; of a recurring one, of this execution.</summary>
    public ulong Id { get; init; }

    /// <summary>The number given with a task of a batch; 0 for one with data.</summary>
    public ulong Payload { get; init; }

    /// <summary>The bytes given with the task.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}

/// <summary>Runs one task, on the thread that executes tasks. An exception makes the task fail, with its message.</summary>
/// <returns>What the result's "Ok" will be: JSON, or other text; null for nothing.</returns>
public delegate string? SchedulerTaskHandler(SchedulerTask task);
