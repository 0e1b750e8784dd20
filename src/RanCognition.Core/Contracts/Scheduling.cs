namespace RanCognition.Contracts;

/// <summary>What a task asks for; the document's TaskType.</summary>
public enum TaskKind : byte
{
    TemporalAnalysis = 0,
    CognitiveProcessing = 1,
    MemoryOperation = 2,
    Optimization = 3,
    StrangeLoop = 4,
    Custom = 5,
}

/// <summary>Kind of a task and, for Custom, the name its handler is registered under.</summary>
public readonly record struct TaskType(TaskKind Kind, string Name = "");

/// <summary>How a scheduler's time moves.</summary>
public enum TimeMode : byte
{
    Real = 0,
    Virtual = 1,
}

/// <summary>What a recurring task does about periods that passed while it could not run.</summary>
public enum MissedPeriods : byte
{
    /// <summary>Runs every one of them, in order.</summary>
    CatchUp = 0,

    /// <summary>Leaves out all but the newest; their ids are used up.</summary>
    Skip = 1,

    /// <summary>Runs once and counts its next period from then.</summary>
    FromNow = 2,
}

/// <summary>How often a failing task is tried and how long it waits in between: backoff, backoff x factor, ... up to the longest.</summary>
public readonly record struct RetryPolicy(uint Attempts, ulong BackoffNs, double Factor, ulong BackoffMaxNs);

/// <summary>The type argument of a schedule call: a TaskType, alone or with what else is wished of the task.</summary>
public sealed record TaskSpec
{
    public required TaskType Type { get; init; }

    /// <summary>Ids that must have finished with success first.</summary>
    public IReadOnlyList<ulong> After { get; init; } = [];

    /// <summary>Longest lateness, ns after execute_time, before the task counts as having missed its deadline; null = none.</summary>
    public ulong? DeadlineNs { get; init; }

    /// <summary>A task that missed its deadline does not run: its result is Err.</summary>
    public bool DropLate { get; init; }

    public RetryPolicy? Retry { get; init; }

    /// <summary>For recurring tasks; null = the scheduler's own.</summary>
    public MissedPeriods? Missed { get; init; }

    /// <summary>Nothing but the type is given.</summary>
    public bool IsPlain => After.Count == 0 && DeadlineNs is null && Retry is null && Missed is null;
}

/// <summary>Options of a scheduler.</summary>
public sealed record SchedulerOptions
{
    public TimeMode Mode { get; init; }

    /// <summary>First time of a virtual scheduler, ns.</summary>
    public ulong StartTime { get; init; }

    /// <summary>Tasks that may be pending at one time.</summary>
    public uint CapacityTasks { get; init; } = SchedulingLimits.CapacityTasksDefault;

    /// <summary>Bytes of task data that may be pending at one time.</summary>
    public ulong DataBytes { get; init; } = SchedulingLimits.DataBytesDefault;

    /// <summary>How long before a due time the run loop stops sleeping and spins, ns; null = as long as its sleeps were seen to end late, at most 100 us.</summary>
    public ulong? SpinNs { get; init; }

    public MissedPeriods Missed { get; init; }

    /// <summary>Settings of the temporal core that TemporalAnalysis tasks use.</summary>
    public ulong ExpansionFactor { get; init; } = 200;

    public ulong TemporalResolution { get; init; } = 100;

    /// <summary>Of the memory that MemoryOperation tasks use; null = the defaults.</summary>
    public MemoryOptions? Memory { get; init; }

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
