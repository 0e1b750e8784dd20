using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

internal sealed partial class NaiveScheduler
{
    private MissedPeriods PolicyOf(NaiveTask task) => task.Spec.Missed ?? _options.Missed;

    /// <summary>Number and time of the period after the current one, which has ended or not; null when there is none.</summary>
    private (ulong Period, ulong Time)? NextPeriod(NaiveTask task, bool ended)
    {
        ulong period = task.Period + 1;
        if (task.Cancelled || (task.MaxExecutions != SchedulingLimits.Unlimited && period >= task.MaxExecutions))
        {
            return null;
        }
        ulong from = ended && PolicyOf(task) == MissedPeriods.FromNow ? _now : task.PeriodTime;
        UInt128 time = task.MovedTo ?? (UInt128)from + task.Interval;
        return time > SchedulingLimits.TimeMax ? null : (period, (ulong)time);
    }

    private void EnterNextPeriod(NaiveTask task)
    {
        if (NextPeriod(task, true) is not var (period, time))
        {
            return;
        }
        task.Period = period;
        task.Time = task.PeriodTime = time;
        task.FailedAttempts = 0;
        task.MovedTo = null;
        _pending.Add(task);
        _metrics = _metrics with { TasksScheduled = _metrics.TasksScheduled + 1 };
    }

    /// <summary>Under the policy Skip moves a series whose turn it is on to the newest of its periods that are due; one that is being retried stays.</summary>
    private bool SkipMissed(NaiveTask task)
    {
        if (!task.Recurs || PolicyOf(task) != MissedPeriods.Skip || task.FailedAttempts > 0 || task.Time > _now || task.Interval == 0)
        {
            return false;
        }
        ulong last = task.MaxExecutions == SchedulingLimits.Unlimited ? ulong.MaxValue : task.MaxExecutions - 1;
        ulong newest = Math.Min(last, task.Period + ((_now - task.Time) / task.Interval));
        ulong skipped = newest - task.Period;
        task.Period = newest;
        task.Time = task.PeriodTime = task.Time + (skipped * task.Interval);
        _metrics = _metrics with { PeriodsSkipped = _metrics.PeriodsSkipped + skipped };
        return skipped > 0;
    }
}
