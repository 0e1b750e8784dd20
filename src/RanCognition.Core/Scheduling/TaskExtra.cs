using RanCognition.Contracts;

namespace RanCognition.Scheduling;

/// <summary>What only some tasks have: a series, a deadline, retries, others to wait for.</summary>
internal struct TaskExtra
{
    /// <summary>Due time of its next execution.</summary>
    public ulong Due;

    /// <summary>0 = runs once. Period p is due at Origin + (p - OriginPeriod) x Interval.</summary>
    public uint MaxExecutions;

    public MissedPeriods Missed;
    public bool DropLate;
    public ulong Interval;
    public ulong Origin;
    public ulong OriginPeriod;

    /// <summary>Number of the period that runs next, from 0.</summary>
    public ulong Period;

    /// <summary>Period p has id FirstId + p - FirstIdPeriod. Both move on when an endless series has used up its ids.</summary>
    public ulong FirstId;

    public ulong FirstIdPeriod;

    /// <summary>ulong.MaxValue = none.</summary>
    public ulong DeadlineNs;

    /// <summary>1 = is not tried again.</summary>
    public uint Attempts;

    public uint FailedAttempts;
    public ulong BackoffNs;
    public ulong BackoffMaxNs;
    public double BackoffFactor;

    /// <summary>Ids it still waits for.</summary>
    public uint WaitsFor;

    /// <summary>The task for which it is doomed.</summary>
    public ulong DoomedBy;

    /// <summary>Next in the chain of free ones.</summary>
    public uint Next;

    public readonly bool IsSeries => MaxExecutions != 0;

    public readonly bool IsEndless => MaxExecutions == SchedulingLimits.Unlimited;

    public readonly ulong IdOf(ulong period) => FirstId + (period - FirstIdPeriod);

    /// <summary>Due time of a period; beyond TimeMax when it does not exist.</summary>
    public readonly UInt128 DueOf(ulong period) => Origin + (UInt128)(period - OriginPeriod) * Interval;

    public readonly bool HasPeriod(ulong period) => (IsEndless || period < MaxExecutions) && DueOf(period) <= SchedulingLimits.TimeMax;
}
