using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

public class SnapshotRoundTripTests
{
    private static byte[] Write(SchedulerSnapshot snapshot)
    {
        ArrayBufferWriter<byte> target = new();
        JsonOut.Snapshot(snapshot, target);
        return target.WrittenSpan.ToArray();
    }

    private static SchedulerSnapshot Read(string text) => JsonIn.Snapshot(Encoding.UTF8.GetBytes(text), "snapshot");

    private static SnapshotTask Task(byte[]? data, ulong payload = 0) => new()
    {
        Id = ulong.MaxValue - 1, ExecuteTime = ulong.MaxValue - 1, Priority = 255, Spec = new TaskSpec { Type = new TaskType(TaskKind.Custom, "a\"\u0001/ü𝄞") }, Data = data, Payload = payload,
    };

    private static SchedulerSnapshot Of(params SnapshotTask[] tasks) => new() { Mode = TimeMode.Virtual, CurrentTime = ulong.MaxValue - 1, NextTaskId = ulong.MaxValue, Tasks = tasks };

    private static void CheckSame(SchedulerSnapshot expected)
    {
        byte[] text = Write(expected);
        SchedulerSnapshot read = JsonIn.Snapshot(text, "snapshot");
        Assert.Equal(text, Write(read));
        Assert.Equal((expected.Mode, expected.CurrentTime, expected.NextTaskId, expected.Tasks.Count), (read.Mode, read.CurrentTime, read.NextTaskId, read.Tasks.Count));
        foreach ((SnapshotTask was, SnapshotTask @is) in expected.Tasks.Zip(read.Tasks))
        {
            Assert.Equal(was.Data, @is.Data);
            Assert.Equal(was.Spec.After, @is.Spec.After);
            // Lists and arrays are compared above; the rest by value.
            Assert.Equal(was with { Data = null, Spec = was.Spec with { After = [] } }, @is with { Data = null, Spec = @is.Spec with { After = [] } });
        }
    }

    [Fact]
    public void Data_of_any_bytes_comes_back_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), data => CheckSame(Of(Task(data ?? [])))).QuickCheckThrowOnFailure();

    [Fact]
    public void Data_of_any_text_comes_back_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => CheckSame(Of(Task(Encoding.UTF8.GetBytes(text ?? ""))))).QuickCheckThrowOnFailure();

    [Fact]
    public void Payloads_series_retries_and_wishes_come_back_as_they_were() => CheckSame(Of(
        Task(null, ulong.MaxValue),
        Task(null),
        Task([]) with { SeriesId = ulong.MaxValue, Interval = ulong.MaxValue - 1, MaxExecutions = uint.MaxValue, Executions = ulong.MaxValue, PeriodTime = ulong.MaxValue },
        Task([0, 255]) with { FailedAttempts = uint.MaxValue, FailedDependency = ulong.MaxValue },
        Task("{\"a\":1}"u8.ToArray()) with
        {
            Spec = new TaskSpec
            {
                Type = new TaskType(TaskKind.TemporalAnalysis), After = [1, ulong.MaxValue], DeadlineNs = ulong.MaxValue, DropLate = true,
                Retry = new RetryPolicy(1000, 1, 0.1 + 0.9000000000000001, SchedulingLimits.TimeMax), Missed = MissedPeriods.FromNow,
            },
        },
        Task("\0"u8.ToArray()) with { Spec = new TaskSpec { Type = new TaskType(TaskKind.StrangeLoop), DeadlineNs = 0, Missed = MissedPeriods.CatchUp } }));

    [Fact]
    public void A_series_whose_period_has_no_time_of_its_own_has_that_of_its_next_execution()
    {
        SnapshotTask task = Read("""{"version":1,"mode":"real","current_time":0,"next_task_id":9,"tasks":[{"id":4,"execute_time":7,"priority":1,"type":"Optimization","payload":0,"series_id":3}]}""").Tasks[0];
        Assert.Equal((7UL, 7UL), (task.ExecuteTime, task.PeriodTime));
    }

    [Theory]
    [InlineData("""{"version":2,"mode":"real","current_time":0,"next_task_id":1,"tasks":[]}""")]
    [InlineData("""{"version":1,"mode":"real","current_time":0,"next_task_id":1,"tasks":[{"id":1,"execute_time":1,"priority":256,"type":"Optimization","data":""}]}""")]
    public void Values_that_cannot_be_used_are_refused(string text) =>
        Assert.StartsWith("snapshot: /", Assert.Throws<InvalidInputException>(() => Read(text)).Message);

    [Theory]
    [InlineData("{}", "field 'version' is missing")]
    [InlineData("""{"version":1,"mode":"past","current_time":0,"next_task_id":1,"tasks":[]}""", "/mode: 'past' is none of: real or virtual")]
    [InlineData("""{"version":1,"mode":"real","current_time":0,"next_task_id":1,"tasks":[{"id":1,"execute_time":1,"priority":1,"type":"Optimisation","data":""}]}""", "/tasks/0/type: 'Optimisation' is none of: TemporalAnalysis")]
    [InlineData("""{"version":1,"mode":"real","current_time":0,"next_task_id":1}""", "field 'tasks' is missing")]
    [InlineData("""{"version":1,"mode":"real","current_time":0,"next_task_id":1,"tasks":[],"more":1}""", "/more: unknown field")]
    [InlineData("""{"tasks":[{"id":1,"execute_time":1,"priority":1,"data":""}]}""", "/tasks/0: field 'type' is missing")]
    [InlineData("""{"tasks":[{"id":1,"execute_time":1,"priority":1,"type":"Optimization"}]}""", "/tasks/0: none of data, data_base64 and payload is there")]
    [InlineData("""{"tasks":[{"data":"","payload":1}]}""", "/tasks/0/payload: a task has one of")]
    [InlineData("""{"tasks":[{"data_base64":"%"}]}""", "/tasks/0/data_base64: the string is not base64")]
    [InlineData("""{"tasks":[{"data_base64":"\ud800"}]}""", "/tasks/0/data_base64: the string is not valid Unicode")]
    [InlineData("""{"tasks":[{"data":"\ud800"}]}""", "/tasks/0/data: the string is not valid Unicode")]
    [InlineData("""{"tasks":[{"what":1}]}""", "/tasks/0/what: unknown field")]
    [InlineData("""{"tasks":[{"id":-1}]}""", "/tasks/0/id: expected a whole number")]
    public void What_is_no_snapshot_is_refused_with_its_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidJsonException>(() => Read(text)).Message);
}
