using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Modules;

public class StrangeLoopTasksTests
{
    private const string Cosine = """{"map":{"type":"expression","variables":["x"],"expressions":["cos(x)"]},"x0":[1]}""";

    private static readonly TaskSpec Operation = new() { Type = new TaskType(TaskKind.StrangeLoop) };

    [Fact]
    public void A_task_is_a_request_to_solve_or_names_its_operation()
    {
        using NanoScheduler scheduler = Scheduler();
        JsonElement[] replies = Run(scheduler, Cosine, "{\"op\":\"solve\"," + Cosine[1..],
            """{"op":"observe","loop_id":"a","time_ns":1,"predict":{"m":{"mean":1,"lower":0,"upper":2}}}""",
            """{"op":"observe","loop_id":"a","time_ns":2,"observed":{"m":1.5}}""",
            """{"op":"detect_conflicts","commands":[]}""",
            """{"op":"get_state"}""");
        Assert.Equal(0.7390851332151607, replies[0].GetProperty("x")[0].GetDouble(), 1e-10);
        Assert.Equal("CONVERGED", replies[1].GetProperty("state").GetString());
        Assert.Equal(1, replies[3].GetProperty("coverage").GetProperty("value").GetDouble());   // tasks share one core
        Assert.Equal(0, replies[4].GetProperty("conflicts").GetArrayLength());
        Assert.Equal(1, replies[5].GetProperty("loops").GetArrayLength());
    }

    [Theory]
    [InlineData("", "data: ")]
    [InlineData("""{"op":"guess"}""", "data: /op: ")]
    [InlineData("""{"x0":[1]}""", "data: has no map")]
    [InlineData("""{"op":"observe","loop_id":"a","observed":{"m":1}}""", "observation")]
    public void What_cannot_be_done_is_the_error_of_its_task(string data, string reason)
    {
        using NanoScheduler scheduler = Scheduler();
        scheduler.ScheduleTask(0, 0, Operation, Encoding.UTF8.GetBytes(data));
        TaskResult result = Assert.Single(scheduler.ExecuteReadyTasks(1).TasksExecuted);
        Assert.StartsWith(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_of_a_loader_use_its_core_while_that_is_loaded()
    {
        using ModuleLoader loader = new(new LoaderOptions(), new FixedHost(), _ => throw new InvalidOperationException());
        NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8)).Core;
        string open = """{"op":"observe","loop_id":"a","time_ns":1,"predict":{"m":{"mean":1,"lower":0,"upper":2}}}""";
        Run(scheduler, open);
        StrangeLoopModule module = (StrangeLoopModule)loader.Load("strangeLoop", """{"aci_step":0.1}"""u8);
        Assert.Empty(module.Core.GetState().Loops);
        Run(scheduler, open);
        Assert.Single(module.Core.GetState().Loops);
        module.Lock.Enter();
        try
        {
            scheduler.ScheduleTask(0, 0, Operation, Encoding.UTF8.GetBytes(Cosine));
            Assert.Contains("in use", Assert.Single(scheduler.ExecuteReadyTasks(1).TasksExecuted).Error, StringComparison.Ordinal);
        }
        finally
        {
            module.Lock.Exit();
        }
        loader.Unload("strangeLoop");
        Assert.Equal(1, Run(scheduler, """{"op":"get_state"}""")[0].GetProperty("loops").GetArrayLength());
    }

    [Fact]
    public void The_module_keeps_its_configuration_and_says_what_it_offers()
    {
        using ModuleLoader loader = new(new LoaderOptions(), new FixedHost(), _ => throw new InvalidOperationException());
        StrangeLoopModule module = (StrangeLoopModule)loader.Load("strangeLoop", """{"levels":1,"colour":1}"""u8);
        Assert.Equal("/colour", Assert.Single(loader.InterfacesOf(module).Ignored).Field);
        Assert.Contains("detect_conflicts", Assert.Single(module.Interfaces).Functions);
        Assert.Same(module, loader.Load("strangeLoop", """{"levels":1}"""u8));
        Assert.Throws<InvalidInputException>(() => loader.Load("strangeLoop", """{"levels":2}"""u8));
        ulong before = module.UsedBytes;
        module.Core.Observe(new LoopObservation { LoopId = "a", Predict = [new("m", 1, 0, 2, 0.9)] });
        Assert.InRange(module.UsedBytes, before + 1, before + (1UL << 20));
    }

    private static NanoScheduler Scheduler()
    {
        NanoScheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        scheduler.SetCore(TaskKind.StrangeLoop, new StrangeLoopTasks(new FixedHost()));
        return scheduler;
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
