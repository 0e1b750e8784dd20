using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

/// <summary>One task of the model: a single one, or all that is left of a series.</summary>
internal sealed class NaiveTask
{
    public required ulong FirstId { get; init; }
    public required byte Priority { get; init; }
    public required TaskSpec Spec { get; init; }
    public required byte[] Data { get; init; }
    public ulong Payload { get; init; }

    /// <summary>When it is due: the time of its period, or of its next try.</summary>
    public ulong Time { get; set; }

    /// <summary>Last key of the order. A series keeps it from period to period, until it is rescheduled or one is tried again.</summary>
    public ulong Arrival { get; set; }

    public uint FailedAttempts { get; set; }

    /// <summary>Ids it still waits for.</summary>
    public HashSet<ulong> WaitsFor { get; init; } = [];

    /// <summary>Id of the dependency that failed or was cancelled; 0 = none.</summary>
    public ulong FailedDependency { get; set; }

    public bool Recurs { get; init; }
    public ulong Interval { get; init; }
    public uint MaxExecutions { get; init; }

    /// <summary>Number of the current period, from 0.</summary>
    public ulong Period { get; set; }

    /// <summary>When the current period was due, whatever its retries.</summary>
    public ulong PeriodTime { get; set; }

    /// <summary>Where the next period was moved while the current one runs.</summary>
    public ulong? MovedTo { get; set; }

    /// <summary>Cancelled while it runs: nothing follows.</summary>
    public bool Cancelled { get; set; }

    public ulong Id => FirstId + Period;

    public bool Waits => WaitsFor.Count > 0;

    /// <summary>Keeps its place in the queue while it runs: it may come back.</summary>
    public bool KeepsPlace => Recurs || Spec.Retry is { Attempts: > 1 };

    /// <summary>Ids that were set aside for it.</summary>
    public bool Owns(ulong id) => id >= FirstId && id - FirstId < (Recurs ? MaxExecutions : 1) && (id <= Id || TimeOfLater(id) <= SchedulingLimits.TimeMax);

    private UInt128 TimeOfLater(ulong id) => (MovedTo ?? (UInt128)PeriodTime + Interval) + ((UInt128)(id - Id - 1) * Interval);
}
