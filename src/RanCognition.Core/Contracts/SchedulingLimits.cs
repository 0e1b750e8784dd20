namespace RanCognition.Contracts;

/// <summary>Bounds of the scheduler.</summary>
public static class SchedulingLimits
{
    public const uint CapacityTasksMax = (1 << 24) - 1;
    public const uint CapacityTasksDefault = 1 << 20;

    /// <summary>Data of one task, bytes.</summary>
    public const int TaskDataBytesMax = 16 << 20;

    public const ulong DataBytesDefault = 1UL << 30;
    public const ulong DataBytesMax = 1UL << 40;

    /// <summary>What one handler may reply, bytes.</summary>
    public const int ReplyBytesMax = 16 << 20;

    /// <summary>Results of one execute_ready_tasks call: when their replies reach this many bytes the rest stays pending.</summary>
    public const long ResultBytesMax = 256L << 20;

    /// <summary>Results of one execute_ready_tasks call.</summary>
    public const int ResultsMax = 1 << 20;

    public const ulong SpinNsMax = 1_000_000_000;

    /// <summary>The latest time a task can have; the one after it stands for "none".</summary>
    public const ulong TimeMax = ulong.MaxValue - 1;

    /// <summary>Names of handlers, registered or asked for by a task.</summary>
    public const int HandlersMax = 60_000;

    public const int HandlerNameBytesMax = 256;

    /// <summary>Ids one task may wait for.</summary>
    public const int AfterMax = 1024;

    public const uint AttemptsMax = 1000;

    /// <summary>max_executions of a task that recurs until it is cancelled.</summary>
    public const uint Unlimited = uint.MaxValue;
}
