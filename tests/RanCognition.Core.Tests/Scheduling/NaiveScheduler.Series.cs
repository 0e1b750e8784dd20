using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

internal sealed partial class NaiveScheduler
{
    private MissedPeriods PolicyOf(NaiveTask task) => task.Spec.Missed ?? _options.Missed;

    /// <summary>Number and time of the period after the current one; null when there is none.</summary>
    private (ulong Period, ulong Time)? NextPeriod(NaiveTask task)
    {
        ulong period = task.Period + 1;
        if (task.Cancelled || (task.MaxExecutions != SchedulingLimits.Unlimited && period >= task.MaxExecutions))
        {
            return null;
        }
        ulong from = PolicyOf(task) == MissedPeriods.FromNow ? _now : task.PeriodTime;
        UInt128 time = (UInt128)from + task.Interval;
        return time > SchedulingLimits.TimeMax ? null : (period, task.MovedTo ?? (ulong)time);
    }

    /// <summary>Number of the last period that exists, when this one is due at this time.</summary>
    private static ulong LastPeriod(NaiveTask task, ulong period, ulong time)
    {
        ulong last = task.MaxExecutions - 1;
        return task.Interval == 0 ? last : Math.Min(last, period + ((SchedulingLimits.TimeMax - time) / task.Interval));
    }

    private void EnterNextPeriod(NaiveTask task)
    {
        if (NextPeriod(task) is not var (period, time))
        {
            return;
        }
        task.Period = period;
        task.Time = task.PeriodTime = time;
        task.Arrival = task.SeriesArrival;
        task.FailedAttempts = 0;
        task.MovedTo = null;
        SkipMissed(task);
        _pending.Add(task);
        _metrics = _metrics with { TasksScheduled = _metrics.TasksScheduled + 1 };
    }

    /// <summary>Under the policy Skip moves a series on to the newest of its periods that are due; a period that is being retried stays.</summary>
    private bool SkipMissed(NaiveTask task)
    {
        if (!task.Recurs || PolicyOf(task) != MissedPeriods.Skip || task.FailedAttempts > 0 || task.Time > _now)
        {
            return false;
        }
        ulong last = LastPeriod(task, task.Period, task.Time);
        ulong newest = task.Interval == 0 ? last : Math.Min(last, task.Period + ((_now - task.Time) / task.Interval));
        ulong skipped = newest - task.Period;
        task.Period = newest;
        task.Time = task.PeriodTime = task.Time + (skipped * task.Interval);
        _metrics = _metrics with { PeriodsSkipped = _metrics.PeriodsSkipped + skipped };
        return skipped > 0;
    }
}
