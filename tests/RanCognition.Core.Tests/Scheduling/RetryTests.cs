using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class RetryTests
{
    private static TaskSpec Retry(uint attempts, ulong backoff, double factor, ulong longest)
        => TestedScheduler.Plain with { Retry = new RetryPolicy(attempts, backoff, factor, longest) };

    [Theory, ModelAndCore]
    public void A_failed_task_is_tried_again_after_longer_and_longer_waits(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(5, 0, Retry(5, 10, 2, 35));
        scheduler.Failures[1] = 9;
        List<(int Time, int Attempt, int RetryAt)> tries = [];
        while (scheduler.Calls.GetNextExecutionTime() is var next and not ulong.MaxValue)
        {
            scheduler.Calls.AdvanceTime(next - scheduler.Status.CurrentTime);
            TaskResult result = Assert.Single(scheduler.Execute());
            Assert.False(result.Success);
            Assert.Equal(1ul, result.TaskId);
            Assert.Equal(0ul, result.LatenessNs);
            tries.Add(((int)result.ExecuteTime, (int)result.Attempt, (int)(result.RetryAt ?? 0)));
        }
        Assert.Equal([(5, 1, 15), (15, 2, 35), (35, 3, 70), (70, 4, 105), (105, 5, 0)], tries);
        Assert.Equal((4ul, 1ul, 1ul, 1ul), (scheduler.Metrics.TasksRetried, scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksFailed, scheduler.Metrics.TasksScheduled));
    }

    [Theory, ModelAndCore]
    public void The_wait_counts_from_the_current_time(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, Retry(2, 10, 1, 10));
        scheduler.Failures[1] = 1;
        Assert.Equal([1], scheduler.ExecuteAt(100));
        Assert.Equal((110ul, 1ul), (scheduler.Calls.GetNextExecutionTime(), scheduler.Status.PendingTasks));
        scheduler.Calls.AdvanceTime(15);
        TaskResult result = Assert.Single(scheduler.Execute());
        Assert.Equal((true, 110ul, 5ul, 2u), (result.Success, result.ExecuteTime, result.LatenessNs, result.Attempt));
        Assert.Null(result.RetryAt);
        Assert.Equal((1ul, 1ul, 0ul), (scheduler.Metrics.TasksRetried, scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksFailed));
    }

    [Theory, ModelAndCore]
    public void A_retry_is_a_new_arrival(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, Retry(2, 10, 1, 10));
        scheduler.Add(10);
        scheduler.Failures[1] = 1;
        scheduler.Execute();
        Assert.Equal([2, 1], scheduler.ExecuteAt(10));
    }

    [Theory, ModelAndCore]
    public void A_retry_without_wait_runs_in_the_same_call(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, Retry(3, 0, 2, 100));
        scheduler.Add(0);
        scheduler.Failures[1] = 2;
        Assert.Equal([1, 2, 1], scheduler.ExecuteIds(3));
        Assert.Equal([1], scheduler.ExecuteIds());
    }

    [Theory, ModelAndCore]
    public void A_retry_at_time_zero_is_told(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, Retry(2, 0, 1, 0));
        scheduler.Failures[1] = 2;
        Assert.Equal([0ul, null], scheduler.Execute().Select(r => r.RetryAt));
    }

    [Theory, ModelAndCore]
    public void A_task_waiting_for_its_retry_can_be_cancelled_and_moved(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, Retry(2, 10, 1, 10));
        scheduler.Add(0, 0, Retry(2, 10, 1, 10));
        scheduler.Failures[1] = 1;
        scheduler.Failures[2] = 1;
        scheduler.Execute();
        scheduler.Calls.CancelTask(1);
        scheduler.Calls.RescheduleTask(2, 50);
        Assert.Equal(50ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal([2], scheduler.ExecuteAt(50));
        Assert.Equal((2ul, 1ul, 1ul, 0ul), (scheduler.Metrics.TasksScheduled, scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksCancelled, scheduler.Status.PendingTasks));
    }

    [Theory, ModelAndCore]
    public void The_periods_of_a_series_stay_where_they_are_when_one_is_tried_again(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Calls.ScheduleRecurringTask(10, 0, Retry(3, 3, 1, 3), [], 3);
        scheduler.Failures[1] = 1;
        List<(int Id, int Time, int Attempt)> tries = [];
        for (int time = 0; time < 40; time++)
        {
            tries.AddRange(scheduler.Execute().Select(r => ((int)r.TaskId, (int)r.ExecuteTime, (int)r.Attempt)));
            scheduler.Calls.AdvanceTime(1);
        }
        Assert.Equal([(1, 0, 1), (1, 3, 2), (2, 10, 1), (3, 20, 1)], tries);
    }

    [Theory, ModelAndCore]
    public void A_series_cancelled_by_its_failing_handler_is_not_tried_again(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Calls.ScheduleRecurringTask(10, 0, Retry(3, 3, 1, 3), [], 3);
        scheduler.Failures[1] = 5;
        scheduler.During[1] = () => scheduler.Calls.CancelTask(1);
        Assert.Null(Assert.Single(scheduler.Execute()).RetryAt);
        Assert.Equal((0ul, 1ul, 0ul), (scheduler.Status.PendingTasks, scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksRetried));
    }

    [Theory, ModelAndCore]
    public void A_deadline_counts_only_lateness_beyond_it(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, TestedScheduler.Plain with { DeadlineNs = 5 });
        scheduler.Add(1, 0, TestedScheduler.Plain with { DeadlineNs = 5 });
        scheduler.Calls.AdvanceTime(6);
        Assert.Equal([true, true], scheduler.Execute().Select(r => r.Success));
        Assert.Equal((1ul, 0ul), (scheduler.Metrics.DeadlinesMissed, scheduler.Metrics.TasksDropped));
    }

    [Theory, ModelAndCore]
    public void A_late_task_is_dropped_when_it_asks_for_it(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        var spec = Retry(3, 1, 1, 1) with { DeadlineNs = 5, DropLate = true };
        scheduler.Add(0, 0, spec);
        scheduler.Add(1, 0, spec);
        scheduler.Calls.AdvanceTime(6);
        var results = scheduler.Execute();
        Assert.Equal([(1, false), (2, true)], results.Select(r => ((int)r.TaskId, r.Success)));
        Assert.NotNull(results[0].Error);
        Assert.Null(results[0].RetryAt);
        Assert.Equal([2], scheduler.Ran);
        Assert.Equal((1ul, 1ul, 1ul, 2ul), (scheduler.Metrics.DeadlinesMissed, scheduler.Metrics.TasksDropped, scheduler.Metrics.TasksFailed, scheduler.Metrics.TasksExecuted));
    }

    [Theory, ModelAndCore]
    public void A_retry_has_no_deadline(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, Retry(3, 10, 1, 10) with { DeadlineNs = 5, DropLate = true });
        scheduler.Failures[1] = 1;
        Assert.Equal([1], scheduler.ExecuteAt(5));
        Assert.Equal([1], scheduler.ExecuteAt(1000));
        Assert.Equal((0ul, 0ul, 0ul), (scheduler.Metrics.DeadlinesMissed, scheduler.Metrics.TasksDropped, scheduler.Metrics.TasksFailed));
    }

    [Theory, ModelAndCore]
    public void A_series_goes_on_after_a_dropped_period(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Calls.ScheduleRecurringTask(10, 0, TestedScheduler.Plain with { DeadlineNs = 5, DropLate = true }, [], 4);
        scheduler.Calls.AdvanceTime(22);
        Assert.Equal([false, false, true], scheduler.Execute().Select(r => r.Success));
        Assert.Equal(30ul, scheduler.Calls.GetNextExecutionTime());
    }

    [Theory, ModelAndCore]
    public void An_execution_that_is_tried_again_is_found_by_its_id_when_the_next_was_moved(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        ulong series = scheduler.Calls.ScheduleRecurringTask(10, 0, TestedScheduler.Plain with { Retry = new RetryPolicy(2, 5, 1, 5) }, [], 4);
        scheduler.Execute();
        scheduler.Failures[series + 1] = 1;
        scheduler.During[series + 1] = () => scheduler.Calls.RescheduleTask(series + 2, 500);
        Assert.Equal([series + 1], scheduler.ExecuteAt(10));
        scheduler.Calls.CancelTask(series + 1);
        Assert.Equal(0ul, scheduler.Status.PendingTasks);
    }

    [Theory, ModelAndCore]
    public void The_executions_that_follow_a_moved_one_have_their_times_from_there(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 1UL << 62 });
        scheduler.Failures[1] = 1;
        scheduler.During[1] = () => scheduler.Calls.RescheduleTask(1, 5);
        scheduler.Calls.ScheduleRecurringTask(1UL << 62, 0, TestedScheduler.Plain with { Retry = new RetryPolicy(2, 5, 1, 5) }, [], 5);
        scheduler.ExecuteIds();
        scheduler.Calls.CancelTask(5);   // due at 5 + 3 x 2^62, not at 5 x 2^62
        Assert.Equal(0ul, scheduler.Status.PendingTasks);
    }
}
