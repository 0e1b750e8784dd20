using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

public sealed class SnapshotTests
{
    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Fact]
    public void A_snapshot_lists_all_that_is_pending_in_the_order_of_arrival()
    {
        using NanoScheduler core = Create([], 100);
        var special = Plain with { DeadlineNs = 5, DropLate = true, Retry = new RetryPolicy(3, 10, 2, 40) };
        core.ScheduleTask(300, 7, special, [1, 2, 3]);
        core.ScheduleRecurringTask(10, 1, Plain with { Missed = MissedPeriods.FromNow }, [4], 5);
        core.ScheduleTask(200, 0, Plain with { After = [1] }, []);
        core.ScheduleTask(100, 0, Plain, []);
        core.ScheduleTask(500, 0, Plain, []);
        core.ScheduleBatch([new BatchTask { StructSize = 40, Handler = 1, ExecuteTime = 400, Payload = 99 }], []);
        core.CancelTask(9);
        core.RescheduleTask(1, 350);
        Assert.Equal(2, core.ExecuteReadyTasks(10).TasksExecuted.Count);
        SchedulerSnapshot snapshot = core.Snapshot();
        Assert.Equal((TimeMode.Virtual, 100ul, 11ul), (snapshot.Mode, snapshot.CurrentTime, snapshot.NextTaskId));
        // A task that waits arrives when it is released, so it comes after those that are in the queue.
        Assert.Equal([(3, 110, 1), (10, 400, 0), (1, 350, 7), (7, 200, 0)], snapshot.Tasks.Select(t => ((int)t.Id, (int)t.ExecuteTime, (int)t.Priority)));
        SnapshotTask series = snapshot.Tasks[0];
        Assert.Equal((2ul, 10ul, 5u, 1ul), (series.SeriesId, series.Interval, series.MaxExecutions, series.Executions));
        Assert.Equal([4], series.Data);
        Assert.Equal(MissedPeriods.FromNow, series.Spec.Missed);
        Assert.Equal(99ul, snapshot.Tasks[1].Payload);
        Assert.Null(snapshot.Tasks[1].Data);
        Assert.Equal("run", snapshot.Tasks[1].Spec.Type.Name);
        Assert.Equal(0ul, snapshot.Tasks[2].SeriesId);
        Assert.Equal([1, 2, 3], snapshot.Tasks[2].Data);
        Assert.Equal((5ul, true, special.Retry), (snapshot.Tasks[2].Spec.DeadlineNs, snapshot.Tasks[2].Spec.DropLate, snapshot.Tasks[2].Spec.Retry));
        Assert.Equal([1ul], snapshot.Tasks[3].Spec.After);
    }

    [Fact]
    public void A_snapshot_changes_nothing_and_is_the_same_each_time()
    {
        using NanoScheduler core = Create([], 0);
        Fill(core);
        string first = Text(core.Snapshot());
        Assert.Equal(first, Text(core.Snapshot()));
        using NanoScheduler other = Create([], 0);
        other.Restore(core.Snapshot());
        Assert.Equal(first, Text(other.Snapshot()));
    }

    [Fact]
    public void A_restored_scheduler_goes_on_as_the_first_would_have()
    {
        List<ulong> ranFirst = [];
        List<ulong> ranSecond = [];
        using NanoScheduler first = Create(ranFirst, 0);
        using NanoScheduler second = Create(ranSecond, 123);
        second.ScheduleTask(5, 0, Plain, [9]);
        Fill(first);
        first.AdvanceTime(40);
        first.ExecuteReadyTasks(25);
        second.Restore(first.Snapshot());
        ranFirst.Clear();
        Assert.Equal(first.GetQueueStatus().PendingTasks, second.GetQueueStatus().PendingTasks);
        Assert.Equal(first.GetQueueStatus().DataBytes, second.GetQueueStatus().DataBytes);
        Assert.Equal(first.ScheduleTask(60, 0, Plain, []), second.ScheduleTask(60, 0, Plain, []));
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(Text(first.ExecuteReadyTasks(3)), Text(second.ExecuteReadyTasks(3)));
            first.AdvanceTime(7);
            second.AdvanceTime(7);
            Assert.Equal(first.GetNextExecutionTime(), second.GetNextExecutionTime());
        }
        Assert.Equal(ranFirst, ranSecond);
        Assert.True(ranFirst.Count > 50);
    }

    [Fact]
    public void A_retry_goes_on_with_its_next_attempt()
    {
        using NanoScheduler first = Create([], 0);
        first.RegisterHandler("fail", new CallHandler((_, _, _, _) => 3));
        first.ScheduleTask(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "fail"), Retry = new RetryPolicy(3, 10, 1, 10) }, []);
        first.ExecuteReadyTasks(1);
        Assert.Equal(1u, Assert.Single(first.Snapshot().Tasks).FailedAttempts);
        using NanoScheduler second = Create([], 0);
        second.RegisterHandler("fail", new CallHandler((_, _, _, _) => 3));
        second.Restore(first.Snapshot());
        second.AdvanceTime(10);
        Assert.Equal(2u, Assert.Single(second.ExecuteReadyTasks(1).TasksExecuted).Attempt);
        second.AdvanceTime(10);
        TaskResult last = Assert.Single(second.ExecuteReadyTasks(1).TasksExecuted);
        Assert.Equal((3u, null), (last.Attempt, last.RetryAt));
    }

    [Fact]
    public void Those_that_wait_are_released_in_the_same_order_after_a_restore()
    {
        List<ulong> ran = [];
        using NanoScheduler first = Create(ran, 0);
        first.ScheduleTask(50, 0, Plain, []);
        first.ScheduleTask(10, 0, Plain, []);
        first.ScheduleTask(10, 0, Plain with { After = [2] }, []);
        first.CancelTask(1);
        first.ScheduleTask(10, 0, Plain with { After = [2] }, []);
        first.ScheduleTask(10, 0, Plain with { After = [2] }, []);
        using NanoScheduler second = Create(ran, 0);
        second.Restore(first.Snapshot());
        second.AdvanceTime(10);
        second.ExecuteReadyTasks(10);
        Assert.Equal([2, 3, 4, 5], ran);
    }

    [Fact]
    public void A_series_moved_by_its_failing_handler_stays_moved_after_a_restore()
    {
        List<ulong> ran = [];
        using NanoScheduler first = Create(ran, 0);
        void Register(NanoScheduler core) => core.RegisterHandler("move", new CallHandler((id, _, _, _) =>
        {
            if (core == first)
            {
                core.RescheduleTask(2, 500);
                return 1;
            }
            return 0;
        }));
        Register(first);
        first.ScheduleRecurringTask(10, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "move"), Retry = new RetryPolicy(2, 3, 1, 3) }, [], 3);
        first.ExecuteReadyTasks(1);
        using NanoScheduler second = Create(ran, 0);
        Register(second);
        second.Restore(first.Snapshot());
        second.AdvanceTime(3);
        Assert.True(Assert.Single(second.ExecuteReadyTasks(1).TasksExecuted).Success);
        Assert.Equal(500ul, second.GetNextExecutionTime());
    }

    [Fact]
    public void Those_that_will_never_run_fail_after_a_restore_too()
    {
        List<ulong> ran = [];
        using NanoScheduler first = Create(ran, 0);
        first.ScheduleTask(50, 0, Plain, []);
        first.ScheduleTask(20, 0, Plain with { After = [1] }, []);
        first.ScheduleTask(20, 0, Plain with { After = [2] }, []);
        first.CancelTask(1);
        using NanoScheduler second = Create(ran, 0);
        second.Restore(first.Snapshot());
        second.AdvanceTime(100);
        Assert.All(second.ExecuteReadyTasks(10).TasksExecuted, r => Assert.False(r.Success));
        Assert.Empty(ran);
        Assert.Equal(0ul, second.GetQueueStatus().PendingTasks);
    }

    [Fact]
    public void After_a_restore_the_counters_still_add_up()
    {
        using NanoScheduler first = Create([], 0);
        first.ScheduleTask(5, 0, Plain, []);
        first.ScheduleRecurringTask(5, 0, Plain, [], 3);
        using NanoScheduler second = Create([], 0);
        second.ScheduleTask(9, 0, Plain, []);
        second.Restore(first.Snapshot());
        AssertCounters(second);
        second.AdvanceTime(100);
        second.ExecuteReadyTasks(100);
        AssertCounters(second);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_used_changes_nothing()
    {
        using NanoScheduler core = Create([], 10);
        core.ScheduleTask(33, 0, Plain, [1]);
        SchedulerSnapshot good = core.Snapshot();
        SnapshotTask task = good.Tasks[0];
        SnapshotTask[] bad =
        [
            task with { Id = 0 },
            task with { Id = 2 },
            task with { Id = ulong.MaxValue },
            task with { ExecuteTime = ulong.MaxValue },
            task with { SeriesId = 1, Interval = 10, MaxExecutions = 0 },
            task with { SeriesId = 1, Interval = 0, MaxExecutions = SchedulingLimits.Unlimited },
            task with { SeriesId = 1, Interval = 1, MaxExecutions = 3, Executions = 3 },
            task with { Spec = Plain with { After = [7] } },
        ];
        foreach (SnapshotTask one in bad)
        {
            Assert.Throws<InvalidInputException>(() => core.Restore(good with { Tasks = [one] }));
        }
        Assert.Throws<InvalidInputException>(() => core.Restore(good with { Tasks = [task, task] }));
        Assert.Equal((1ul, 33ul, 10ul), (core.GetQueueStatus().PendingTasks, core.GetNextExecutionTime(), core.GetQueueStatus().CurrentTime));
        Assert.Equal(Text(good), Text(core.Snapshot()));
    }

    [Fact]
    public void A_snapshot_larger_than_the_queue_is_refused()
    {
        using NanoScheduler large = Create([], 0);
        for (int i = 0; i < 11; i++)
        {
            large.ScheduleTask(5, 0, Plain, []);
        }
        using NanoScheduler small = Create([], 0, 10);
        small.ScheduleTask(8, 0, Plain, []);
        Assert.Throws<LimitExceededException>(() => small.Restore(large.Snapshot()));
        Assert.Equal((1ul, 8ul), (small.GetQueueStatus().PendingTasks, small.GetNextExecutionTime()));
    }

    [Fact]
    public void A_handler_can_neither_take_nor_restore_a_snapshot()
    {
        NanoScheduler? core = null;
        List<Exception?> refusals = [];
        using (core = Create([], 0))
        {
            core.RegisterHandler("run", new CallHandler(_ =>
            {
                refusals.Add(Record.Exception(core.Snapshot));
                refusals.Add(Record.Exception(() => core.Restore(new SchedulerSnapshot { Mode = TimeMode.Virtual, CurrentTime = 0, NextTaskId = 1, Tasks = [] })));
            }));
            core.ScheduleTask(0, 0, Plain, []);
            core.ExecuteReadyTasks(1);
        }
        Assert.Equal(2, refusals.Count);
        Assert.All(refusals, r => Assert.IsType<BusyException>(r));
    }

    private static NanoScheduler Create(List<ulong> ran, ulong start, uint capacity = 1000)
    {
        var core = new NanoScheduler(new SchedulerOptions { Mode = TimeMode.Virtual, StartTime = start, CapacityTasks = capacity }, new FixedHost());
        core.RegisterHandler("run", new CallHandler((id, _, data, reply) =>
        {
            ran.Add(id);
            reply.Append(data);
            return 0;
        }));
        return core;
    }

    private static void AssertCounters(NanoScheduler core)
    {
        QueueStatus status = core.GetQueueStatus();
        SchedulerMetrics metrics = status.PerformanceMetrics;
        Assert.Equal(metrics.TasksScheduled, metrics.TasksExecuted + metrics.TasksCancelled + status.PendingTasks);
    }

    private static void Fill(NanoScheduler core)
    {
        var random = new Random(2);
        for (int i = 0; i < 60; i++)
        {
            core.ScheduleTask((ulong)random.Next(100), (byte)random.Next(2), Plain with { After = i > 5 && i % 6 == 0 ? [1, (ulong)i] : [] }, new byte[random.Next(20)]);
        }
        core.ScheduleRecurringTask(9, 0, Plain with { Missed = MissedPeriods.CatchUp }, [1], 30);
        core.ScheduleRecurringTask(4, 1, Plain with { Missed = MissedPeriods.Skip }, [2], SchedulingLimits.Unlimited);
        core.ScheduleRecurringTask(5, 0, Plain with { Missed = MissedPeriods.FromNow }, [], 30);
        core.RescheduleTask(40, 3);
    }

    private static string Text(SchedulerSnapshot snapshot)
        => $"{snapshot.CurrentTime} {snapshot.NextTaskId}\n" + string.Join('\n', snapshot.Tasks.Select(t =>
            $"{t.Id} {t.ExecuteTime} {t.Priority} {t.Spec.Type} {string.Join(',', t.Spec.After)} {t.Spec.Missed} {t.Spec.Retry} {(t.Data is null ? "-" : Convert.ToHexString(t.Data))} "
            + $"{t.Payload} {t.SeriesId} {t.Interval} {t.MaxExecutions} {t.Executions} {t.FailedAttempts}"));

    private static string Text(ExecutionResults results)
        => $"{results.TotalTasks} {results.CurrentTime}\n" + string.Join('\n', results.TasksExecuted.Select(r =>
            $"{r.TaskId} {r.TaskType} {r.Success} {r.ExecuteTime} {r.LatenessNs} {r.Attempt} {Convert.ToHexString(r.Reply.Span)}"));
}
