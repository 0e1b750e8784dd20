using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>Calls that other threads make while a task runs.</summary>
public class HandedOverCallsTests
{
    [Fact]
    public void A_call_that_waits_for_the_end_of_a_task_is_not_taken_for_one_of_its_handler()
    {
        NanoScheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        using ManualResetEventSlim inside = new();
        using ManualResetEventSlim handed = new();
        scheduler.RegisterHandler("busy", new Busy(() =>
        {
            inside.Set();
            handed.Wait();
            Thread.Sleep(50);   // the other call is in the post box by now
            scheduler.GetQueueStatus();
        }));
        scheduler.ScheduleTask(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "busy") }, []);
        Exception? refusal = null;
        Thread other = new(() =>
        {
            inside.Wait();
            handed.Set();
            refusal = Record.Exception(() => scheduler.AdvanceTime(5));
        });
        other.Start();
        Assert.True(scheduler.ExecuteReadyTasks(1).TasksExecuted[0].Success);
        other.Join();
        Assert.Null(refusal);
        Assert.Equal(5UL, scheduler.GetQueueStatus().CurrentTime);
        scheduler.Dispose();
    }

    private sealed class Busy(Action action) : TaskHandler
    {
        public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
        {
            action();
            return 0;
        }
    }
}
