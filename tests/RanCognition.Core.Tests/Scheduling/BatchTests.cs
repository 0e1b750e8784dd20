using System.Runtime.CompilerServices;
using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

public sealed class BatchTests
{
    private static BatchTask Once(uint handler, ulong time, ulong payload = 0, byte priority = 0) => new()
    {
        StructSize = (uint)Unsafe.SizeOf<BatchTask>(),
        Handler = handler,
        ExecuteTime = time,
        Priority = priority,
        Payload = payload,
    };

    private static BatchTask Series(uint handler, ulong start, ulong interval, uint count) => Once(handler, start) with { Interval = interval, MaxExecutions = count };

    [Fact]
    public void The_structs_are_laid_out_as_in_the_header()
    {
        Assert.Equal(40, Unsafe.SizeOf<BatchTask>());
        Assert.Equal(40, Unsafe.SizeOf<TaskOutcome>());
    }

    [Theory, ModelAndCore]
    public void A_batch_is_scheduled_in_its_order(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Add(5);
        uint run = scheduler.Handler;
        ulong[] ids = new ulong[4];
        scheduler.Calls.ScheduleBatch([Once(run, 5, 11), Series(run, 3, 2, 3), Once(run, 5, 12), Once(run, 5, 13, 1)], ids);
        Assert.Equal([2, 3, 6, 7], ids);
        scheduler.Calls.ScheduleBatch([Once(run, 4)], []);
        Assert.Equal([3, 8, 1, 2, 4, 6, 7, 5], scheduler.ExecuteAt(10));
        Assert.Equal(8ul, scheduler.Metrics.TasksScheduled);
    }

    [Theory, ModelAndCore]
    public void Outcomes_say_what_ran_and_how(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Calls.ScheduleBatch([Once(scheduler.Handler, 3, 77), Once(scheduler.Handler, 4, 78), Once(scheduler.Handler, 9)], []);
        scheduler.Failures[2] = 1;
        scheduler.Calls.AdvanceTime(5);
        var outcomes = new TaskOutcome[5];
        Assert.Equal(2ul, scheduler.Calls.ExecuteReadyBatch(10, outcomes));
        Assert.Equal((1ul, 3ul, 2ul, scheduler.Handler, 0, 77ul), Of(outcomes[0]));
        Assert.Equal((2ul, 4ul, 1ul, scheduler.Handler, 7, 78ul), Of(outcomes[1]));
        Assert.Equal(default, outcomes[2]);
        Assert.Equal((2ul, 1ul), (scheduler.Metrics.TasksExecuted, scheduler.Metrics.TasksFailed));
    }

    [Theory, ModelAndCore]
    public void No_more_run_than_there_is_room_for_and_without_room_all_are_counted(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        for (int i = 0; i < 10; i++)
        {
            scheduler.Add(0);
        }
        var outcomes = new TaskOutcome[3];
        Assert.Equal(0ul, scheduler.Calls.ExecuteReadyBatch(0, outcomes));
        Assert.Equal(3ul, scheduler.Calls.ExecuteReadyBatch(10, outcomes));
        Assert.Equal([1, 2, 3], outcomes.Select(o => (int)o.TaskId));
        Assert.Equal(2ul, scheduler.Calls.ExecuteReadyBatch(2, outcomes));
        Assert.Equal([4, 5, 3], outcomes.Select(o => (int)o.TaskId));
        Assert.Equal(5ul, scheduler.Calls.ExecuteReadyBatch(100, []));
        Assert.Equal(10ul, scheduler.Metrics.TasksExecuted);
    }

    [Theory, ModelAndCore]
    public void One_bad_task_refuses_the_batch(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        uint run = scheduler.Handler;
        BatchTask good = Once(run, 1);
        BatchTask[] bad = [Once(0, 1), Once(run + 1, 1), Once(uint.MaxValue, 1), Once(run, ulong.MaxValue), Series(run, 1, 1, 0)];
        foreach (BatchTask task in bad)
        {
            Assert.Throws<InvalidInputException>(() => scheduler.Calls.ScheduleBatch([good, good, task, good], new ulong[4]));
        }
        Assert.Equal((0ul, (ulong)bad.Length), (scheduler.Status.PendingTasks, scheduler.Metrics.ErrorCount));
        Assert.Equal(0ul, scheduler.Metrics.TasksScheduled);
        Assert.Equal(1ul, scheduler.Add(0));
    }

    [Theory, ModelAndCore]
    public void A_batch_of_nothing_but_an_unknown_handler_is_refused(Subject subject)
    {
        foreach (uint handler in new[] { 0u, 2u, uint.MaxValue })
        {
            using var scheduler = new TestedScheduler(subject);
            Assert.Throws<InvalidInputException>(() => scheduler.Calls.ScheduleBatch([Once(handler, 1)], []));
            Assert.Throws<InvalidInputException>(() => scheduler.Calls.ScheduleBatch([Once(handler, 1)], []));
            Assert.Equal(0ul, scheduler.Status.PendingTasks);
        }
    }

    [Theory, ModelAndCore]
    public void A_batch_that_does_not_fit_is_refused_as_a_whole(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject, new SchedulerOptions { CapacityTasks = 10 });
        BatchTask task = Once(scheduler.Handler, 0);
        scheduler.Calls.ScheduleBatch([.. Enumerable.Repeat(task, 7)], []);
        Assert.Throws<LimitExceededException>(() => scheduler.Calls.ScheduleBatch([task, task, task, task], new ulong[4]));
        Assert.Equal((7ul, 1ul), (scheduler.Status.PendingTasks, scheduler.Metrics.ErrorCount));
        ulong[] ids = new ulong[3];
        scheduler.Calls.ScheduleBatch([task, task, task], ids);
        Assert.Equal([8, 9, 10], ids);
        Assert.Throws<LimitExceededException>(() => scheduler.Calls.ScheduleBatch([task], []));
        Assert.Equal(10, scheduler.ExecuteIds().Length);
    }

    [Theory, ModelAndCore]
    public void An_empty_batch_does_nothing(Subject subject)
    {
        using var scheduler = new TestedScheduler(subject);
        scheduler.Calls.ScheduleBatch([], []);
        Assert.Equal((0ul, 0ul), (scheduler.Status.PendingTasks, scheduler.Metrics.ErrorCount));
    }

    private static (ulong Id, ulong Due, ulong Late, uint Handler, int Status, ulong Payload) Of(TaskOutcome o)
        => (o.TaskId, o.ExecuteTime, o.LatenessNs, o.Handler, o.Status, o.Payload);
}
