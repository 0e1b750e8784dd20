using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class SeriesTests
{
    [Theory, ModelAndCore]
    public void A_series_runs_at_its_times_under_its_ids(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 100 });
        Assert.Equal(1ul, scheduler.AddSeries(10, 3));
        Assert.Equal(4ul, scheduler.Add(500));
        scheduler.Calls.AdvanceTime(1000);
        Assert.Equal([(1, 100), (2, 110), (3, 120), (4, 500)], scheduler.Execute().Select(r => ((int)r.TaskId, (int)r.ExecuteTime)));
        Assert.Equal((4ul, 4ul), (scheduler.Metrics.TasksScheduled, scheduler.Metrics.TasksExecuted));
    }

    [Theory, ModelAndCore]
    public void A_series_counts_as_one_pending_task(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 1000);
        Assert.Equal((1ul, 1ul), (scheduler.Status.PendingTasks, scheduler.Metrics.TasksScheduled));
        scheduler.Execute();
        Assert.Equal((1ul, 2ul, 10ul), (scheduler.Status.PendingTasks, scheduler.Metrics.TasksScheduled, scheduler.Status.NextExecutionTime));
    }

    [Theory, ModelAndCore]
    public void All_executions_of_a_series_arrived_when_it_was_scheduled(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 3);   // 1, 2, 3
        scheduler.Add(10);            // 4
        scheduler.AddSeries(5, 5);    // 5 to 9
        scheduler.Add(20);            // 10
        Assert.Equal([1, 5, 6, 2, 4, 7, 8, 3, 9, 10], scheduler.ExecuteAt(20));
    }

    [Theory, ModelAndCore]
    public void A_series_without_interval_runs_all_at_one_time(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(0, 3);
        scheduler.Add(0);
        Assert.Equal([1, 2], scheduler.ExecuteIds(2));
        Assert.Equal([3, 4], scheduler.ExecuteIds());
    }

    [Theory, ModelAndCore]
    public void A_series_that_cannot_be_is_refused(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        Assert.Throws<InvalidInputException>(() => scheduler.AddSeries(10, 0));
        Assert.Throws<InvalidInputException>(() => scheduler.AddSeries(0, SchedulingLimits.Unlimited));
        Assert.Equal((0ul, 2ul), (scheduler.Status.PendingTasks, scheduler.Metrics.ErrorCount));
        Assert.Equal(1ul, scheduler.Add(0));
    }

    [Theory, ModelAndCore]
    public void A_series_until_cancelled_sets_all_its_ids_aside(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, SchedulingLimits.Unlimited);
        Assert.Equal(1ul + uint.MaxValue, scheduler.Add(0));
        Assert.Equal(2ul + uint.MaxValue, scheduler.AddSeries(1, uint.MaxValue - 1));
        Assert.Equal(1ul + (2ul * uint.MaxValue), scheduler.Add(0));
    }

    [Theory, ModelAndCore]
    public void Periods_beyond_the_end_of_time_do_not_exist(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = SchedulingLimits.TimeMax - 25 });
        scheduler.AddSeries(10, 10);
        Assert.Equal(11ul, scheduler.AddSeries(ulong.MaxValue, 5));
        Assert.Equal(16ul, scheduler.AddSeries(SchedulingLimits.TimeMax - 1, SchedulingLimits.Unlimited));
        scheduler.Calls.AdvanceTime(ulong.MaxValue);
        Assert.Equal([1, 11, 16, 2, 3], scheduler.ExecuteIds());
        Assert.Equal(0ul, scheduler.Status.PendingTasks);
        Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(4));
    }

    [Fact]
    public void The_id_of_a_period_beyond_the_end_of_time_is_not_found()
    {
        using var scheduler = new TestedScheduler(Subject.Core, new SchedulerOptions { StartTime = SchedulingLimits.TimeMax - 25 });
        scheduler.AddSeries(10, 10);
        Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(4));
        Assert.Throws<NotFoundException>(() => scheduler.Calls.RescheduleTask(10, 0));
        scheduler.Calls.CancelTask(3);
    }

    [Theory, ModelAndCore]
    public void The_last_nanosecond_is_a_period_too(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = SchedulingLimits.TimeMax - 20 });
        scheduler.AddSeries(10, 10);
        scheduler.Calls.AdvanceTime(20);
        Assert.Equal([1, 2, 3], scheduler.ExecuteIds());
    }

    [Theory, ModelAndCore]
    public void Any_pending_id_cancels_what_is_left_of_a_series(Subject subject)
    {
        foreach (ulong id in new ulong[] { 1, 3, 4, 10 })
        {
            using var scheduler = new TestedScheduler(subject);
            scheduler.AddSeries(10, 10);
            scheduler.ExecuteAt(10);
            Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(2));
            Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(11));
            scheduler.Calls.CancelTask(id);
            Assert.Equal((0ul, 1ul, 3ul), (scheduler.Status.PendingTasks, scheduler.Metrics.TasksCancelled, scheduler.Metrics.TasksScheduled));
            Assert.Empty(scheduler.ExecuteAt(1000));
            Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(id));
        }
    }

    [Theory, ModelAndCore]
    public void A_series_that_ended_is_not_found(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 2);
        scheduler.ExecuteAt(10);
        Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(1));
        Assert.Throws<NotFoundException>(() => scheduler.Calls.RescheduleTask(2, 50));
    }

    [Theory, ModelAndCore]
    public void A_rescheduled_series_goes_on_from_its_new_time(Subject subject)
    {
        foreach (ulong id in new ulong[] { 1, 2, 3 })
        {
            using var scheduler = new TestedScheduler(subject);
            scheduler.AddSeries(10, 4);
            scheduler.Execute();
            scheduler.Add(17);
            scheduler.Calls.RescheduleTask(id, 17);
            Assert.Equal(17ul, scheduler.Calls.GetNextExecutionTime());
            scheduler.Calls.AdvanceTime(100);
            Assert.Equal([(5, 17), (2, 17), (3, 27), (4, 37)], scheduler.Execute().Select(r => ((int)r.TaskId, (int)r.ExecuteTime)));
        }
    }

    [Theory, ModelAndCore]
    public void A_handler_can_cancel_its_own_series(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 10);
        scheduler.During[2] = () => scheduler.Calls.CancelTask(1);
        Assert.Equal([1, 2], scheduler.ExecuteAt(100));
        Assert.Equal((2ul, 2ul, 0ul), (scheduler.Metrics.TasksScheduled, scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksCancelled));
        Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(1));
    }

    [Theory, ModelAndCore]
    public void A_handler_can_move_its_own_series(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 4);
        scheduler.During[2] = () => scheduler.Calls.RescheduleTask(3, 55);
        scheduler.Calls.AdvanceTime(100);
        Assert.Equal([(1, 0), (2, 10), (3, 55), (4, 65)], scheduler.Execute().Select(r => ((int)r.TaskId, (int)r.ExecuteTime)));
    }

    [Theory, ModelAndCore]
    public void A_series_moved_by_its_handler_arrives_when_it_is_moved(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 3);
        scheduler.During[1] = () =>
        {
            scheduler.Add(5);
            scheduler.Calls.RescheduleTask(2, 5);
            scheduler.Add(5);
        };
        scheduler.Execute();
        Assert.Equal([4, 2, 5], scheduler.ExecuteAt(5));
    }

    [Theory, ModelAndCore]
    public void The_running_execution_of_a_series_is_no_longer_pending(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 2);
        int refused = 0;
        scheduler.During[2] = () =>
        {
            Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(2));
            Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(1));
            refused++;
        };
        scheduler.ExecuteAt(10);
        Assert.Equal(1, refused);
    }

    [Theory, ModelAndCore]
    public void A_failing_execution_does_not_end_a_series(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 3);
        scheduler.Failures[2] = 1;
        scheduler.Calls.AdvanceTime(100);
        Assert.Equal([true, false, true], scheduler.Execute().Select(r => r.Success));
    }
}
