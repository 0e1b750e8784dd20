using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>Schedulers that live for a moment, are used by two threads at once and let go at any time.</summary>
public sealed class DisposeStressTests
{
    private static readonly TaskSpec Plain = TestedScheduler.Plain;
    private static readonly TaskSpec Late = Plain with { DeadlineNs = 1 };

    [Fact]
    public void Once_disposed_of_it_is_closed_whoever_was_leaving() => Rounds(
        core => core.GetNextExecutionTime(),
        core => Assert.Throws<ObjectDisposedException>(() => core.GetNextExecutionTime()));

    /// <summary>If it were refused all the same its data would be freed twice, which ends the process.</summary>
    [Fact]
    public void A_call_that_was_handed_over_and_made_is_not_refused_for_a_closing_right_after() => Rounds(
        core => core.ScheduleTask(ulong.MaxValue - 1, 0, Late, [1, 2, 3]),
        _ => { });

    [Fact]
    public void It_may_be_disposed_of_in_the_middle_of_anything()
    {
        BatchTask[] batch = new BatchTask[3];
        Array.Fill(batch, new BatchTask { StructSize = 40, Handler = 1, ExecuteTime = 1 });
        int call = 0;
        Rounds(
            core =>
            {
                switch (Interlocked.Increment(ref call) % 9)
                {
                    case 0: core.ScheduleTask(1, 0, Plain, [1, 2]); break;
                    case 1: core.ScheduleTask(ulong.MaxValue - 1, 0, Late, [1, 2]); break;
                    case 2: core.ScheduleRecurringTask(1, 0, Plain, [1], 5); break;
                    case 3: core.ScheduleBatch(batch, []); break;
                    case 4: core.GetQueueStatus(); break;
                    case 5: core.ExecuteReadyTasks(3); break;
                    case 6: core.Snapshot(); break;
                    case 7: core.AdvanceTime(1); break;
                    default: core.Run(NanoClock.NowNanoseconds() + 10_000, () => false); break;
                }
            },
            core => Assert.Throws<ObjectDisposedException>(() => core.ScheduleTask(0, 0, Plain, [1])));
    }

    /// <summary>One thread uses the scheduler a few times while the other does and disposes of it.</summary>
    private static void Rounds(Action<NanoScheduler> use, Action<NanoScheduler> check)
    {
        NanoScheduler? core = null;
        int round = 0;
        int ended = 0;
        var group = new ThreadGroup().Start(() =>
        {
            var random = new Random(1);
            for (int i = 1; ; i++)
            {
                Stress.SpinUntil(() => Volatile.Read(ref round) >= i);
                if (core is null)
                {
                    return;
                }
                Use(core, use, random.Next(100));
                Volatile.Write(ref ended, i);
            }
        });
        var random = new Random(2);
        int rounds = 0;
        for (DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(Stress.Seconds); DateTime.UtcNow < end;)
        {
            rounds++;
            core = new NanoScheduler(new SchedulerOptions { CapacityTasks = 1000 }, new WorkerHost(null));
            core.RegisterHandler("run", new CallHandler(_ => { }));
            if (rounds % 2 == 0)
            {
                core.GetNextExecutionTime();
            }
            Volatile.Write(ref round, rounds);
            Use(core, use, random.Next(30));
            core.Dispose();
            Stress.SpinUntil(() => Volatile.Read(ref ended) >= rounds);
            check(core);
        }
        core = null;
        Volatile.Write(ref round, rounds + 1);
        group.Join();
    }

    private static void Use(NanoScheduler core, Action<NanoScheduler> use, int times)
    {
        try
        {
            for (int i = 0; i < times; i++)
            {
                try
                {
                    use(core);
                }
                catch (Exception refusal) when (refusal is BusyException or LimitExceededException)
                {
                    // The other one runs it, or it is full.
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // As it should be.
        }
    }
}
