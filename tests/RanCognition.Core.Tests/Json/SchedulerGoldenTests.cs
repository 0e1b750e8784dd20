using System.Buffers;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

/// <summary>Results of the scheduler, made by hand, byte for byte those in tests/golden. UPDATE_GOLDEN=1 writes the files anew; the difference is to be looked at.</summary>
public class SchedulerGoldenTests
{
    private static readonly SchedulerMetrics Metrics = new()
    {
        TasksScheduled = 9, TasksExecuted = 8, TasksFailed = 2, LastExecutionTime = 1200, AverageExecutionTime = 1000.0 / 3, ErrorCount = 1, TasksCancelled = 3, TasksRetried = 4,
        DeadlinesMissed = 5, TasksDropped = 6, PeriodsSkipped = 7, Lateness = new LatenessSummary(8, 50, 99, 999, ulong.MaxValue),
    };

    private static TaskResult Done(ulong id, string reply, TaskKind kind = TaskKind.Optimization, string name = "") => Done(id, Encoding.UTF8.GetBytes(reply), kind, name);

    private static TaskResult Done(ulong id, byte[] reply, TaskKind kind = TaskKind.Optimization, string name = "") => new()
    {
        TaskId = id, TaskType = new TaskType(kind, name), Success = true, ExecutionTime = 10 * id, Reply = reply, Error = null, ExecuteTime = 1000 + id, LatenessNs = id, Attempt = 1,
    };

    private static string Text(ExecutionResults results)
    {
        ArrayBufferWriter<byte> target = new();
        JsonOut.ExecutionResults(results, target);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static ExecutionResults Of(params TaskResult[] tasks) => new() { TasksExecuted = tasks, TotalTasks = 1, CurrentTime = 2000, ExecutionTime = 300, PerformanceMetrics = Metrics };

    [Fact]
    public void Execution_results() => Check("scheduler_results", Text(Of(
        Done(1, """{"score":0.5,"text":"ü"}""", TaskKind.TemporalAnalysis),
        Done(2, "", TaskKind.CognitiveProcessing),
        Done(3, "done", TaskKind.MemoryOperation),
        Done(4, " [1, 2] ", TaskKind.StrangeLoop),
        Done(5, [0xFF, 0x00], TaskKind.Custom, "tilt \"north\""),
        Done(ulong.MaxValue, "18446744073709551615"),
        Done(7, "") with { Success = false, Error = "handler 'tilt' returned -3", Attempt = 2, RetryAt = 5000 })));

    [Fact]
    public void Queue_status()
    {
        ArrayBufferWriter<byte> target = new();
        JsonOut.QueueStatus(
            new QueueStatus
            {
                PendingTasks = 1, ActiveTasks = 2, CompletedTasks = 3, CurrentTime = 4, NextExecutionTime = ulong.MaxValue, PerformanceMetrics = Metrics, WaitingTasks = 5, Capacity = 6,
                DataBytes = 7, ExecutionTime = 8, Ignored = [new IgnoredField("/threads", "unknown field")],
            },
            target);
        Check("scheduler_status", Encoding.UTF8.GetString(target.WrittenSpan));
    }

    [Fact]
    public void A_snapshot()
    {
        SnapshotTask plain = new() { Id = 4, ExecuteTime = 100, Priority = 0, Spec = new TaskSpec { Type = new TaskType(TaskKind.TemporalAnalysis) }, Data = "{\"id\":\"p\"}"u8.ToArray() };
        TaskSpec custom = new() { Type = new TaskType(TaskKind.Custom, "tilt") };
        ArrayBufferWriter<byte> target = new();
        JsonOut.Snapshot(
            new SchedulerSnapshot
            {
                Mode = TimeMode.Virtual, CurrentTime = 42, NextTaskId = 20,
                Tasks =
                [
                    plain,
                    plain with { Id = 5, Data = [0, 1, 254, 255], Spec = custom, FailedAttempts = 2, FailedDependency = 3 },
                    plain with { Id = 7, Data = null, Payload = ulong.MaxValue, Spec = custom, SeriesId = 6, Interval = 1_000_000, MaxExecutions = uint.MaxValue, Executions = 1, PeriodTime = 90 },
                    plain with
                    {
                        Id = 9, Data = [],
                        Spec = custom with { After = [4, 5], DeadlineNs = 50, DropLate = true, Retry = new RetryPolicy(3, 10, 2, 100), Missed = MissedPeriods.Skip },
                    },
                ],
            },
            target);
        Check("scheduler_snapshot", Encoding.UTF8.GetString(target.WrittenSpan));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("-0.5e-3")]
    [InlineData("\"a\\n\"")]
    [InlineData("{\"a\":{\"b\":[]}}")]
    [InlineData("\t[\n]\r\n")]
    public void A_reply_that_is_json_is_embedded_as_it_is(string reply) => Assert.Contains($"\"Ok\":{reply}}}", Text(Of(Done(1, reply))));

    [Theory]
    [InlineData("done")]
    [InlineData(" ")]
    [InlineData("true story")]
    [InlineData("1 2")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("\"\\ud800\"")]
    [InlineData("ü\u0000\"")]
    public void Any_other_text_becomes_a_string(string reply)
    {
        using JsonDocument document = JsonDocument.Parse(Text(Of(Done(1, reply))));
        Assert.Equal(reply, document.RootElement.GetProperty("tasks_executed")[0].GetProperty("data").GetProperty("Ok").GetString());
    }

    [Fact]
    public void A_deep_reply_never_makes_a_result_that_the_library_could_not_read()
    {
        string deep(int levels) => new string('[', levels) + new string(']', levels);
        Assert.Contains($"\"Ok\":{deep(60)}}}", Text(Of(Done(1, deep(60)))));
        foreach (int levels in (int[])[60, 61, 64, 1000])
        {
            using JsonDocument document = JsonIn.Document(Encoding.UTF8.GetBytes(Text(Of(Done(1, deep(levels))))), "result");
            JsonElement reply = document.RootElement.GetProperty("tasks_executed")[0].GetProperty("data").GetProperty("Ok");
            Assert.Equal(levels <= 60 ? JsonValueKind.Array : JsonValueKind.String, reply.ValueKind);
        }
    }

    private static void Check(string name, string text)
    {
        string path = TestPaths.Golden(name + ".json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text + "\n");
        }
        Assert.Equal(File.ReadAllText(path), text + "\n");
    }
}
