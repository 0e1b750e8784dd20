namespace RanCognition.Native.Boundary;

/// <summary>A scheduler: its time, its queue of tasks, the handlers registered with it, its metrics.</summary>
[CType("rancog_scheduler")]
internal readonly struct SchedulerHandle
{
    public readonly nint Value;

    public SchedulerHandle(nint value) => Value = value;
}
