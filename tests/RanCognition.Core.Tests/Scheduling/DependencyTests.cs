using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class DependencyTests
{
    [Theory, ModelAndCore]
    public void A_task_waits_until_those_before_it_succeeded(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.Add(20);
        scheduler.AddAfter(0, 1, 2);
        Assert.Equal((3ul, 1ul, 10ul), (scheduler.Status.PendingTasks, scheduler.Status.WaitingTasks, scheduler.Status.NextExecutionTime));
        Assert.Equal([1], scheduler.ExecuteAt(10));
        Assert.Equal((2ul, 1ul, 20ul), (scheduler.Status.PendingTasks, scheduler.Status.WaitingTasks, scheduler.Status.NextExecutionTime));
        scheduler.Calls.AdvanceTime(15);
        var results = scheduler.Execute();
        Assert.Equal([(2, 20, 5), (3, 0, 25)], results.Select(r => ((int)r.TaskId, (int)r.ExecuteTime, (int)r.LatenessNs)));
        Assert.Equal(0ul, scheduler.Status.WaitingTasks);
    }

    [Theory, ModelAndCore]
    public void A_released_task_still_waits_for_its_own_time(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.AddAfter(40, 1);
        Assert.Equal([1], scheduler.ExecuteAt(10));
        Assert.Equal((40ul, 0ul), (scheduler.Calls.GetNextExecutionTime(), scheduler.Status.WaitingTasks));
        Assert.Empty(scheduler.ExecuteAt(39));
        Assert.Equal([2], scheduler.ExecuteAt(40));
    }

    [Theory, ModelAndCore]
    public void A_released_task_is_a_new_arrival(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.AddAfter(10, 1);
        scheduler.AddAfter(10, 1);
        scheduler.Add(10);
        Assert.Equal([1], scheduler.ExecuteIds());
        Assert.Equal([4, 2, 3], scheduler.ExecuteAt(10));
    }

    [Theory, ModelAndCore]
    public void A_chain_runs_link_by_link_within_max_tasks(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        for (ulong id = 1; id < 100; id++)
        {
            scheduler.AddAfter(0, id);
        }
        Assert.Equal([1, 2, 3], scheduler.ExecuteIds(3));
        Assert.Equal(96ul, scheduler.Status.WaitingTasks);
        Assert.Equal(Enumerable.Range(4, 97).Select(i => (ulong)i), scheduler.ExecuteIds());
    }

    [Theory, ModelAndCore]
    public void A_task_that_ended_counts_as_satisfied(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(5);
        scheduler.Execute();
        scheduler.AddAfter(0, 1);
        scheduler.AddAfter(0, 1, 2, 2);
        Assert.Equal(1ul, scheduler.Status.WaitingTasks);
        Assert.Equal([3], scheduler.ExecuteIds());
        Assert.Equal([2, 4], scheduler.ExecuteAt(5));
    }

    [Theory, ModelAndCore]
    public void Only_tasks_that_end_can_be_waited_for(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.AddSeries(10, 5);
        foreach (ulong id in new ulong[] { 0, 2, 3, 6, 7, 8, ulong.MaxValue })
        {
            Assert.Throws<InvalidInputException>(() => scheduler.AddAfter(0, 1, id));
        }
        Assert.Equal((2ul, 0ul, 7ul), (scheduler.Status.PendingTasks, scheduler.Status.WaitingTasks, scheduler.Metrics.ErrorCount));
        Assert.Equal(7ul, scheduler.AddAfter(0, 1));
    }

    [Theory, ModelAndCore]
    public void A_running_execution_of_a_series_cannot_be_waited_for(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.AddSeries(10, 3);
        List<Exception?> refusals = [];
        for (ulong id = 1; id <= 3; id++)
        {
            ulong own = id;
            scheduler.During[id] = () => refusals.Add(Record.Exception(() => scheduler.AddAfter(0, own)));
        }
        Assert.Equal([1, 2, 3], scheduler.ExecuteAt(20));
        Assert.All(refusals, r => Assert.IsType<InvalidInputException>(r));
        Assert.Equal((0ul, 0ul), (scheduler.Status.WaitingTasks, scheduler.Status.PendingTasks));
    }

    [Theory, ModelAndCore]
    public void When_one_fails_those_after_it_fail_without_running(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(500);
        scheduler.AddAfter(0, 1, 2);
        scheduler.AddAfter(0, 3);
        scheduler.Failures[1] = 1;
        var results = scheduler.Execute();
        Assert.Equal([1, 3, 4], results.Select(r => (int)r.TaskId));
        Assert.All(results, r => Assert.False(r.Success));
        Assert.Contains("1", results[1].Error);
        Assert.Contains("3", results[2].Error);
        Assert.Equal([1], scheduler.Ran);
        Assert.Equal((3ul, 3ul), (scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksFailed));
        Assert.Equal((1ul, 0ul), (scheduler.Status.PendingTasks, scheduler.Status.WaitingTasks));
    }

    [Theory, ModelAndCore]
    public void When_one_is_cancelled_those_after_it_fail_without_running(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(100);
        scheduler.AddAfter(0, 1);
        scheduler.AddAfter(0, 2);
        scheduler.Calls.CancelTask(1);
        var results = scheduler.Execute();
        Assert.Equal([(2, false), (3, false)], results.Select(r => ((int)r.TaskId, r.Success)));
        Assert.Contains("1", results[0].Error);
        Assert.Empty(scheduler.Ran);
        Assert.Equal(0ul, scheduler.Status.PendingTasks);
    }

    [Theory, ModelAndCore]
    public void When_one_is_dropped_those_after_it_fail_without_running(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, TestedScheduler.Plain with { DeadlineNs = 5, DropLate = true });
        scheduler.AddAfter(0, 1);
        scheduler.Calls.AdvanceTime(6);
        Assert.Equal([(1, false), (2, false)], scheduler.Execute().Select(r => ((int)r.TaskId, r.Success)));
        Assert.Empty(scheduler.Ran);
    }

    [Theory, ModelAndCore]
    public void A_task_that_is_tried_again_is_waited_for(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, TestedScheduler.Plain with { Retry = new RetryPolicy(3, 10, 1, 10) });
        scheduler.AddAfter(0, 1);
        scheduler.Failures[1] = 1;
        Assert.Equal([1], scheduler.ExecuteIds());
        Assert.Equal(1ul, scheduler.Status.WaitingTasks);
        Assert.Equal([1, 2], scheduler.ExecuteAt(10));
        Assert.Equal([1, 1, 2], scheduler.Ran);
    }

    [Theory, ModelAndCore]
    public void A_waiting_task_can_be_cancelled_and_moved(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.AddAfter(0, 1);
        scheduler.AddAfter(0, 1);
        scheduler.Calls.CancelTask(2);
        scheduler.Calls.RescheduleTask(3, 30);
        Assert.Equal((2ul, 1ul, 1ul), (scheduler.Status.PendingTasks, scheduler.Status.WaitingTasks, scheduler.Metrics.TasksCancelled));
        Assert.Equal([1], scheduler.ExecuteAt(10));
        Assert.Equal(30ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal([3], scheduler.ExecuteAt(30));
    }

    [Theory, ModelAndCore]
    public void A_handler_can_schedule_what_follows_itself(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(0);
        scheduler.During[1] = () =>
        {
            scheduler.AddAfter(0, 1);
            Assert.Equal(1ul, scheduler.Status.WaitingTasks);
        };
        Assert.Equal([1, 2, 3], scheduler.ExecuteIds());
    }

    [Theory, ModelAndCore]
    public void One_task_may_wait_for_many_and_many_for_one(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        ulong[] before = [.. Enumerable.Range(0, subject == Subject.Model ? 100 : SchedulingLimits.AfterMax).Select(i => scheduler.Add((ulong)i))];
        ulong[] after = [.. Enumerable.Range(0, before.Length).Select(_ => scheduler.AddAfter(0, before))];
        scheduler.Calls.AdvanceTime((ulong)before.Length - 2);
        Assert.Equal(before[..^1], scheduler.ExecuteIds(5000));
        scheduler.Calls.AdvanceTime(1);
        Assert.Equal(new[] { before[^1] }.Concat(after), scheduler.ExecuteIds(5000));
    }
}
