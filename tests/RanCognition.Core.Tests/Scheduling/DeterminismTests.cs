using System.Text;
using RanCognition.Contracts;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData(TimeMode.Virtual)]
    [InlineData(TimeMode.Real)]
    public void The_same_calls_give_the_same_results(TimeMode mode)
    {
        string first = Play(mode);
        Assert.Equal(first, Play(mode));
        Assert.Contains("TaskId = 40", first);
    }

    [Fact]
    public void With_a_clock_that_moves_times_are_taken_from_it()
    {
        using var core = new NanoScheduler(new SchedulerOptions { Mode = TimeMode.Real }, new FixedHost(1000, 10));
        core.RegisterHandler("run", new CallHandler(_ => { }));
        core.ScheduleTask(1000, 0, TestedScheduler.Plain, []);
        ExecutionResults results = core.ExecuteReadyTasks(1);
        TaskResult result = Assert.Single(results.TasksExecuted);
        Assert.True(result.ExecutionTime > 0 && result.LatenessNs is >= 10 and < 1000, $"{result.ExecutionTime}, {result.LatenessNs}");
        Assert.InRange(results.CurrentTime, 1010ul, 2000ul);
    }

    [Fact]
    public void In_real_mode_a_series_starts_at_the_clock_and_advancing_adds_to_it()
    {
        using var core = new NanoScheduler(new SchedulerOptions { Mode = TimeMode.Real }, new FixedHost(1000));
        core.RegisterHandler("run", new CallHandler(_ => { }));
        core.ScheduleRecurringTask(10, 0, TestedScheduler.Plain, [], 3);
        Assert.Equal(1000ul, core.GetNextExecutionTime());
        Assert.Single(core.ExecuteReadyTasks(9).TasksExecuted);
        core.AdvanceTime(15);
        TaskResult result = Assert.Single(core.ExecuteReadyTasks(9).TasksExecuted);
        Assert.Equal((2ul, 1010ul, 5ul), (result.TaskId, result.ExecuteTime, result.LatenessNs));
        Assert.Equal(1015ul, core.GetQueueStatus().CurrentTime);
    }

    private static string Play(TimeMode mode)
    {
        using var core = new NanoScheduler(new SchedulerOptions { Mode = mode }, new FixedHost(100));
        core.RegisterHandler("run", new CallHandler((id, _, data, reply) =>
        {
            reply.Append(data);
            if (id % 5 == 0 && id < 500)
            {
                core.ScheduleTask(id, 0, TestedScheduler.Plain, [1]);
            }
            return (int)(id % 3);
        }));
        var text = new StringBuilder();
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            core.ScheduleTask((ulong)random.Next(300), (byte)random.Next(3), TestedScheduler.Plain, [(byte)i]);
            if (i % 50 == 0)
            {
                core.ScheduleRecurringTask(7, 0, TestedScheduler.Plain with { Retry = new RetryPolicy(2, 3, 1.5, 10) }, [], 10);
            }
            if (i % 7 == 0)
            {
                core.AdvanceTime((ulong)random.Next(20));
                ExecutionResults results = core.ExecuteReadyTasks(9);
                foreach (TaskResult result in results.TasksExecuted)
                {
                    text.AppendLine((result with { Reply = default }).ToString()).AppendLine(Convert.ToHexString(result.Reply.Span));
                }
                text.AppendLine($"{results.CurrentTime} {results.TotalTasks} {results.ExecutionTime} {results.PerformanceMetrics}");
                text.AppendLine(core.GetQueueStatus().ToString());
            }
        }
        return text.ToString();
    }
}
