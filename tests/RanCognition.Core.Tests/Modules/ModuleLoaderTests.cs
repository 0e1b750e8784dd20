using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;
using RanCognition.Performance;
using RanCognition.Scheduling;
using RanCognition.Tests.Performance;

namespace RanCognition.Tests.Modules;

/// <summary>Cores by name: loaded once, sharing what the loader gives them, ended with it.</summary>
public class ModuleLoaderTests
{
    private static readonly byte[] Problem = Encoding.UTF8.GetBytes(
        $$"""{"id":"p","network_id":"n","seed":7,"current_state":{},"history":{"a":{"start_ns":0,"step_ns":900000000000,"values":[{{string.Join(',', Enumerable.Range(0, 60).Select(i => 50 + i % 24))}}]} } }""");

    private static readonly TaskSpec Analysis = new() { Type = new TaskType(TaskKind.TemporalAnalysis) };

    private static ModuleLoader Loader(LoaderOptions? options = null, IModuleWatch? watch = null) =>
        new(options ?? new LoaderOptions(), new FixedHost(), path => new TestPlugin(path), watch);

    [Fact]
    public void A_module_is_loaded_once_and_then_the_same()
    {
        using ModuleLoader loader = Loader();
        Module temporal = loader.Load("temporal", default);
        Module scheduler = loader.Load("scheduler", "{}"u8);
        Assert.Same(temporal, loader.Load("temporal", default));
        Assert.Same(scheduler, loader.Load("scheduler", default));
        Assert.IsType<TemporalModule>(temporal);
        Assert.IsType<SchedulerModule>(scheduler);
    }

