using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;

namespace RanCognition.Tests.Interop;

/// <summary>Real calls of a loader through the built library.</summary>
public class ModuleLoaderTests
{
    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    [Fact]
    public void Modules_are_loaded_once_and_lend_their_cores()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using ModuleLoader loader = new("""{"memorySize":4,"maxMemorySize":8}""");
        LoadedModule module = loader.Load("temporal", """{"expansion_factor":50}""");
        Assert.Same(module, loader.Load("temporal"));
        Assert.Same(module.Temporal, module.Temporal);
        Assert.Equal("temporal", module.Name);
        TemporalForecast forecast = module.Temporal.Forecast([41, 43, 48, 52, 57, 60, 66, 70], stepNs: 0, horizon: 3);
        Assert.Equal(3, forecast.Mean.Length);
        Assert.Equal("expand_subjective_time", module.Interfaces().Interfaces[0].Functions[0]);
        Assert.Equal(8UL * 65536, module.Memory().MaximumBytes);
        Assert.Equal(8 * 65536, Parse(module.MemoryJson()).GetProperty("maximum_bytes").GetInt32());
        Assert.Equal("temporal", Parse(module.InterfacesJson()).GetProperty("module").GetString());
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = module.Scheduler));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => loader.Load("temporal", """{"expansion_factor":51}""")));
        Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of(() => loader.Load("wisdom")));
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void The_memory_of_a_module_belongs_to_the_loader_and_is_the_one_of_its_schedulers_tasks()
    {
        using ModuleLoader loader = new();
        LoadedModule module = loader.LoadMemory(new MemoryOptions { Dimension = 3 });
        EpisodeMemory memory = module.EpisodeMemory;
        Assert.Same(memory, loader.Load("memory").EpisodeMemory);
        Assert.Equal([1UL], memory.Store(new Episode { Vector = [1, 2, 3] }).Ids);
        Scheduler scheduler = loader.LoadScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }).Scheduler;
        TaskSpec spec = new() { Type = new TaskType(TaskKind.MemoryOperation) };
        scheduler.ScheduleTask(0, 0, spec, ContractJson.Write<MemoryOperation>(new MemoryOperation.Store([new Episode { Vector = [4, 5, 6] }, new Episode { Vector = [7, 8, 9] }], IsBatch: true)));
        scheduler.ScheduleTask(0, 1, spec, ContractJson.Write<MemoryOperation>(new MemoryOperation.Recall(new RecallQuery { Vector = [7, 8, 8], K = 1 })));
        IReadOnlyList<TaskResult> results = scheduler.ExecuteReadyTasks().TasksExecuted;
        Assert.Equal([2UL, 3UL], ContractJson.Read<StoreResult>(results[0].Reply.Span).Ids);
        Assert.Equal(3UL, Assert.Single(ContractJson.Read<RecallResult>(results[1].Reply.Span).Hits).Id);
        Assert.Equal(3UL, memory.GetStats().Episodes);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = module.Temporal));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = loader.Load("scheduler").EpisodeMemory));
        loader.Unload("memory");
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of(() => memory.GetStats()));
    }

    [Fact]
    public void What_was_borrowed_is_stale_after_unloading_and_to_dispose_of_it_ends_nothing()
    {
        using ModuleLoader loader = new();
        LoadedModule module = loader.Load("scheduler", """{"mode":"virtual"}""");
        Scheduler scheduler = module.Scheduler;
        module.Scheduler.AdvanceTime(5);
        loader.Unload("scheduler");
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of(() => scheduler.AdvanceTime(5)));
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of(() => module.Memory()));
        Assert.Equal(RanCognitionStatus.NotFound, Refusal.Of(() => loader.Unload("scheduler")));
        LoadedModule again = loader.Load("scheduler", """{"mode":"virtual"}""");
        Assert.NotSame(module, again);
        again.Scheduler.Dispose();
        Assert.Throws<ObjectDisposedException>(() => again.Scheduler.AdvanceTime(5));
        Assert.Same(again, loader.Load("scheduler"));
    }

    [Fact]
    public void Handlers_of_a_borrowed_scheduler_run_and_live_as_long_as_the_loader()
    {
        int runs = 0;
        ModuleLoader loader = new();
        Scheduler scheduler = loader.Load("scheduler", """{"mode":"virtual"}""").Scheduler;
        Register(scheduler, () => runs++);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            scheduler.ScheduleTask(0, 0, Scheduler.Custom("count"));
            scheduler.ExecuteReadyTasks();
        }
        Assert.Equal(3, runs);
        loader.Dispose();
        loader.Dispose();
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of<RanCognitionDisposedException>(() => scheduler.ExecuteReadyTasks()));
        Assert.Throws<ObjectDisposedException>(() => loader.Load("temporal"));

        static void Register(Scheduler scheduler, Action run) => scheduler.RegisterHandler("count", _ =>
        {
            run();
            return null;
        });
    }

    [Fact]
    public void A_file_that_is_no_plugin_is_refused_with_the_systems_words()
    {
        using ModuleLoader loader = new();
        RanCognitionArgumentException error = Assert.Throws<RanCognitionArgumentException>(() => loader.Load(BuiltLibrary.Source("ModuleLoaderTests.cs")));
        Assert.Equal(RanCognitionStatus.InvalidArgument, error.Status);
        Assert.Contains("ModuleLoaderTests.cs", error.Message, StringComparison.Ordinal);
    }
}
