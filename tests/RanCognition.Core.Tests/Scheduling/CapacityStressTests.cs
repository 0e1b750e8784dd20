using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>The capacity holds for all that is pending, also when several threads take what is left of it at the same time.</summary>
public sealed class CapacityStressTests
{
    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Theory]
    [InlineData(100, 60)]
    [InlineData(1000, 600)]
    [InlineData(20_000, 12_000)]
    public void Of_two_batches_that_do_not_fit_together_one_is_refused(int capacity, int batch) => Rounds(capacity, core =>
    {
        BatchTask[] tasks = Tasks(batch);
        return () => core.ScheduleBatch(tasks, []);
    });

    [Theory]
    [InlineData(20)]
    [InlineData(1000)]
    public void The_last_places_are_given_once(int capacity) => Rounds(capacity, core =>
    {
        PreparedType type = core.Prepare(Plain);
        return () =>
        {
            while (true)
            {
                core.ScheduleTask(ulong.MaxValue - 1, 0, type, []);
            }
        };
    });

    [Fact]
    public void What_is_posted_while_a_snapshot_is_restored_has_to_fit_in_with_it()
    {
        const int Capacity = 20_000;
        using NanoScheduler source = Create(Capacity);
        source.ScheduleBatch(Tasks(Capacity / 2), []);
        SchedulerSnapshot snapshot = source.Snapshot();
        int player = 0;
        Rounds(Capacity, core =>
        {
            BatchTask[] tasks = Tasks((Capacity / 2) + 1);
            return Interlocked.Increment(ref player) % 2 == 0 ? () => core.ScheduleBatch(tasks, []) : () => core.Restore(snapshot);
        });
    }

    [Fact]
    public void What_was_posted_before_a_restoring_is_replaced_and_has_no_id_of_the_snapshot()
    {
        const int Capacity = 5000;
        using NanoScheduler source = Create(Capacity);
        source.ScheduleBatch(Tasks(Capacity / 2), []);
        SchedulerSnapshot snapshot = source.Snapshot();
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(Stress.Seconds / 3);
        for (int round = 0; round < 3 || DateTime.UtcNow < end; round++)
        {
            using NanoScheduler core = Create(Capacity);
            using var barrier = new Barrier(2);
            ThreadGroup.Run(2, player =>
            {
                barrier.SignalAndWait();
                for (int i = 0; player == 0 && i < Capacity / 4; i++)
                {
                    core.ScheduleTask(ulong.MaxValue - 1, 0, Plain, [1, 2]);
                }
                if (player == 1)
                {
                    core.Restore(snapshot);
                }
            });
            ulong[] ids = [.. core.Snapshot().Tasks.Select(task => task.Id)];
            Assert.Equal(ids.Length, ids.Distinct().Count());
            QueueStatus status = core.GetQueueStatus();
            SchedulerMetrics metrics = status.PerformanceMetrics;
            Assert.Equal((ulong)ids.Length, status.PendingTasks);
            Assert.Equal(metrics.TasksScheduled, metrics.TasksCancelled + status.PendingTasks);
            Assert.Equal(2 * (status.PendingTasks - (ulong)snapshot.Tasks.Count), status.DataBytes);
        }
    }

    [Fact]
    public void A_refused_call_leaves_the_last_place_to_others()
    {
        using NanoScheduler core = Create(2);
        core.ScheduleTask(ulong.MaxValue - 1, 0, Plain, []);
        ulong id = 0;
        core.RegisterHandler("other", new CallHandler(_ =>
        {
            Assert.Throws<InvalidInputException>(() => core.ScheduleTask(0, 0, Plain with { After = [77] }, []));
            new ThreadGroup().Start(() => id = core.ScheduleTask(ulong.MaxValue - 1, 0, Plain, [])).Join();
        }));
        core.ScheduleTask(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "other") }, []);
        core.ExecuteReadyTasks(1);
        Assert.NotEqual(0ul, id);
        Assert.Equal(2ul, core.GetQueueStatus().PendingTasks);
    }

    private static BatchTask[] Tasks(int count)
    {
        BatchTask[] tasks = new BatchTask[count];
        Array.Fill(tasks, new BatchTask { StructSize = 40, Handler = 1, ExecuteTime = ulong.MaxValue - 1 });
        return tasks;
    }

    /// <summary>Two threads do the same until they are refused, each with a scheduler that is new.</summary>
    private static void Rounds(int capacity, Func<NanoScheduler, Action> fill)
    {
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(Stress.Seconds / 3);
        for (int round = 0; round < 3 || DateTime.UtcNow < end; round++)
        {
            using NanoScheduler core = Create(capacity);
            using var barrier = new Barrier(2);
            core.GetNextExecutionTime();
            ThreadGroup.Run(2, _ =>
            {
                Action act = fill(core);
                barrier.SignalAndWait();
                Assert.True(Record.Exception(act) is null or LimitExceededException);
            });
            int pending = core.Snapshot().Tasks.Count;
            Assert.True(pending <= capacity, $"round {round}: {pending} pending");
        }
    }

    private static NanoScheduler Create(int capacity)
    {
        var core = new NanoScheduler(new SchedulerOptions { CapacityTasks = (uint)capacity }, new WorkerHost(null));
        core.RegisterHandler("run", new CallHandler(_ => { }));
        return core;
    }
}