    [Theory]
    [InlineData("temporal", """{"expansion_factor":50}""", """{ "temporal_resolution": 100, "expansion_factor": 5e1, "note": 1 }""", """{"expansion_factor":51}""")]
    [InlineData("scheduler", """{"mode":"virtual","capacity":10}""", """{"capacity":10,"mode":"virtual"}""", """{"capacity":10}""")]
    public void A_second_load_may_say_the_same_but_nothing_else(string name, string first, string same, string other)
    {
        using ModuleLoader loader = Loader();
        Module module = loader.Load(name, Encoding.UTF8.GetBytes(first));
        Assert.Same(module, loader.Load(name, Encoding.UTF8.GetBytes(same)));
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => loader.Load(name, Encoding.UTF8.GetBytes(other)));
        Assert.Equal($"config: differs from the one with which '{name}' was loaded; unload it first", error.Message);
        loader.Unload(name);
        Assert.NotSame(module, loader.Load(name, Encoding.UTF8.GetBytes(other)));
    }

    [Theory]
    [InlineData("wisdom", "there is no module 'wisdom'")]
    [InlineData("Temporal", "there is no module 'Temporal'; there are: temporal, scheduler, memory, optimization, strangeLoop, cognitive, and plug-ins")]
    [InlineData("libtilt.so", "there is no module 'libtilt.so'")]
    [InlineData("", "there is no module ''")]
    public void Other_names_are_told_apart(string name, string reason)
    {
        using ModuleLoader loader = Loader();
        Assert.Contains(reason, Assert.Throws<NotFoundException>(() => loader.Load(name, default)).Message, StringComparison.Ordinal);
        Assert.Throws<NotFoundException>(() => loader.Unload(name));
    }

    [Fact]
    public void A_configuration_that_cannot_be_read_leaves_the_name_free()
    {
        using ModuleLoader loader = Loader();
        Assert.Throws<InvalidJsonException>(() => loader.Load("temporal", "{"u8));
        Assert.Throws<InvalidInputException>(() => loader.Load("temporal", """{"expansion_factor":0}"""u8));
        Assert.Throws<InvalidInputException>(() => loader.Load("scheduler", """{"capacity":0}"""u8));
        Assert.Throws<NotFoundException>(() => loader.Unload("temporal"));
        loader.Load("temporal", default);
        loader.Load("scheduler", default);
    }

    [Fact]
    public void Tasks_use_the_temporal_core_of_the_loader_while_it_is_loaded()
    {
        using ModuleLoader loader = Loader();
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8);
        Assert.Equal(1UL, Executions());
        TemporalModule temporal = (TemporalModule)loader.Load("temporal", """{"expansion_factor":50}"""u8);
        temporal.Core.AnalyzeTemporalPatterns(new Timeline(), temporal.Core.StartCall());
        Assert.Equal(2UL, Executions());   // the call above and the task
        Assert.Equal(2UL, temporal.Core.GetPerformanceMetrics().TotalExecutions);
        loader.Unload("temporal");
        Assert.Equal(2UL, Executions());   // the core of its own again
        Assert.Equal(2UL, temporal.Core.GetPerformanceMetrics().TotalExecutions);

        ulong Executions()
        {
            scheduler.Core.ScheduleTask(0, 0, Analysis, Problem);
            TaskResult result = Assert.Single(scheduler.Core.ExecuteReadyTasks(1).TasksExecuted);
            Assert.True(result.Success, result.Error);
            using JsonDocument reply = JsonDocument.Parse(result.Reply);
            return reply.RootElement.GetProperty("performance_metrics").GetProperty("total_executions").GetUInt64();
        }
    }

    [Fact]
    public void A_task_waits_for_a_call_on_the_shared_core_and_is_refused_inside_it()
    {
        using ModuleLoader loader = Loader();
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8);
        TemporalModule temporal = (TemporalModule)loader.Load("temporal", default);
        scheduler.Core.ScheduleTask(0, 0, Analysis, Problem);
        scheduler.Core.ScheduleTask(0, 1, Analysis, Problem);
        temporal.Lock.Enter();
        TaskResult inside = Assert.Single(scheduler.Core.ExecuteReadyTasks(1).TasksExecuted);
        Assert.Equal("self: in use by the call whose callback this is", inside.Error);
        TaskResult? later = null;
        Thread other = new(() => later = Assert.Single(scheduler.Core.ExecuteReadyTasks(1).TasksExecuted));
        other.Start();
        Assert.False(other.Join(50), "the task did not wait");
        temporal.Lock.Exit();
        other.Join();
        Assert.True(later!.Success, later.Error);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public void Without_multithreading_all_work_is_done_on_the_calling_thread(bool enabled, int threads)
    {
        using ModuleLoader loader = Loader(new LoaderOptions { MultiThreading = enabled });
        TemporalModule temporal = (TemporalModule)loader.Load("temporal", """{"expansion_factor":20,"temporal_resolution":4}"""u8);
        ProblemInput[] problems = [.. Enumerable.Range(0, 3).Select(_ => new ProblemInput(RanCognition.Json.JsonIn.Problem(Problem, "problem"), null))];
        ParallelTemporalAnalysisResult result = temporal.Core.ParallelTemporalAnalysis(problems, 3, temporal.Core.StartCall());
        Assert.Equal((threads, 0), (result.ThreadCount, result.Failed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_cores_of_a_loader_and_the_one_of_its_tasks_compute_with_the_kernels_that_it_was_told(bool enabled)
    {
        using ModuleLoader loader = Loader(new LoaderOptions { Simd = enabled });
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8);
        scheduler.Core.ScheduleTask(0, 0, Analysis, Problem);
        Assert.True(Assert.Single(scheduler.Core.ExecuteReadyTasks(1).TasksExecuted).Success);   // makes the tasks' own core
        TemporalModule temporal = (TemporalModule)loader.Load("temporal", default);
        foreach (Module module in new Module[] { scheduler, temporal })
        {
            List<SimdOps> kernels = KernelsIn.Of(module);
            Assert.True(kernels.Count > 10, $"{module.Name}: only {kernels.Count} holders of kernels were found");
            Assert.All(kernels, one => Assert.Same(enabled ? SimdOps.Vector : SimdOps.Scalar, one));
        }
    }

    [Fact]
    public void Unloading_ends_a_scheduler_and_lets_calls_under_way_leave()
    {
        using ModuleLoader loader = Loader();
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", default);
        Thread runner = new(() => Assert.Throws<ObjectDisposedException>(() =>
        {
            scheduler.Core.Run(ulong.MaxValue, () => false);
            scheduler.Core.GetNextExecutionTime();
        }));
        runner.Start();
        Thread.Sleep(20);
        loader.Unload("scheduler");
        Assert.True(runner.Join(5_000), "the run did not end");
        Assert.Throws<ObjectDisposedException>(() => scheduler.Core.GetNextExecutionTime());
        Assert.Throws<NotFoundException>(() => loader.Unload("scheduler"));
    }

    [Fact]
    public void Memory_is_that_of_the_module_and_of_all()
    {
        using ModuleLoader loader = Loader(new LoaderOptions { MemoryPages = 3, MaxMemoryPages = 9 });
        TemporalModule temporal = (TemporalModule)loader.Load("temporal", default);
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8);
        Assert.Equal(0UL, loader.MemoryOf(temporal).UsedBytes);
        temporal.Core.Observe("n", "m", [1UL, 2, 3], [1.0, 2, 3]);
        ulong before = loader.MemoryOf(scheduler).UsedBytes;
        scheduler.Core.ScheduleTask(5, 0, Analysis, new byte[1000]);
        ModuleMemory memory = loader.MemoryOf(temporal);
        Assert.Equal(("temporal", 48UL, 9u), (memory.Module, memory.UsedBytes, memory.MaximumPages));
        ulong after = loader.MemoryOf(scheduler).UsedBytes;
        Assert.InRange(after - before, 1000UL, 3000UL);
        Assert.Equal(48 + after, memory.LoaderUsedBytes);
    }

    [Fact]
    public void Task_data_lies_in_the_pool_and_beyond_its_budget_is_refused()
    {
        using ModuleLoader loader = Loader(new LoaderOptions { MemoryPages = 0, MaxMemoryPages = 4 });   // 256 KiB
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8);
        Assert.Equal((0UL, 262_144UL), (Pool().LiveBlocks, Pool().BudgetBytes));
        ulong[] ids = [.. Enumerable.Range(0, 3).Select(_ => scheduler.Core.ScheduleTask(5, 0, Analysis, new byte[10_000]))];
        scheduler.Core.ScheduleRecurringTask(5, 0, Analysis, new byte[20_000], 2);
        Assert.Equal((4UL, 50_016UL), (Pool().LiveBlocks, Pool().RequestedBytes));   // each with its length
        LimitExceededException error = Assert.Throws<LimitExceededException>(() => scheduler.Core.ScheduleTask(5, 0, Analysis, new byte[250_000]));
        Assert.Equal("data: the memory of the loader (maxMemorySize) has no room for 250000 bytes", error.Message);
        Assert.Equal((50_000UL, 1UL), (scheduler.Core.DataBytes, scheduler.Core.GetQueueStatus().PerformanceMetrics.ErrorCount));
        scheduler.Core.CancelTask(ids[1]);
        Assert.Equal((3UL, 40_012UL), (Pool().LiveBlocks, Pool().RequestedBytes));
        scheduler.Core.AdvanceTime(5);
        scheduler.Core.ExecuteReadyTasks(3);
        Assert.Equal(1UL, Pool().LiveBlocks);   // that of the second period
        loader.Unload("scheduler");
        Assert.Equal(0UL, loader.MemoryOf(loader.Load("temporal", default)).Pool.LiveBlocks);

        MemoryPoolStats Pool() => loader.MemoryOf(scheduler).Pool;
    }

    [Fact]
    public void Data_can_be_dropped_by_any_thread_while_the_pool_is_full()
    {
        using ModuleLoader loader = Loader(new LoaderOptions { MemoryPages = 0, MaxMemoryPages = 4 });
        NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8)).Core;
        List<ulong> ids = [];
        foreach (int size in (int[])[40_000, 1000, 100, 10])
        {
            try
            {
                while (true)
                {
                    ids.Add(scheduler.ScheduleTask(5, 0, Analysis, new byte[size]));
                }
            }
            catch (LimitExceededException)
            {
            }
        }
        Exception? failure = null;
        foreach (ulong[] part in ids.Chunk((ids.Count + 15) / 16))
        {
            Thread thread = new(() => failure ??= Record.Exception(() => Array.ForEach(part, scheduler.CancelTask)));
            thread.Start();
            thread.Join();
        }
        Assert.Null(failure);
        Assert.Equal(0UL, scheduler.DataBytes);
    }

    [Fact]
    public void A_snapshot_for_which_the_pool_has_no_room_changes_nothing()
    {
        using ModuleLoader loader = Loader(new LoaderOptions { MemoryPages = 0, MaxMemoryPages = 4 });
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8);
        scheduler.Core.ScheduleTask(5, 0, Analysis, new byte[70_000]);
        SchedulerSnapshot small = scheduler.Core.Snapshot();
        scheduler.Core.ScheduleTask(6, 0, Analysis, new byte[70_000]);
        SchedulerSnapshot large = scheduler.Core.Snapshot();
        Assert.Throws<LimitExceededException>(() => scheduler.Core.Restore(large));   // beside what is pending
        Assert.Equal((2UL, 140_000UL), (scheduler.Core.GetQueueStatus().PendingTasks, scheduler.Core.DataBytes));
        Assert.Equal(2UL, loader.MemoryOf(scheduler).Pool.LiveBlocks);
        scheduler.Core.Restore(small);
        Assert.Equal((1UL, 70_000UL), (scheduler.Core.GetQueueStatus().PendingTasks, scheduler.Core.DataBytes));
        Assert.Equal(1UL, loader.MemoryOf(scheduler).Pool.LiveBlocks);
    }

    [Fact]
    public void Threads_that_bring_data_while_a_loader_ends_are_refused_and_nothing_is_touched_that_is_gone()
    {
        for (int round = 0; round < 30; round++)
        {
            ModuleLoader loader = Loader(new LoaderOptions { MaxMemoryPages = 64 });
            NanoScheduler scheduler = ((SchedulerModule)loader.Load("scheduler", """{"mode":"virtual"}"""u8)).Core;
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(thread => new Thread(() =>
            {
                try
                {
                    for (int i = 0; ; i++)
                    {
                        try
                        {
                            scheduler.ScheduleTask(0, 0, Analysis, new byte[1 + (i * 37 + thread) % 9000]);
                        }
                        catch (LimitExceededException)
                        {
                            scheduler.ExecuteReadyTasks(64);
                        }
                    }
                }
                catch (ObjectDisposedException)
                {
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Thread.Sleep(round % 7);
            loader.Dispose();
            Array.ForEach(threads, thread => thread.Join());
        }
    }

    [Fact]
    public void Disposing_of_a_loader_ends_all_and_refuses_later_calls()
    {
        ModuleLoader loader = Loader();
        SchedulerModule scheduler = (SchedulerModule)loader.Load("scheduler", default);
        loader.Dispose();
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scheduler.Core.GetNextExecutionTime());
        Assert.Throws<ObjectDisposedException>(() => loader.Load("temporal", default));
        Assert.Throws<ObjectDisposedException>(() => loader.Unload("scheduler"));
    }

    [Fact]
    public void Threads_that_load_and_unload_at_once_see_whole_modules()
    {
        using ModuleLoader loader = Loader();
        int loaded = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            Random random = new(thread);
            for (int i = 0; i < 200; i++)
            {
                string name = random.Next(3) switch { 0 => "temporal", 1 => "scheduler", _ => "/p/" + random.Next(2) };
                try
                {
                    if (random.Next(2) == 0)
                    {
                        Assert.Equal(name, loader.Load(name, default).Name);
                        Interlocked.Increment(ref loaded);
                    }
                    else
                    {
                        loader.Unload(name);
                    }
                }
                catch (Exception error) when (error is NotFoundException or InvalidInputException)
                {
                }
            }
        });
        Assert.InRange(loaded, 100, 1600);
    }

    [Fact]
    public void A_watch_that_throws_prevents_the_loading()
    {
        using ModuleLoader loader = Loader(watch: new FullWatch());
        Assert.Throws<LimitExceededException>(() => loader.Load("scheduler", default));
        Assert.Throws<LimitExceededException>(() => loader.Load("/p", default));
        Assert.Throws<NotFoundException>(() => loader.Unload("scheduler"));
    }

    [Fact]
    public void The_number_of_modules_is_bounded()
    {
        using ModuleLoader loader = Loader();
        loader.Load("scheduler", default);
        for (int i = 1; i < LoaderLimits.ModulesMax; i++)
        {
            loader.Load($"/p/{i}", default);
        }
        Assert.Throws<LimitExceededException>(() => loader.Load("/p/0", default));
        loader.Unload("/p/7");
        loader.Load("/p/0", default);
    }

    private sealed class FullWatch : IModuleWatch
    {
        public void Loaded(Module module) => throw new LimitExceededException("handles", "no more");

        public void Leaving(Module module) => Assert.Fail("it was never loaded");
    }
}
