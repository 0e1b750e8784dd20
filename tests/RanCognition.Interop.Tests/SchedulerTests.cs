using System.Text;
using System.Text.Json;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Real calls of a scheduler through the built library.</summary>
public class SchedulerTests
{
    private const string Virtual = """{"mode":"virtual"}""";

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static JsonElement Results(Scheduler scheduler) => Parse(scheduler.ExecuteReadyTasksJson()).GetProperty("tasks_executed");

    /// <summary>An example: two KPI readings a second, ten seconds of virtual time.</summary>
    [Fact]
    public void A_handler_runs_at_its_times_and_its_reply_comes_back()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using Scheduler scheduler = new(Virtual);
        List<ulong> ids = [];
        scheduler.RegisterHandler("read-kpi", task =>
        {
            ids.Add(task.Id);
            return $$"""{"cell":"{{Encoding.UTF8.GetString(task.Data)}}"}""";
        });
        ulong first = scheduler.ScheduleRecurringTask(500_000_000, 0, Scheduler.Custom("read-kpi"), "cell-7"u8, maxExecutions: 20);
        scheduler.Run(untilNs: 9_000_000_000);

        Assert.Equal([.. Enumerable.Range(0, 19).Select(i => first + (ulong)i)], ids);
        Assert.Equal(9_500_000_000UL, scheduler.NextExecutionTime);
        scheduler.AdvanceTime(500_000_000);
        JsonElement last = Assert.Single(Results(scheduler).EnumerateArray());
        Assert.Equal("cell-7", last.GetProperty("data").GetProperty("Ok").GetProperty("cell").GetString());
        Assert.Null(scheduler.NextExecutionTime);
        Assert.Equal(20UL, Parse(scheduler.GetQueueStatusJson()).GetProperty("completed_tasks").GetUInt64());
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void A_handler_that_throws_is_a_failed_task_with_its_message()
    {
        using Scheduler scheduler = new(Virtual);
        scheduler.RegisterHandler("bad", _ => throw new InvalidOperationException("no such cell"));
        scheduler.RegisterHandler("good", _ => null);
        scheduler.ScheduleTask(0, 0, Scheduler.Custom("bad"));
        scheduler.ScheduleTask(0, 1, Scheduler.Custom("good"));
        JsonElement results = Results(scheduler);
        Assert.Equal("InvalidOperationException: no such cell", results[0].GetProperty("error").GetString());
        Assert.True(results[1].GetProperty("success").GetBoolean());
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("data").GetProperty("Ok").ValueKind);
    }

    [Fact]
    public void Handlers_stay_alive_and_may_use_the_scheduler()
    {
        using Scheduler scheduler = new(Virtual);
        Register(scheduler);
        scheduler.ScheduleTask(0, 0, Scheduler.Custom("chain"));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        JsonElement results = Results(scheduler);
        Assert.Equal(["\"5\"", "\"4\"", "\"3\"", "\"2\"", "\"1\""], results.EnumerateArray().Select(task => task.GetProperty("data").GetProperty("Ok").GetRawText()));
    }

    private static void Register(Scheduler scheduler)
    {
        int left = 5;
        scheduler.RegisterHandler("chain", task =>
        {
            GC.Collect();
            if (left > 1)
            {
                scheduler.ScheduleTask(0, 0, Scheduler.Custom("chain"));
            }
            return $"\"{left--}\"";
        });
    }

    [Fact]
    public void A_temporal_analysis_runs_as_a_task()
    {
        using Scheduler scheduler = new("""{"mode":"virtual","expansion_factor":20,"temporal_resolution":8}""");
        scheduler.ScheduleTask(0, 0, "\"TemporalAnalysis\"", """{"id":"p1","network_id":"n","current_state":{"RRU.PrbTotDl":65}}"""u8);
        Assert.Equal("p1", Results(scheduler)[0].GetProperty("data").GetProperty("Ok").GetProperty("problem_id").GetString());
    }

    [Fact]
    public void Batches_go_in_and_outcomes_come_out()
    {
        using Scheduler scheduler = new(Virtual);
        ulong sum = 0;
        uint number = scheduler.RegisterHandler("add", task =>
        {
            sum += task.Payload;
            return null;
        });
        ulong[] ids = new ulong[3];
        scheduler.ScheduleBatch([Scheduler.Task(number, 5, 100), Scheduler.Task(number, 4, 200), Scheduler.Task(number, 4, 300, priority: 1)], ids);
        scheduler.AdvanceTime(10);
        RancogTaskOutcome[] outcomes = new RancogTaskOutcome[2];
        Assert.Equal(0, scheduler.ExecuteReadyBatch([]));
        Assert.Equal(2, scheduler.ExecuteReadyBatch(outcomes));
        Assert.Equal([200UL, 300UL], outcomes.Select(outcome => outcome.Payload));
        Assert.Equal([ids[1], ids[2]], outcomes.Select(outcome => outcome.TaskId));
        Assert.Equal((6UL, 0, number), (outcomes[0].LatenessNs, outcomes[0].Status, outcomes[0].Handler));
        Assert.Equal(1, scheduler.ExecuteReadyBatch(outcomes));
        Assert.Equal(600UL, sum);
        Assert.Throws<ArgumentException>(() => scheduler.ScheduleBatch([Scheduler.Task(number, 5)], new ulong[2]));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => scheduler.ScheduleBatch([default])));
    }

    [Fact]
    public void A_queue_is_saved_and_restored()
    {
        using Scheduler first = new(Virtual);
        using Scheduler second = new(Virtual);
        ulong id = first.ScheduleTask(7, 3, Scheduler.Custom("ü \"x\""), [0, 255]);
        string snapshot = first.SnapshotJson();
        second.Restore(snapshot);
        Assert.Equal(snapshot, second.SnapshotJson());
        second.RescheduleTask(id, 9);
        Assert.Equal(9UL, second.NextExecutionTime);
        second.CancelTask(id);
        Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of(() => second.CancelTask(id)));
    }

    [Fact]
    public void A_run_ends_by_its_token_and_by_dispose()
    {
        using (Scheduler scheduler = new())
        {
            using CancellationTokenSource source = new();
            scheduler.RegisterHandler("stop", _ =>
            {
                source.Cancel();
                return null;
            });
            scheduler.ScheduleTask(RanCognitionLibrary.NanoTime + 2_000_000, 0, Scheduler.Custom("stop"));
            scheduler.Run(cancellation: source.Token);
        }
        Scheduler disposed = new();
        using ManualResetEventSlim begun = new();
        disposed.RegisterHandler("begin", _ =>
        {
            begun.Set();
            return null;
        });
        disposed.ScheduleTask(0, 0, Scheduler.Custom("begin"));
        Exception? thrown = null;
        Thread runner = new(() => thrown = Record.Exception(() => disposed.Run()));
        runner.Start();
        Assert.True(begun.Wait(60_000));
        disposed.Dispose();
        Assert.True(runner.Join(60_000));
        Assert.Null(thrown);
        Assert.Throws<ObjectDisposedException>(() => disposed.Run());
    }

    [Fact]
    public void Errors_are_exceptions_with_status_and_the_librarys_message()
    {
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.OfNew(() => new Scheduler("""{"capacity":0}""")));
        Scheduler scheduler = new(Virtual);
        RanCognitionJsonException error = Assert.Throws<RanCognitionJsonException>(() => scheduler.ScheduleTask(0, 0, "\"Nothing\""));
        Assert.Equal(RanCognitionStatus.InvalidJson, error.Status);
        Assert.StartsWith("type: ", error.Message);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => scheduler.ScheduleTask(ulong.MaxValue, 0, "\"Optimization\"")));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => scheduler.RegisterHandler("", _ => null)));
        Assert.Equal(3UL, Parse(scheduler.GetQueueStatusJson()).GetProperty("performance_metrics").GetProperty("error_count").GetUInt64());
        scheduler.Dispose();
        scheduler.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scheduler.GetQueueStatus());
    }
}
