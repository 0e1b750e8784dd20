using System.Collections.Concurrent;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>A scheduler that one thread has had for itself when a second one comes.</summary>
public sealed class FirstThreadTests
{
    private const int Rounds = 200;
    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Fact]
    public void A_second_thread_may_come_at_any_moment()
    {
        const int Each = 40;
        NanoScheduler core = Create();
        ConcurrentDictionary<ulong, int> ids = [];
        int round = 0;
        using var barrier = new Barrier(2);
        void Play(int player)
        {
            var random = new Random(player);
            for (int i = 0; i < Rounds; i++)
            {
                if (player == 0)
                {
                    core.ScheduleTask(0, 0, Plain, [1]);
                }
                barrier.SignalAndWait();
                Thread.SpinWait(random.Next(200));
                for (int j = 0; j < Each; j++)
                {
                    ulong id = core.ScheduleTask((ulong)random.Next(100), 0, Plain, [1, 2]);
                    Assert.True(ids.TryAdd(id, player), $"id {id} was given twice");
                    if (j % 4 == 0)
                    {
                        core.CancelTask(id);
                    }
                }
                barrier.SignalAndWait();
                if (player == 0)
                {
                    AssertCounts(core, 2 * Each * 3 / 4, round++);
                    core.Dispose();
                    core = Create();
                    ids.Clear();
                }
                barrier.SignalAndWait();
            }
        }
        new ThreadGroup().Start(() => Play(0)).Start(() => Play(1)).Join();
        core.Dispose();
        Assert.Equal(Rounds, round);
    }

    [Fact]
    public void Disposing_when_a_second_thread_comes_ends_its_call()
    {
        NanoScheduler core = Create();
        int started = 0;
        int ended = 0;
        bool stop = false;
        var group = new ThreadGroup().Start(() =>
        {
            for (int round = 1; ; round++)
            {
                SpinUntil(() => Volatile.Read(ref started) >= round || Volatile.Read(ref stop));
                if (Volatile.Read(ref stop))
                {
                    return;
                }
                Thread.SpinWait(round % 37 * 3);
                // Whether it came first or not: it ends.
                Assert.True(Record.Exception(() => core.ExecuteReadyTasks(1)) is null or ObjectDisposedException);
                Volatile.Write(ref ended, round);
            }
        });
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(1.5);
        for (int round = 1; DateTime.UtcNow < end; round++)
        {
            core = Create();
            core.GetNextExecutionTime();
            Volatile.Write(ref started, round);
            Thread.SpinWait(round % 41 * 2);
            core.Dispose();
            Assert.True(SpinUntil(() => Volatile.Read(ref ended) >= round), $"the call of round {round} did not end");
        }
        Volatile.Write(ref stop, true);
        group.Join();
    }

    private static bool SpinUntil(Func<bool> condition)
    {
        SpinWait spin = default;
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(10);
        while (!condition())
        {
            if (spin.Count % 100 == 99 && DateTime.UtcNow > end)
            {
                return false;
            }
            spin.SpinOnce(sleep1Threshold: -1);
        }
        return true;
    }

    private static void AssertCounts(NanoScheduler core, int kept, int round)
    {
        ulong expected = (ulong)kept + 1;
        QueueStatus status = core.GetQueueStatus();
        Assert.True(status.PendingTasks == expected && status.DataBytes == (2 * expected) - 1, $"round {round}: {status.PendingTasks} pending, {status.DataBytes} bytes");
        Assert.Equal(expected, core.ExecuteReadyBatch(ulong.MaxValue, []));
        Assert.Equal(expected, core.GetQueueStatus().PerformanceMetrics.TasksExecuted);
    }

    private static NanoScheduler Create()
    {
        var core = new NanoScheduler(new SchedulerOptions { CapacityTasks = 1000 }, new WorkerHost(null));
        core.RegisterHandler("run", new CallHandler(_ => { }));
        return core;
    }
}
