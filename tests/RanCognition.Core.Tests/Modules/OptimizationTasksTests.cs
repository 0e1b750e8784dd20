using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;
using RanCognition.Optimization;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Modules;

public class OptimizationTasksTests
{
    private const string Sphere = """{"function":{"suite":"bbob","id":1,"dimension":3,"instance":1},"budget":{"evaluations":100},"seed":3}""";
    private const string Network = """{"links":{"loss_db":[[100,120],[121,99]],"azimuth_deg":[[0,0],[0,0]],"zenith_deg":[[90,90],[90,90]]},"antenna":{"model":"omni"},"cells":[{},{}],"traffic_mbps":10}""";

    private static readonly TaskSpec Operation = new() { Type = new TaskType(TaskKind.Optimization) };

    [Fact]
    public void A_task_is_a_problem_or_names_its_operation()
    {
        using NanoScheduler scheduler = Scheduler();
        string wrapped = "{\"op\":\"optimize\",\"problem\":" + Sphere + "}";
        JsonElement[] replies = Run(scheduler, Sphere, wrapped, "{\"op\":\"evaluate_network\",\"network\":" + Network + "}");
        double best = replies[0].GetProperty("best").GetProperty("f")[0].GetDouble();
        Assert.InRange(best - replies[0].GetProperty("bound").GetProperty("value").GetDouble(), 0, 1e-8);
        Assert.Equal(best, replies[1].GetProperty("best").GetProperty("f")[0].GetDouble());
        Assert.True(replies[2].GetProperty("feasible").GetBoolean());
        Assert.Equal(2, replies[2].GetProperty("loads").GetArrayLength());
    }

    [Theory]
    [InlineData("", "data: ")]
    [InlineData("""{"op":"guess"}""", "data: /op: ")]
    [InlineData("""{"op":"optimize","problem":{"function":{"suite":"bbob","id":1,"dimension":3,"instance":1},"budget":{"evaluations":0}}}""", "data")]
    [InlineData("""{"variables":[]}""", "data")]
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
        string problem = """{"function":{"suite":"bbob","id":17,"dimension":5,"instance":1},"budget":{"evaluations":3000}}""";
        double[] Best() => [.. Run(scheduler, problem)[0].GetProperty("best").GetProperty("x").EnumerateArray().Select(x => x.GetDouble())];
        double[] own = Best();
        OptimizationModule module = (OptimizationModule)loader.Load("optimization", """{"seed":77}"""u8);
        double[] shared = Best();
        Assert.NotEqual(own, shared);   // the seed is that of the module
        module.Lock.Enter();
        try
        {
            scheduler.ScheduleTask(0, 0, Operation, Encoding.UTF8.GetBytes(problem));
            Assert.Contains("in use", Assert.Single(scheduler.ExecuteReadyTasks(1).TasksExecuted).Error, StringComparison.Ordinal);
        }
        finally
        {
            module.Lock.Exit();
        }
        loader.Unload("optimization");
        Assert.Equal(own, Best());
    }

    [Fact]
    public void The_module_keeps_its_configuration_and_says_what_it_offers()
    {
        using ModuleLoader loader = new(new LoaderOptions(), new FixedHost(), _ => throw new InvalidOperationException());
        OptimizationModule module = (OptimizationModule)loader.Load("optimization", """{"seed":5,"colour":1}"""u8);
        Assert.Equal("/colour", Assert.Single(loader.InterfacesOf(module).Ignored).Field);
        Assert.Contains("evaluate_network", Assert.Single(module.Interfaces).Functions);
        Assert.Same(module, loader.Load("optimization", """{"seed":5}"""u8));
        Assert.Throws<InvalidInputException>(() => loader.Load("optimization", """{"seed":6}"""u8));
        Assert.Equal(0UL, module.UsedBytes);
        module.Core.Begin(new OptimizationProblem { Variables = [new() { Name = "x", Upper = 1 }], Objectives = [new("f", false)] });
        Assert.InRange(module.UsedBytes, 1UL, 1UL << 20);
    }

    private static NanoScheduler Scheduler()
    {
        NanoScheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual }, new FixedHost());
        scheduler.SetCore(TaskKind.Optimization, new OptimizationTasks(new FixedHost()));
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
