using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

public sealed class LargeQueueTests
{
    private const int Million = 1_000_000;

    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Fact]
    public void A_million_tasks_of_one_time_run_in_the_order_they_came()
    {
        List<ulong> ran = new(Million);
        using NanoScheduler core = Create(ran);
        for (int i = 0; i < Million; i++)
        {
            core.ScheduleTask(77, 0, Plain, []);
        }
        core.AdvanceTime(77);
        Assert.Equal((ulong)Million, core.ExecuteReadyBatch(ulong.MaxValue, []));
        AssertOrder(ran, Enumerable.Range(1, Million).Select(i => (ulong)i));
    }

    [Fact]
    public void A_million_tasks_of_one_time_run_by_priority()
    {
        List<ulong> ran = new(Million);
        using NanoScheduler core = Create(ran);
        var random = new Random(3);
        byte[] priorities = new byte[Million];
        random.NextBytes(priorities);
        foreach (byte priority in priorities)
        {
            core.ScheduleTask(77, priority, Plain, []);
        }
        core.AdvanceTime(77);
        core.ExecuteReadyBatch(ulong.MaxValue, []);
        AssertOrder(ran, Enumerable.Range(0, Million).OrderBy(i => priorities[i]).Select(i => (ulong)i + 1));
    }

    [Theory]
    [InlineData(1_000_000_000L)]
    [InlineData(long.MaxValue)]
    public void A_million_tasks_of_random_times_run_in_order(long span)
    {
        List<ulong> ran = new(Million);
        using NanoScheduler core = Create(ran);
        var random = new Random(4);
        ulong[] times = [.. Enumerable.Range(0, Million).Select(_ => (ulong)random.NextInt64(span))];
        foreach (ulong time in times)
        {
            core.ScheduleTask(time, 0, Plain, []);
        }
        core.Run(ulong.MaxValue, () => false);
        (ulong Time, ulong Id)[] order = [.. times.Select((time, i) => (time, (ulong)i + 1))];
        Array.Sort(order);
        AssertOrder(ran, order.Select(key => key.Id));
    }

    [Fact]
    public void A_queue_grows_and_shrinks_and_stays_in_order()
    {
        List<ulong> ran = [];
        using NanoScheduler core = Create(ran);
        PriorityQueue<ulong, (ulong, ulong)> expected = new();
        var random = new Random(6);
        ulong now = 0;
        foreach (int goal in new[] { 10, 5000, 3, 100_000, 100, 0, 20_000, 0 })
        {
            while (expected.Count != goal)
            {
                if (expected.Count < goal)
                {
                    ulong time = now + (ulong)random.Next(1, 1 << random.Next(1, 30));
                    ulong id = core.ScheduleTask(time, 0, Plain, []);
                    expected.Enqueue(id, (time, id));
                    continue;
                }
                expected.TryPeek(out ulong first, out (ulong Time, ulong) key);
                Assert.Equal(key.Time, core.GetNextExecutionTime());
                core.AdvanceTime(key.Time - now);
                now = key.Time;
                core.ExecuteReadyBatch(1, []);
                Assert.Equal(first, ran[^1]);
                expected.Dequeue();
            }
        }
    }

    [Fact]
    public void A_full_queue_of_the_default_capacity_refuses_the_next()
    {
        using NanoScheduler core = Create([]);
        for (uint i = 0; i < SchedulingLimits.CapacityTasksDefault; i++)
        {
            core.ScheduleTask(i % 1000, 0, Plain, []);
        }
        Assert.Throws<LimitExceededException>(() => core.ScheduleTask(0, 0, Plain, []));
        core.CancelTask(500);
        core.ScheduleTask(0, 0, Plain, []);
        Assert.Equal((ulong)SchedulingLimits.CapacityTasksDefault, core.GetQueueStatus().PendingTasks);
    }

    [Fact]
    public void Memory_does_not_grow_when_tasks_come_and_are_cancelled()
    {
        using NanoScheduler core = Create([]);
        var live = new Queue<ulong>();
        byte[] data = new byte[24];
        ulong first = 0;
        for (int i = 0; i < 3 * Million; i++)
        {
            live.Enqueue(core.ScheduleTask((ulong)(i % 7 == 0 ? 1_000_000_000_000 : 1_000_000 + (i * 13)), 0, Plain, data));
            if (live.Count > 1000)
            {
                core.CancelTask(live.Dequeue());
            }
            if (i == 100_000)
            {
                first = core.MemoryBytes;
            }
        }
        Assert.Equal((1000ul, 24_000ul), (core.GetQueueStatus().PendingTasks, core.GetQueueStatus().DataBytes));
        Assert.InRange(core.MemoryBytes, 1ul, first + (first / 4));
    }

    [Fact]
    public void Cancelled_tasks_leave_room_for_others()
    {
        using NanoScheduler core = Create([], new SchedulerOptions { Mode = TimeMode.Virtual, CapacityTasks = 1001 });
        var random = new Random(8);
        List<ulong> live = [];
        for (int i = 0; i < Million; i++)
        {
            live.Add(core.ScheduleTask((ulong)random.NextInt64(1L << random.Next(1, 62)), (byte)i, Plain, []));
            if (live.Count > 1000)
            {
                int victim = random.Next(live.Count);
                core.CancelTask(live[victim]);
                live[victim] = live[^1];
                live.RemoveAt(live.Count - 1);
            }
        }
        core.AdvanceTime(ulong.MaxValue);
        Assert.Equal(1000ul, core.ExecuteReadyBatch(ulong.MaxValue, []));
        var metrics = core.GetQueueStatus().PerformanceMetrics;
        Assert.Equal(((ulong)Million, 1000ul, Million - 1000ul), (metrics.TasksScheduled, metrics.TasksExecuted, metrics.TasksCancelled));
    }

    [Fact]
    public void A_handler_may_schedule_very_many_tasks()
    {
        List<ulong> ran = [];
        using var core = new NanoScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        core.RegisterHandler("run", new CallHandler((id, _, data, reply) =>
        {
            ran.Add(id);
            if (ran.Count == 1)
            {
                for (int i = 0; i < 100_000; i++)
                {
                    core.ScheduleTask(1, 0, Plain, [1]);
                    core.ScheduleTask(2, 0, Plain with { DeadlineNs = 1000 }, []);
                }
            }
            reply.Append(data);
            return ran.Count == 1 ? 3 : 0;
        }));
        TaskSpec special = Plain with { Retry = new RetryPolicy(2, 10, 1, 10), DeadlineNs = 1000 };
        core.ScheduleRecurringTask(5, 0, special, [7, 8, 9], 2);
        TaskResult first = Assert.Single(core.ExecuteReadyTasks(9).TasksExecuted);
        Assert.Equal((1ul, 10ul), (first.TaskId, first.RetryAt));
        core.Run(20, () => false);
        Assert.Equal(200_003, ran.Count);
        Assert.Equal([1ul, 1, 2], ran.Where(id => id <= 2));
        Assert.Equal(0ul, core.GetQueueStatus().DataBytes);
    }

    [Fact]
    public void Tasks_rescheduled_over_and_over_stay_in_order()
    {
        List<ulong> ran = [];
        using NanoScheduler core = Create(ran);
        var random = new Random(9);
        const int Tasks = 2000;
        (ulong Time, int Arrival)[] keys = new (ulong, int)[Tasks];
        for (int i = 0; i < Tasks; i++)
        {
            core.ScheduleTask(0, 0, Plain, []);
        }
        for (int i = 0; i < 300_000; i++)
        {
            int at = i < Tasks ? i : random.Next(Tasks);
            ulong time = (ulong)random.Next(1 << random.Next(1, 31));
            core.RescheduleTask((ulong)at + 1, time);
            keys[at] = (time, i);
        }
        core.Run(ulong.MaxValue, () => false);
        AssertOrder(ran, Enumerable.Range(0, Tasks).OrderBy(i => keys[i]).Select(i => (ulong)i + 1));
    }

    private static NanoScheduler Create(List<ulong> ran, SchedulerOptions? options = null)
    {
        var core = new NanoScheduler(options ?? new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        core.RegisterHandler("run", new CallHandler(ran.Add));
        return core;
    }

    private static void AssertOrder(List<ulong> ran, IEnumerable<ulong> expected)
    {
        ulong[] order = [.. expected];
        int same = 0;
        while (same < ran.Count && same < order.Length && ran[same] == order[same])
        {
            same++;
        }
        Assert.True(same == order.Length && ran.Count == order.Length, $"{ran.Count} of {order.Length} ran; the order differs at {same}");
    }
}
