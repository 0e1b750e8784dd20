using System.Buffers.Binary;
using System.Collections.Concurrent;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>A scheduler in real time that one thread runs while others call it.</summary>
public sealed class ThreadTests
{
    private const int Producers = 8;
    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Eight_producers_lose_nothing_and_keep_their_order(bool oneTime)
    {
        const int Each = 20_000;
        List<(int Producer, int Number)> ran = new(Producers * Each);
        using NanoScheduler core = Create((_, _, data, _) =>
        {
            ran.Add((data[0], BinaryPrimitives.ReadInt32LittleEndian(data[1..])));
            return 0;
        });
        ConcurrentBag<ulong> firstIds = [];
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => ran.Count == Producers * Each));
        for (int p = 0; p < Producers; p++)
        {
            byte producer = (byte)p;
            group.Start(() =>
            {
                byte[] data = new byte[5];
                data[0] = producer;
                ulong before = 0;
                for (int i = 0; i < Each; i++)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(1), i);
                    ulong id = core.ScheduleTask(oneTime ? 1 : NanoClock.NowNanoseconds(), 0, Plain, data);
                    Assert.True(id > before, $"id {id} after {before}");
                    before = id;
                    if (i % 100 == 0)
                    {
                        firstIds.Add(id);
                    }
                }
            });
        }
        group.Join();
        Assert.Equal(firstIds.Count, firstIds.Distinct().Count());
        int[] next = new int[Producers];
        foreach ((int producer, int number) in ran)
        {
            Assert.Equal(next[producer]++, number);
        }
        QueueStatus status = core.GetQueueStatus();
        Assert.Equal(((ulong)(Producers * Each), (ulong)(Producers * Each), 0ul), (status.PerformanceMetrics.TasksScheduled, status.PerformanceMetrics.TasksExecuted, status.PendingTasks));
        Assert.Equal((0ul, 0ul), (status.DataBytes, status.PerformanceMetrics.ErrorCount));
    }

    [Fact]
    public void Producers_that_find_the_queue_full_try_again_and_nothing_is_lost()
    {
        const int Each = 5_000;
        int ran = 0;
        using NanoScheduler core = Create((_, _, _, _) =>
        {
            ran++;
            return 0;
        }, 100);
        long refused = 0;
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => ran == 4 * Each));
        for (int p = 0; p < 4; p++)
        {
            group.Start(() =>
            {
                for (int i = 0; i < Each;)
                {
                    try
                    {
                        core.ScheduleTask(1, 0, Plain, []);
                        i++;
                    }
                    catch (LimitExceededException)
                    {
                        Interlocked.Increment(ref refused);
                        Thread.Sleep(0);
                    }
                }
            });
        }
        group.Join();
        var metrics = core.GetQueueStatus().PerformanceMetrics;
        Assert.Equal((4ul * Each, 4ul * Each, (ulong)refused), (metrics.TasksScheduled, metrics.TasksExecuted, metrics.ErrorCount));
    }

    [Fact]
    public void What_was_cancelled_never_runs_and_what_is_not_found_had_run()
    {
        const int Each = 4_000;
        ConcurrentDictionary<ulong, int> runs = [];
        using NanoScheduler core = Create((id, _, _, _) =>
        {
            runs.AddOrUpdate(id, 1, (_, before) => before + 1);
            return 0;
        });
        ConcurrentDictionary<ulong, bool> cancelled = [];
        ConcurrentDictionary<ulong, bool> notFound = [];
        int done = 0;
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => Volatile.Read(ref done) == 4 && core.GetNextExecutionTime() == ulong.MaxValue));
        for (int p = 0; p < 4; p++)
        {
            int producer = p;
            group.Start(() =>
            {
                var random = new Random(producer);
                for (int i = 0; i < Each; i++)
                {
                    ulong id = core.ScheduleTask(NanoClock.NowNanoseconds() + (ulong)random.Next(30_000), 0, Plain, [1, 2, 3]);
                    if (random.Next(2) == 0)
                    {
                        Thread.SpinWait(random.Next(300));
                    }
                    try
                    {
                        if (random.Next(3) == 0)
                        {
                            core.RescheduleTask(id, NanoClock.NowNanoseconds() + (ulong)random.Next(30_000));
                        }
                        else
                        {
                            core.CancelTask(id);
                            Assert.False(runs.ContainsKey(id));
                            cancelled[id] = true;
                        }
                    }
                    catch (NotFoundException)
                    {
                        notFound[id] = true;
                        Assert.True(SpinWait.SpinUntil(() => runs.ContainsKey(id), 5000), $"{id} was not found, yet never ran");
                    }
                }
                Interlocked.Increment(ref done);
            });
        }
        group.Start(() => WatchStatus(core, () => Volatile.Read(ref done) == 4));
        group.Join();
        Assert.All(runs, run => Assert.Equal(1, run.Value));
        Assert.All(cancelled.Keys, id => Assert.False(runs.ContainsKey(id)));
        Assert.Equal(4 * Each, runs.Count + cancelled.Count);
        Assert.True(cancelled.Count > 100, $"{cancelled.Count} cancelled, {notFound.Count} not found");
        QueueStatus status = core.GetQueueStatus();
        Assert.Equal((4ul * Each, (ulong)runs.Count, (ulong)cancelled.Count), (status.PerformanceMetrics.TasksScheduled, status.PerformanceMetrics.TasksExecuted, status.PerformanceMetrics.TasksCancelled));
        Assert.Equal((0ul, 0ul, (ulong)notFound.Count), (status.PendingTasks, status.DataBytes, status.PerformanceMetrics.ErrorCount));
    }

    [Fact]
    public void A_series_cancelled_from_another_thread_runs_no_more()
    {
        for (int round = 0; round < 20; round++)
        {
            int ran = 0;
            bool stop = false;
            using NanoScheduler core = Create((_, _, _, _) =>
            {
                ran++;
                return 0;
            });
            var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => Volatile.Read(ref stop)));
            ulong id = core.ScheduleRecurringTask(1000, 0, Plain, [7], SchedulingLimits.Unlimited);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref ran) > 20, 10_000));
            core.CancelTask(id);
            // One execution may be under way.
            int last = Volatile.Read(ref ran) + 1;
            Thread.Sleep(2);
            Assert.InRange(Volatile.Read(ref ran), 1, last);
            Assert.Equal(0ul, core.GetQueueStatus().PendingTasks);
            Volatile.Write(ref stop, true);
            group.Join();
        }
    }

    [Fact]
    public void Several_threads_that_execute_never_run_a_task_twice()
    {
        const int Tasks = 20_000;
        int ran = 0;
        int inside = 0;
        int together = 0;
        using NanoScheduler core = Create((_, _, _, _) =>
        {
            together += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
            ran++;
            Interlocked.Decrement(ref inside);
            return 0;
        });
        for (int i = 0; i < Tasks; i++)
        {
            core.ScheduleTask(1, 0, Plain, []);
        }
        ConcurrentBag<ulong> ids = [];
        ThreadGroup.Run(4, _ =>
        {
            while (core.GetQueueStatus().PendingTasks > 0)
            {
                try
                {
                    foreach (TaskResult result in core.ExecuteReadyTasks(50).TasksExecuted)
                    {
                        ids.Add(result.TaskId);
                    }
                }
                catch (BusyException)
                {
                    Thread.Sleep(0);
                }
            }
        });
        Assert.Equal((Tasks, Tasks, 0), (ran, ids.Distinct().Count(), together));
        Assert.Equal(Tasks, ids.Count);
    }

    private static void WatchStatus(NanoScheduler core, Func<bool> done)
    {
        ulong executed = 0;
        ulong time = 0;
        while (!done())
        {
            QueueStatus status = core.GetQueueStatus();
            SchedulerMetrics metrics = status.PerformanceMetrics;
            Assert.True(metrics.TasksExecuted >= executed && status.CurrentTime >= time, "counters and time never go back");
            Assert.True(status.ActiveTasks <= 1 && metrics.TasksScheduled >= metrics.TasksExecuted + metrics.TasksCancelled, $"{status}");
            executed = metrics.TasksExecuted;
            time = status.CurrentTime;
            Thread.Sleep(0);
        }
    }

    private static NanoScheduler Create(CallHandler.Body body, uint capacity = SchedulingLimits.CapacityTasksDefault)
    {
        var core = new NanoScheduler(new SchedulerOptions { CapacityTasks = capacity }, new WorkerHost(null));
        core.RegisterHandler("run", new CallHandler(body));
        return core;
    }
}
