using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>Tests that look at the managed memory of the process, so nothing else runs beside them.</summary>
[CollectionDefinition(nameof(ManagedMemoryTests), DisableParallelization = true)]
[Collection(nameof(ManagedMemoryTests))]
public sealed class ManagedMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_when_those_that_wait_are_cancelled()
    {
        using NanoScheduler core = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        core.ScheduleTask(1_000_000, 0, TestedScheduler.Plain, []);
        TaskSpec after = TestedScheduler.Plain with { After = [1] };
        core.CancelTask(core.ScheduleTask(0, 0, after, []));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 300_000; i++)
        {
            core.CancelTask(core.ScheduleTask(0, 0, after, []));
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200_000);
        GC.KeepAlive(core);
    }

    [Fact]
    public void Tasks_take_no_managed_memory()
    {
        const int Tasks = 200_000;
        using NanoScheduler core = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        core.RegisterHandler("run", new CallHandler(_ => { }));
        PreparedType type = core.Prepare(TestedScheduler.Plain);
        byte[] data = new byte[16];
        long Round()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Tasks; i++)
            {
                ulong id = core.ScheduleTask((ulong)(i % 1000), 0, type, data);
                if (i % 3 == 0)
                {
                    core.RescheduleTask(id, (ulong)i);
                }
                if (i % 5 == 0)
                {
                    core.CancelTask(id);
                }
            }
            core.AdvanceTime(Tasks);
            core.ExecuteReadyBatch(ulong.MaxValue, []);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Round();
        Assert.InRange(Round(), 0, Tasks / 10);
    }
}
