namespace RanCognition.Contracts;

/// <summary>One execution of one task; the document's TaskResult.</summary>
public sealed record TaskResult
{
    public required ulong TaskId { get; init; }
    public required TaskType TaskType { get; init; }
    public required bool Success { get; init; }

    /// <summary>Time its handler took, ns.</summary>
    public required ulong ExecutionTime { get; init; }

    /// <summary>What its handler replied: JSON, or other text.</summary>
    public required ReadOnlyMemory<byte> Reply { get; init; }

    /// <summary>Why it failed; null after a success.</summary>
    public required string? Error { get; init; }

    /// <summary>When it was due, ns.</summary>
    public required ulong ExecuteTime { get; init; }

    /// <summary>How long after that it began, ns.</summary>
    public required ulong LatenessNs { get; init; }

    /// <summary>1 for the first try.</summary>
    public required uint Attempt { get; init; }

    /// <summary>When it will be tried again; null when this was the last try.</summary>
    public ulong? RetryAt { get; init; }
}

/// <summary>Quantiles of the time from due to begun, ns.</summary>
public readonly record struct LatenessSummary(ulong Count, ulong P50, ulong P99, ulong P999, ulong Max);

/// <summary>Counters since the scheduler was created.</summary>
public sealed record SchedulerMetrics
{
    /// <summary>Executions that entered the queue; of a recurring task each when its turn comes.</summary>
    public ulong TasksScheduled { get; init; }

    /// <summary>Executions that ended, with success or not.</summary>
    public ulong TasksExecuted { get; init; }

    public ulong TasksFailed { get; init; }
    public ulong TasksCancelled { get; init; }
    public ulong TasksRetried { get; init; }
    public ulong DeadlinesMissed { get; init; }
    public ulong TasksDropped { get; init; }
    public ulong PeriodsSkipped { get; init; }

    /// <summary>Time of the newest execution (of the newest call, when tasks ran in a binary batch), ns.</summary>
    public ulong LastExecutionTime { get; init; }

    public double AverageExecutionTime { get; init; }

    /// <summary>Calls that were refused.</summary>
    public ulong ErrorCount { get; init; }

    public LatenessSummary Lateness { get; init; }
}

/// <summary>What execute_ready_tasks did.</summary>
public sealed record ExecutionResults
{
    public required IReadOnlyList<TaskResult> TasksExecuted { get; init; }

    /// <summary>Tasks still pending.</summary>
    public required ulong TotalTasks { get; init; }

    public required ulong CurrentTime { get; init; }
    public required ulong ExecutionTime { get; init; }
    public required SchedulerMetrics PerformanceMetrics { get; init; }
}

/// <summary>State of the queue.</summary>
public sealed record QueueStatus
{
    public required ulong PendingTasks { get; init; }
    public required ulong ActiveTasks { get; init; }
    public required ulong CompletedTasks { get; init; }
    public required ulong CurrentTime { get; init; }

    /// <summary>Due time of the earliest task; 2^64-1 when there is none.</summary>
    public required ulong NextExecutionTime { get; init; }

    public required SchedulerMetrics PerformanceMetrics { get; init; }

    /// <summary>Of the pending tasks, those that wait for others to finish.</summary>
    public required ulong WaitingTasks { get; init; }

    public required ulong Capacity { get; init; }
    public required ulong DataBytes { get; init; }
    public required ulong ExecutionTime { get; init; }

    /// <summary>Options that were not used.</summary>
    public required IReadOnlyList<IgnoredField> Ignored { get; init; }
}

/// <summary>All that a scheduler holds, to be restored later or elsewhere.</summary>
public sealed record SchedulerSnapshot
{
    public const int CurrentVersion = 1;

    public required TimeMode Mode { get; init; }
    public required ulong CurrentTime { get; init; }
    public required ulong NextTaskId { get; init; }

    /// <summary>In the order of their arrival.</summary>
    public required IReadOnlyList<SnapshotTask> Tasks { get; init; }
}

/// <summary>One pending task of a snapshot.</summary>
public sealed record SnapshotTask
{
    public required ulong Id { get; init; }

    /// <summary>Due time of its next execution.</summary>
    public required ulong ExecuteTime { get; init; }

    public required byte Priority { get; init; }
    public required TaskSpec Spec { get; init; }

    /// <summary>Null when the task has a payload instead.</summary>
    public byte[]? Data { get; init; }

    public ulong Payload { get; init; }

    /// <summary>Id of the whole series when the task recurs (Id is then that of its next execution); else 0.</summary>
    public ulong SeriesId { get; init; }

    public ulong Interval { get; init; }
    public uint MaxExecutions { get; init; }

    /// <summary>Periods of the series that have passed.</summary>
    public ulong Executions { get; init; }

    /// <summary>Due time of the period whose turn it is; differs from ExecuteTime while it waits to be tried again.</summary>
    public ulong PeriodTime { get; init; }

    /// <summary>Due time of the period after it, when that one was moved while it ran and is to be tried again; else null.</summary>
    public ulong? NextPeriodTime { get; init; }

    /// <summary>Tries of the next execution that failed.</summary>
    public uint FailedAttempts { get; init; }

    /// <summary>Id of a task it waited for and that did not succeed, for which it will fail; else 0.</summary>
    public ulong FailedDependency { get; init; }
}
