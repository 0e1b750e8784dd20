using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>The run loop in real time: how it ends, and that it wakes.</summary>
public sealed class RealRunTests
{
    private const int Generous = 5000;
    private const ulong Second = 1_000_000_000;
    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Fact]
    public void A_run_executes_tasks_when_they_are_due_and_not_before()
    {
        List<(ulong Id, ulong Now)> ran = [];
        using NanoScheduler core = Create(id => ran.Add((id, NanoClock.NowNanoseconds())));
        ulong start = NanoClock.NowNanoseconds();
        ulong[] times = [start + 3_000_000, start + 1_000_000, start + 20_000_000, start - 5, start + 2_000_000];
        foreach (ulong time in times)
        {
            core.ScheduleTask(time, 0, Plain, []);
        }
        core.Run(start + 10_000_000, () => false);
        Assert.InRange(NanoClock.NowNanoseconds(), start + 10_000_000, start + (10 * Second));
        Assert.Equal([4, 2, 5, 1], ran.Select(r => (int)r.Id));
        Assert.All(ran, r => Assert.True(r.Now >= times[r.Id - 1], $"{r.Id} ran {times[r.Id - 1] - r.Now} ns early"));
        Assert.Equal(4ul, core.GetQueueStatus().PerformanceMetrics.Lateness.Count);
        Assert.Equal(times[2], core.GetNextExecutionTime());
    }

    [Fact]
    public void A_run_until_a_time_that_has_passed_ends()
    {
        using NanoScheduler core = Create(_ => { });
        core.Run(0, () => false);
        core.Run(NanoClock.NowNanoseconds() - 1, () => false);
    }

    [Fact]
    public void A_run_ends_soon_after_it_is_told_to_stop()
    {
        using NanoScheduler core = Create(_ => { });
        core.ScheduleTask(NanoClock.NowNanoseconds() + (1000 * Second), 0, Plain, []);
        bool stop = false;
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => Volatile.Read(ref stop)));
        Thread.Sleep(30);
        Volatile.Write(ref stop, true);
        group.Join();
        Assert.Equal(1ul, core.GetQueueStatus().PendingTasks);
    }

    [Fact]
    public void A_run_that_waits_wakes_when_an_earlier_task_arrives()
    {
        using var woken = new SemaphoreSlim(0);
        using NanoScheduler core = Create(_ => woken.Release());
        core.ScheduleTask(NanoClock.NowNanoseconds() + (1000 * Second), 0, Plain, []);
        bool stop = false;
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => Volatile.Read(ref stop)));
        for (int i = 0; i < 20; i++)
        {
            Thread.Sleep(i % 7);
            core.ScheduleTask(NanoClock.NowNanoseconds(), 0, Plain, []);
            Assert.True(woken.Wait(Generous), $"wake-up {i} was missed");
        }
        core.RescheduleTask(1, 0);
        Assert.True(woken.Wait(Generous), "the wake-up by a rescheduled task was missed");
        core.ScheduleRecurringTask(1_000_000, 0, Plain, [], 3);
        core.ScheduleBatch([new BatchTask { StructSize = 40, Handler = 1, ExecuteTime = 1 }], []);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(woken.Wait(Generous), "the wake-up by a series or a batch was missed");
        }
        Volatile.Write(ref stop, true);
        group.Join();
    }

    [Fact]
    public void Calls_after_disposing_are_refused()
    {
        NanoScheduler core = Create(_ => { });
        core.ScheduleTask(0, 0, Plain, [1]);
        core.ExecuteReadyTasks(1);
        core.ScheduleTask(0, 0, Plain, [1]);
        core.Dispose();
        AssertDisposed(core);
    }

    [Fact]
    public void Disposing_from_another_thread_ends_a_run()
    {
        for (int round = 0; round < 20; round++)
        {
            NanoScheduler core = Create(_ => { });
            core.ScheduleRecurringTask(round % 2 == 0 ? 1000 : 1000 * Second, 0, Plain, [1, 2], SchedulingLimits.Unlimited);
            var group = new ThreadGroup().Start(() => EndsWell(() => core.Run(ulong.MaxValue, () => false)));
            Thread.Sleep(round % 5);
            core.Dispose();
            group.Join();
            AssertDisposed(core);
        }
    }

    [Fact]
    public void Disposing_while_others_call_gives_them_an_exception_and_no_crash()
    {
        for (int round = 0; round < 30; round++)
        {
            NanoScheduler core = Create(_ => { });
            var group = new ThreadGroup().Start(() => EndsWell(() => core.Run(ulong.MaxValue, () => false)));
            for (int p = 0; p < 4; p++)
            {
                int producer = p;
                group.Start(() => Assert.IsType<ObjectDisposedException>(Record.Exception(() => CallWithoutEnd(core, producer))));
            }
            Thread.Sleep(round % 10);
            core.Dispose();
            group.Join();
        }
    }

    [Fact]
    public void A_handler_may_dispose_of_its_own_scheduler()
    {
        NanoScheduler? core = null;
        core = Create(_ => core!.Dispose());
        core.ScheduleTask(0, 0, Plain, [1]);
        core.ScheduleTask(0, 0, Plain, [1]);
        EndsWell(() => core.Run(ulong.MaxValue, () => false));
        AssertDisposed(core);
    }

    [Fact]
    public void A_second_run_on_another_thread_is_refused()
    {
        using var running = new ManualResetEventSlim();
        using NanoScheduler core = Create(_ => running.Set());
        core.ScheduleTask(0, 0, Plain, []);
        bool stop = false;
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => Volatile.Read(ref stop)));
        Assert.True(running.Wait(Generous));
        Assert.Throws<BusyException>(() => core.Run(ulong.MaxValue, () => true));
        Volatile.Write(ref stop, true);
        group.Join();
        core.Run(1, () => false);
    }

    [Fact]
    public void Calls_of_other_threads_are_not_taken_for_those_of_the_handler_that_runs()
    {
        using var running = new ManualResetEventSlim();
        using var called = new CountdownEvent(2);
        NanoScheduler? core = null;
        core = Create(id =>
        {
            if (id == 1)
            {
                running.Set();
                Assert.True(called.Wait(Generous));
                Thread.Sleep(50);   // by now the two calls wait for this handler
                core!.ScheduleTask(0, 0, Plain, []);
            }
        });
        using (core)
        {
            core.ScheduleTask(0, 0, Plain, []);
            bool stop = false;
            var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => Volatile.Read(ref stop)));
            Assert.True(running.Wait(Generous));
            SchedulerSnapshot? snapshot = null;
            var others = new ThreadGroup();
            others.Start(() =>
            {
                called.Signal();
                snapshot = core.Snapshot();
            });
            others.Start(() =>
            {
                called.Signal();
                core.AdvanceTime(1);
            });
            try
            {
                others.Join();
            }
            finally
            {
                Volatile.Write(ref stop, true);
                group.Join();
            }
            Assert.NotNull(snapshot);
        }
    }

    [Fact]
    public void A_handler_that_runs_long_does_not_hold_up_those_who_schedule()
    {
        using var running = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        List<ulong> ran = [];
        using NanoScheduler core = Create(id =>
        {
            ran.Add(id);
            if (ran.Count == 1)
            {
                running.Set();
                Assert.True(release.Wait(Generous));
            }
        });
        core.ScheduleTask(0, 0, Plain, []);
        var group = new ThreadGroup().Start(() => core.Run(ulong.MaxValue, () => ran.Count == 3));
        Assert.True(running.Wait(Generous));
        ulong second = core.ScheduleTask(1, 0, Plain, []);
        ulong third = core.ScheduleTask(0, 0, Plain, []);
        Assert.True(third > second);
        release.Set();
        group.Join();
        Assert.Equal([1, third, second], ran);
    }

    private static NanoScheduler Create(Action<ulong> seen)
    {
        var core = new NanoScheduler(new SchedulerOptions(), new WorkerHost(null));
        core.RegisterHandler("run", new CallHandler(seen));
        return core;
    }

    private static void CallWithoutEnd(NanoScheduler core, int producer)
    {
        while (true)
        {
            ulong id = core.ScheduleTask(NanoClock.NowNanoseconds() + 1_000_000, 0, Plain, [1, 2, 3, 4, 5]);
            if (producer > 0)
            {
                core.GetQueueStatus();
                core.GetNextExecutionTime();
            }
            if (producer > 1)
            {
                Assert.True(Record.Exception(() => core.CancelTask(id)) is null or NotFoundException or ObjectDisposedException);
            }
        }
    }

    private static void EndsWell(Action run) => Assert.True(Record.Exception(run) is null or ObjectDisposedException);

    private static void AssertDisposed(NanoScheduler core)
    {
        Assert.Throws<ObjectDisposedException>(() => core.ScheduleTask(0, 0, Plain, []));
        Assert.Throws<ObjectDisposedException>(() => core.CancelTask(1));
        Assert.Throws<ObjectDisposedException>(() => core.ExecuteReadyTasks(1));
        Assert.Throws<ObjectDisposedException>(() => core.GetNextExecutionTime());
        Assert.Throws<ObjectDisposedException>(() => core.GetQueueStatus());
        Assert.Throws<ObjectDisposedException>(() => core.Run(0, () => true));
        core.Dispose();
    }

    [Fact]
    public void The_host_is_asked_too_when_there_is_always_something_to_do()
    {
        FixedHost host = new(step: 1) { CancelAfter = 3 };
        using NanoScheduler core = new(new SchedulerOptions(), host);
        int ran = 0;
        core.RegisterHandler("run", new CallHandler(_ =>
        {
            ran++;
            core.ScheduleTask(0, 0, Plain, []);
        }));
        core.ScheduleTask(0, 0, Plain, []);
        Assert.Throws<OperationCanceledException>(() => core.Run(ulong.MaxValue, () => ran > 100_000));
    }
}
