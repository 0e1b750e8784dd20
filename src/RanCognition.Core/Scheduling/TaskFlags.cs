namespace RanCognition.Scheduling;

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
