using RanCognition.Scheduling;
using RanCognition.Performance;
using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class MissedPeriodsTests
{
    [Theory, ModelAndCore]
    public void Catching_up_runs_every_period(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 5);
        scheduler.Calls.AdvanceTime(35);
        Assert.Equal([(1, 35), (2, 25), (3, 15), (4, 5)], Lateness(scheduler));
        Assert.Equal(40ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal(0ul, scheduler.Metrics.PeriodsSkipped);
    }

    [Theory, ModelAndCore]
    public void Skipping_runs_the_newest_of_the_periods_that_are_due(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 7, MissedPeriods.Skip);
        Assert.Equal([1], scheduler.ExecuteIds());
        scheduler.Calls.AdvanceTime(35);
        Assert.Equal([(4, 5)], Lateness(scheduler));
        Assert.Equal((40ul, 2ul), (scheduler.Calls.GetNextExecutionTime(), scheduler.Metrics.PeriodsSkipped));
        scheduler.Calls.AdvanceTime(1000);
        Assert.Equal([(7, 975)], Lateness(scheduler));
        Assert.Equal((0ul, 4ul), (scheduler.Status.PendingTasks, scheduler.Metrics.PeriodsSkipped));
        Assert.Equal(scheduler.Metrics.TasksScheduled, scheduler.Metrics.TasksExecuted);
    }

    [Theory, ModelAndCore]
    public void Skipped_ids_are_not_pending(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 10, MissedPeriods.Skip);
        scheduler.ExecuteAt(35);
        Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(3));
        scheduler.Calls.CancelTask(6);
        Assert.Equal(0ul, scheduler.Status.PendingTasks);
    }

    [Theory, ModelAndCore]
    public void Skipping_keeps_the_order_with_other_tasks(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 10, MissedPeriods.Skip);
        scheduler.Execute();
        scheduler.Add(12);
        scheduler.Add(30);
        Assert.Equal([11, 4, 12], scheduler.ExecuteAt(35));
    }

    [Theory, ModelAndCore]
    public void A_series_that_is_on_time_skips_nothing(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 4, MissedPeriods.Skip);
        List<ulong> ran = [];
        for (ulong time = 0; time < 50; time += 5)
        {
            ran.AddRange(scheduler.ExecuteAt(time));
        }
        Assert.Equal([1, 2, 3, 4], ran);
        Assert.Equal(0ul, scheduler.Metrics.PeriodsSkipped);
    }

    [Theory, ModelAndCore]
    public void Counting_from_now_runs_once_and_shifts_the_later_periods(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 4, MissedPeriods.FromNow);
        scheduler.Execute();
        scheduler.Calls.AdvanceTime(35);
        Assert.Equal([(2, 25)], Lateness(scheduler));
        Assert.Equal(45ul, scheduler.Calls.GetNextExecutionTime());
        scheduler.Calls.AdvanceTime(10);
        Assert.Equal([(3, 0)], Lateness(scheduler));
        Assert.Equal(55ul, scheduler.Calls.GetNextExecutionTime());
    }

    [Theory, ModelAndCore]
    public void Counting_from_now_ends_where_time_ends(Subject subject)
    {
        foreach (ulong interval in new[] { SchedulingLimits.TimeMax - 99, SchedulingLimits.TimeMax, ulong.MaxValue })
        {
            using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 100 });
            scheduler.AddSeries(interval, 3, MissedPeriods.FromNow);
            Assert.Equal([1], scheduler.ExecuteIds());
            Assert.Equal((0ul, ulong.MaxValue), (scheduler.Status.PendingTasks, scheduler.Calls.GetNextExecutionTime()));
        }
    }

    [Theory, ModelAndCore]
    public void Counting_from_now_holds_after_a_move_that_another_move_replaced(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Calls.ScheduleRecurringTask(10, 0, TestedScheduler.Plain with { Missed = MissedPeriods.FromNow, Retry = new RetryPolicy(2, 3, 1, 3) }, [], 4);
        scheduler.Failures[1] = 1;
        scheduler.During[1] = () => scheduler.Calls.RescheduleTask(2, 500);
        Assert.Equal([1], scheduler.ExecuteIds());
        // The first execution is tried again; its new time takes the place of what the handler asked for.
        scheduler.During.Clear();
        scheduler.Calls.RescheduleTask(1, 20);
        Assert.Equal([1], scheduler.ExecuteAt(25));
        Assert.Equal(35ul, scheduler.Calls.GetNextExecutionTime());
    }

    [Theory, ModelAndCore]
    public void Far_more_periods_than_can_be_counted_out_are_skipped_at_once(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(1, uint.MaxValue - 1, MissedPeriods.Skip);
        scheduler.Execute();
        scheduler.Calls.AdvanceTime(4_000_000_000);
        Assert.Equal([(4_000_000_001L, 0L)], scheduler.Execute().Select(r => ((long)r.TaskId, (long)r.LatenessNs)));
        Assert.Equal(3_999_999_999ul, scheduler.Metrics.PeriodsSkipped);
    }

    [Fact]
    public void An_endless_series_that_skips_more_periods_than_it_has_ids_takes_no_one_elses()
    {
        using var scheduler = new TestedScheduler(Subject.Core);
        scheduler.AddSeries(1, SchedulingLimits.Unlimited, MissedPeriods.Skip);
        ulong other = scheduler.Add(1UL << 40);
        scheduler.Execute();
        scheduler.Calls.AdvanceTime(1UL << 34);
        ulong id = Assert.Single(scheduler.ExecuteIds());
        Assert.NotEqual(other, id);
        Assert.Equal((2ul, (1UL << 34) + 1), (scheduler.Status.PendingTasks, scheduler.Calls.GetNextExecutionTime()));
        ulong last = scheduler.Add(1UL << 40);
        Assert.True(last > id);
        scheduler.Calls.AdvanceTime(1);
        Assert.Equal([id + 1], scheduler.ExecuteIds());
        scheduler.Calls.CancelTask(1);
        Assert.Equal(2ul, scheduler.Status.PendingTasks);
        Assert.Equal([other, last], scheduler.ExecuteAt(1UL << 40));
    }

    [Theory, ModelAndCore]
    public void The_scheduler_has_a_policy_and_a_task_may_have_its_own(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { Missed = MissedPeriods.Skip });
        scheduler.Calls.ScheduleRecurringTask(10, 0, TestedScheduler.Plain, [], 9);
        scheduler.AddSeries(10, 3);
        scheduler.Execute();
        Assert.Equal([11, 3, 12], scheduler.ExecuteAt(25));
    }

    private static IEnumerable<(int Id, int Lateness)> Lateness(TestedScheduler scheduler) => scheduler.Execute().Select(r => ((int)r.TaskId, (int)r.LatenessNs));

    [Fact]
    public void What_was_due_when_the_call_began_runs_in_it_however_long_the_tasks_before_it_take()
    {
        ulong now = 1000;
        using NanoScheduler core = new(new SchedulerOptions { Missed = MissedPeriods.Skip }, new ClockHost(() => now));
        core.RegisterHandler("run", new CallHandler(_ => { }));
        core.RegisterHandler("long", new CallHandler(_ => now += 20));
        core.ScheduleRecurringTask(10, 1, TestedScheduler.Plain, [], 9);
        core.ScheduleTask(1000, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "long") }, []);
        now = 1005;
        Assert.Equal([10, 1], core.ExecuteReadyTasks(5).TasksExecuted.Select(result => (int)result.TaskId));
    }

    private sealed class ClockHost(Func<ulong> clock) : IHost
    {
        public ulong NowNanoseconds() => clock();

        public void Sleep(ulong nanoseconds)
        {
        }

        public void Log(LogLevel level, string message)
        {
        }

        public ulong RandomUInt64() => 0;

        public void Progress(double fraction, string stage)
        {
        }

        public IHost ForWorkers() => this;
    }
}
