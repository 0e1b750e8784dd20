using System.Buffers;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Modules;
using RanCognition.Scheduling;
using RanCognition.Temporal;

namespace RanCognition.Tests.Modules;

public class TemporalAnalysisTasksTests
{
    private static readonly byte[] Problem = Encoding.UTF8.GetBytes(
        $$"""{"id":"p","network_id":"n","seed":7,"current_state":{},"constraints":["a <= 80"],"history":{"a":{"start_ns":0,"step_ns":900000000000,"values":[{{string.Join(',', Enumerable.Range(0, 60).Select(i => 50 + i % 24))}}]} } }""");

    private static readonly TaskSpec Analysis = new() { Type = new TaskType(TaskKind.TemporalAnalysis) };

    private static NanoScheduler Scheduler()
    {
        NanoScheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        scheduler.SetCore(TaskKind.TemporalAnalysis, new TemporalAnalysisTasks(50, 8, new FixedHost()));
        return scheduler;
    }

    private static string Reply(TaskResult result) => Encoding.UTF8.GetString(result.Reply.Span);

    [Fact]
    public void The_reply_is_what_the_core_itself_answers()
    {
        using NanoScheduler scheduler = Scheduler();
        scheduler.ScheduleTask(0, 0, Analysis, Problem);
        TaskResult result = Assert.Single(scheduler.ExecuteReadyTasks(1).TasksExecuted);

        TemporalReasoningCore core = new(50, 8, new FixedHost());
        ArrayBufferWriter<byte> answer = new();
        JsonOut.TemporalAnalysis(core.ExpandSubjectiveTime(JsonIn.Problem(Problem, "data"), [], core.StartCall()), answer);
        Assert.Equal(Encoding.UTF8.GetString(answer.WrittenSpan), Reply(result));
    }

    [Fact]
    public void One_core_serves_all_tasks_of_a_scheduler()
    {
        using NanoScheduler scheduler = Scheduler();
        for (int i = 0; i < 3; i++)
        {
            scheduler.ScheduleTask(0, 0, Analysis, Problem);
        }
        ulong[] executions = [.. scheduler.ExecuteReadyTasks(9).TasksExecuted.Select(result =>
        {
            using JsonDocument reply = JsonDocument.Parse(result.Reply);
            return reply.RootElement.GetProperty("performance_metrics").GetProperty("total_executions").GetUInt64();
        })];
        Assert.Equal([1UL, 2UL, 3UL], executions);
    }

    [Theory]
    [InlineData("", "data: ")]
    [InlineData("{", "data: ")]
    [InlineData("""{"id":7}""", "data: /id: expected a string")]
    public void Data_that_is_no_problem_makes_the_task_fail_and_the_next_one_run(string data, string error)
    {
        using NanoScheduler scheduler = Scheduler();
        scheduler.ScheduleTask(0, 0, Analysis, Encoding.UTF8.GetBytes(data));
        scheduler.ScheduleTask(0, 0, Analysis, Problem);
        IReadOnlyList<TaskResult> results = scheduler.ExecuteReadyTasks(9).TasksExecuted;
        Assert.False(results[0].Success);
        Assert.StartsWith(error, results[0].Error);
        Assert.True(results[1].Success);
    }
}
