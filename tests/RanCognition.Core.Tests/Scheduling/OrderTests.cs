using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class OrderTests
{
    [Theory, ModelAndCore]
    public void Ids_count_from_one(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        Assert.Equal([1, 2, 3], new[] { scheduler.Add(5), scheduler.Add(5), scheduler.Add(1) });
    }

    [Theory, ModelAndCore]
    public void Tasks_run_by_due_time_then_priority_then_arrival(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(20, 0);    // 1
        scheduler.Add(10, 255);  // 2
        scheduler.Add(10, 1);    // 3
        scheduler.Add(10, 1);    // 4
        scheduler.Add(10, 0);    // 5
        scheduler.Add(0, 200);   // 6
        Assert.Equal(0ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal([6, 5, 3, 4, 2, 1], scheduler.ExecuteAt(20));
        Assert.Equal([6, 5, 3, 4, 2, 1], scheduler.Ran);
    }

    [Theory, ModelAndCore]
    public void Only_what_is_due_runs(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.Add(11);
        Assert.Empty(scheduler.ExecuteAt(9));
        Assert.Equal([1], scheduler.ExecuteAt(10));
        Assert.Equal(11ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal([2], scheduler.ExecuteAt(11));
        Assert.Equal(ulong.MaxValue, scheduler.Calls.GetNextExecutionTime());
    }

    [Theory, ModelAndCore]
    public void At_most_max_tasks_run(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        for (int i = 0; i < 5; i++)
        {
            scheduler.Add(0);
        }
        Assert.Empty(scheduler.ExecuteIds(0));
        Assert.Equal([1, 2], scheduler.ExecuteIds(2));
        ExecutionResults results = scheduler.Calls.ExecuteReadyTasks(2);
        Assert.Equal(1ul, results.TotalTasks);
        Assert.Equal(4ul, results.PerformanceMetrics.TasksExecuted);
        Assert.Equal([5], scheduler.ExecuteIds());
    }

    [Theory, ModelAndCore]
    public void A_result_says_when_the_task_was_due_and_how_late_it_ran(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 100 });
        scheduler.Calls.ScheduleTask(130, 3, TestedScheduler.Plain, [1, 2, 3]);
        scheduler.Calls.AdvanceTime(42);
        TaskResult result = Assert.Single(scheduler.Execute());
        Assert.Equal((1ul, 130ul, 12ul, 1u), (result.TaskId, result.ExecuteTime, result.LatenessNs, result.Attempt));
        Assert.Equal(TestedScheduler.Plain.Type, result.TaskType);
        Assert.True(result.Success);
        Assert.Null(result.Error);
        Assert.Null(result.RetryAt);
        Assert.Equal([1, 2, 3], result.Reply.ToArray());
    }

    [Theory, ModelAndCore]
    public void A_time_in_the_past_is_kept_and_comes_first(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 1000 });
        scheduler.Add(1000);
        scheduler.Add(999);
        scheduler.Add(0);
        Assert.Equal(0ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal([(3ul, 1000ul), (2ul, 1ul), (1ul, 0ul)], scheduler.Execute().Select(r => (r.TaskId, r.LatenessNs)));
    }

    [Theory, ModelAndCore]
    public void What_handlers_schedule_for_now_or_earlier_runs_in_the_same_call(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 50 });
        scheduler.Add(50);
        scheduler.Add(50);
        scheduler.During[1] = () =>
        {
            scheduler.Add(51);
            scheduler.Add(50);
            scheduler.Add(10);
        };
        Assert.Equal([1, 5, 2, 4], scheduler.ExecuteIds());
        Assert.Equal(51ul, scheduler.Calls.GetNextExecutionTime());
    }

    [Theory, ModelAndCore]
    public void A_task_that_schedules_itself_anew_stays_within_max_tasks(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { CapacityTasks = 1 });
        void Again() => scheduler.During[scheduler.Add(0)] = Again;
        Again();
        Assert.Equal([1, 2, 3, 4], scheduler.ExecuteIds(4));
        Assert.Equal(1ul, scheduler.Status.PendingTasks);
    }

    [Theory, ModelAndCore]
    public void A_task_cancelled_by_an_earlier_one_of_the_same_call_does_not_run(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(0);
        scheduler.Add(0);
        scheduler.During[1] = () => scheduler.Calls.CancelTask(2);
        Assert.Equal([1, 3], scheduler.ExecuteIds());
        Assert.Equal(1ul, scheduler.Metrics.TasksCancelled);
    }

    [Theory, ModelAndCore]
    public void A_rescheduled_task_is_the_last_among_its_equals(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(10);
        scheduler.Add(10);
        scheduler.Add(30);
        scheduler.Calls.RescheduleTask(1, 10);
        scheduler.Calls.RescheduleTask(3, 5);
        Assert.Equal(5ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal([3, 2, 1], scheduler.ExecuteAt(10));
    }

    [Theory, ModelAndCore]
    public void A_handler_that_fails_or_throws_does_not_stop_the_others(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(0);
        scheduler.Add(0);
        scheduler.Failures[1] = 1;
        scheduler.During[2] = () => throw new ProgramFault();
        var results = scheduler.Execute();
        Assert.Equal([false, false, true], results.Select(r => r.Success));
        Assert.Equal([true, true, false], results.Select(r => !string.IsNullOrEmpty(r.Error)));
        Assert.Equal((3ul, 2ul), (scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksFailed));
        Assert.Equal(3ul, scheduler.Status.CompletedTasks);
    }

    [Theory, ModelAndCore]
    public void A_type_that_nothing_runs_gives_an_error(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "absent") });
        scheduler.Add(0, 0, new TaskSpec { Type = new TaskType(TaskKind.StrangeLoop) });
        scheduler.Add(0);
        var results = scheduler.Execute();
        Assert.Equal([false, false, true], results.Select(r => r.Success));
        Assert.Equal(new TaskType(TaskKind.StrangeLoop), results[1].TaskType);
    }

    [Theory, ModelAndCore]
    public void Virtual_time_moves_only_when_told_and_stops_at_its_end(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { StartTime = 7 });
        scheduler.Execute();
        Assert.Equal(7ul, scheduler.Status.CurrentTime);
        scheduler.Calls.AdvanceTime(0);
        scheduler.Calls.AdvanceTime(5);
        Assert.Equal(12ul, scheduler.Status.CurrentTime);
        scheduler.Add(SchedulingLimits.TimeMax);
        scheduler.Calls.AdvanceTime(ulong.MaxValue);
        Assert.Equal(SchedulingLimits.TimeMax, scheduler.Status.CurrentTime);
        Assert.Equal([1], scheduler.ExecuteIds());
        scheduler.Calls.AdvanceTime(1);
        Assert.Equal(SchedulingLimits.TimeMax, scheduler.Status.CurrentTime);
    }

    [Theory, ModelAndCore]
    public void The_time_that_stands_for_none_is_refused(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        Assert.Throws<InvalidInputException>(() => scheduler.Add(ulong.MaxValue));
        Assert.Equal(1ul, scheduler.Add(0));
        Assert.Throws<InvalidInputException>(() => scheduler.Calls.RescheduleTask(1, ulong.MaxValue));
        Assert.Equal(0ul, scheduler.Calls.GetNextExecutionTime());
        Assert.Equal(2ul, scheduler.Metrics.ErrorCount);
    }

    [Theory, ModelAndCore]
    public void An_id_that_is_not_pending_is_not_found_and_nothing_changes(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(0);
        scheduler.Add(5);
        scheduler.Add(9);
        scheduler.Execute();
        scheduler.Calls.CancelTask(2);
        foreach (ulong id in new ulong[] { 0, 1, 2, 4, 1ul << 32, ulong.MaxValue })
        {
            Assert.Throws<NotFoundException>(() => scheduler.Calls.CancelTask(id));
            Assert.Throws<NotFoundException>(() => scheduler.Calls.RescheduleTask(id, 3));
        }
        Assert.Equal((1ul, 9ul), (scheduler.Status.PendingTasks, scheduler.Status.NextExecutionTime));
        Assert.Equal((1ul, 12ul), (scheduler.Metrics.TasksCancelled, scheduler.Metrics.ErrorCount));
        Assert.Equal(4ul, scheduler.Add(0));
    }
}
