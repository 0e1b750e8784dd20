using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Modules;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Modules;

public class MemoryOperationTasksTests
{
    private static readonly TaskSpec Operation = new() { Type = new TaskType(TaskKind.MemoryOperation) };

    [Fact]
    public void Tasks_store_recall_update_analyse_and_remove()
    {
        using MemoryOperationTasks tasks = new(null, new FixedHost());
        using NanoScheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        scheduler.SetCore(TaskKind.MemoryOperation, tasks);
        JsonElement[] replies = Run(scheduler,
            """{"op":"store","episodes":[{"vector":[1,2],"reward":1},{"vector":[3,4]}]}""",
            """{"op":"store","vector":[5,6],"success":true}""",
            """{"op":"update","id":2,"reward":0.5}""",
            """{"op":"recall","vector":[3,4],"k":1}""",
            """{"op":"remove","id":1}""",
            """{"op":"analyze","request":{"op":"prune","min_reward":0.75}}""");
        Assert.Equal([1UL, 2], replies[0].GetProperty("ids").EnumerateArray().Select(id => id.GetUInt64()));
        Assert.Equal(3UL, replies[1].GetProperty("id").GetUInt64());
        Assert.Equal("reward", replies[2].GetProperty("updated")[0].GetString());
        Assert.Equal(0.5, replies[3].GetProperty("hits")[0].GetProperty("episode").GetProperty("reward").GetDouble());
        Assert.Equal(1UL, replies[4].GetProperty("removed").GetUInt64());
        Assert.Equal(1UL, replies[5].GetProperty("removed").GetUInt64());
    }

    [Theory]
    [InlineData("", "data: ")]
    [InlineData("""{"op":"forget"}""", "data: /op: ")]
    [InlineData("""{"op":"remove","id":7}""", "id: there is no episode 7")]
    [InlineData("""{"op":"store","vector":[]}""", "data: /vector")]
    public void What_cannot_be_done_is_the_error_of_its_task(string data, string reason)
    {
        using MemoryOperationTasks tasks = new(null, new FixedHost());
        using NanoScheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        scheduler.SetCore(TaskKind.MemoryOperation, tasks);
        scheduler.ScheduleTask(0, 0, Operation, Encoding.UTF8.GetBytes(data));
        TaskResult result = Assert.Single(scheduler.ExecuteReadyTasks(1).TasksExecuted);
        Assert.StartsWith(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_of_a_loader_use_its_memory_while_that_is_loaded()
    {
        using ModuleLoader loader = new(new LoaderOptions(), new FixedHost(), _ => throw new InvalidOperationException());
        NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8)).Core;
        MemoryCore memory = ((MemoryModule)loader.Load("memory", """{"metric":"cosine"}"""u8)).Core;
        Run(scheduler, """{"op":"store","vector":[5,6]}""");
        Assert.Equal(1UL, memory.Count);
        Assert.Equal(DistanceMetric.Cosine, memory.GetStats().Metric);
        loader.Unload("memory");
        Assert.Equal(1UL, Run(scheduler, """{"op":"store","vector":[5,6]}""")[0].GetProperty("id").GetUInt64());
        Assert.Throws<ObjectDisposedException>(() => memory.Count);
    }

    [Fact]
    public void The_options_of_a_scheduler_are_those_of_its_memory()
    {
        string path = Path.GetTempFileName();
        try
        {
            SchedulerOptions options = JsonIn.SchedulerOptions(Encoding.UTF8.GetBytes($$"""{"mode":"virtual","memory":{"path":{{JsonSerializer.Serialize(path)}},"metric":"cosine"} }"""), "options");
            using (MemoryOperationTasks tasks = new(options.Memory, new FixedHost()))
            {
                using NanoScheduler scheduler = new(options, new FixedHost());
                scheduler.SetCore(TaskKind.MemoryOperation, tasks);
                Assert.Equal("group", Run(scheduler, """{"op":"store","vector":[5,6]}""")[0].GetProperty("durable").GetString());
            }
            using MemoryCore memory = new(new MemoryOptions { Path = path }, EpisodeCodec.Instance, new FixedHost());
            Assert.Equal((1UL, DistanceMetric.Cosine), (memory.Count, memory.GetStats().Metric));
        }
        finally
        {
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            {
                File.Delete(file);
            }
        }
    }

    private static JsonElement[] Run(NanoScheduler scheduler, params string[] operations)
    {
        foreach (string operation in operations)
        {
            scheduler.ScheduleTask(0, 0, Operation, Encoding.UTF8.GetBytes(operation));
        }
        return [.. scheduler.ExecuteReadyTasks((nuint)operations.Length).TasksExecuted.Select(result =>
        {
            Assert.Null(result.Error);
            using JsonDocument reply = JsonDocument.Parse(result.Reply);
            return reply.RootElement.Clone();
        })];
    }
}
