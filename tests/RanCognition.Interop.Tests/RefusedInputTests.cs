using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

using StrangeLoop = RanCognition.Interop.StrangeLoop;   // not the namespace

/// <summary>Null and empty inputs are refused by the name that the caller knows, and never as what they are not.</summary>
public class RefusedInputTests
{
    [Fact]
    public void A_null_is_refused_by_the_parameters_name()
    {
        using TemporalCore core = new();
        using Scheduler scheduler = new();
        using ModuleLoader loader = new();
        using EpisodeMemory memory = new();
        using Optimizer optimizer = new();
        using StrangeLoop loop = new();
        using DecisionCore decisions = new();
        foreach ((string name, Action call) in new (string, Action)[]
        {
            ("problem", () => core.ExpandSubjectiveTime((RanProblem)null!)), ("problem", () => core.ExpandSubjectiveTime((string)null!)),
            ("problem", () => core.ExpandSubjectiveTimeAsync((RanProblem)null!).Wait()), ("problems", () => core.ParallelTemporalAnalysis((string)null!)),
            ("problems", () => core.ParallelTemporalAnalysis((IReadOnlyList<RanProblem>)null!)), ("timeline", () => core.AnalyzeTemporalPatterns((Timeline)null!)),
            ("timeline", () => core.OptimizeTemporalExpansion((string)null!)), ("networkId", () => core.Observe(null!, "m", [1], [1])), ("metric", () => core.Observe("n", null!, [1], [1])),
            ("options", () => _ = new Scheduler((SchedulerOptions)null!)), ("options", () => _ = new Scheduler((string)null!)), ("options", () => _ = new ModuleLoader((LoaderOptions)null!)),
            ("name", () => scheduler.RegisterHandler(null!, _ => null)), ("handler", () => scheduler.RegisterHandler("n", null!)), ("type", () => scheduler.ScheduleTask(0, 0, (string)null!)),
            ("spec", () => scheduler.ScheduleTask(0, 0, (TaskSpec)null!)), ("snapshot", () => scheduler.Restore((SchedulerSnapshot)null!)), ("snapshot", () => scheduler.Restore((string)null!)),
            ("name", () => loader.Load(null!)), ("config", () => loader.Load("temporal", (string)null!)), ("options", () => loader.LoadTemporal(null!)), ("name", () => loader.Unload(null!)),
            ("result", () => RanCognitionLibrary.RenderReport((string)null!)), ("result", () => RanCognitionLibrary.RenderReport((TemporalAnalysisResult)null!)),
            ("options", () => _ = new EpisodeMemory((MemoryOptions)null!)), ("options", () => _ = new EpisodeMemory((string)null!)), ("episode", () => memory.Store((Episode)null!)),
            ("episodes", () => memory.Store((IReadOnlyList<Episode>)null!)), ("episode", () => memory.StoreAsync((string)null!).Wait()), ("query", () => memory.Recall((RecallQuery)null!)),
            ("update", () => memory.Update((EpisodeUpdate)null!)), ("request", () => memory.Analyze((MemoryAnalysis)null!)), ("vectors", () => memory.AppendRows(null!)),
            ("options", () => loader.LoadMemory(null!)), ("options", () => _ = new Optimizer((OptimizationOptions)null!)), ("options", () => _ = new Optimizer((string)null!)),
            ("options", () => loader.LoadOptimization(null!)), ("problem", () => optimizer.Optimize((OptimizationProblem)null!)), ("problem", () => optimizer.OptimizeAsync((string)null!).Wait()),
            ("problem", () => optimizer.OptimizeWith((string)null!, Samples.Cost)), ("evaluate", () => optimizer.OptimizeWith("{}", null!)), ("evaluate", () => optimizer.OptimizeWithBatch("{}", null!)),
            ("options", () => _ = new StrangeLoop((StrangeLoopOptions)null!)), ("options", () => _ = new StrangeLoop((string)null!)), ("options", () => loader.LoadStrangeLoop(null!)),
            ("request", () => loop.Solve((FixedPointRequest)null!)), ("request", () => loop.SolveAsync((string)null!).Wait()), ("request", () => loop.SolveWith((string)null!, (_, _) => { })),
            ("map", () => loop.SolveWith("{}", null!)), ("map", () => loop.SolveWithAsync(new FixedPointRequest(), null!).Wait()), ("observation", () => loop.Observe((LoopObservation)null!)),
            ("observation", () => loop.ObserveAsync((string)null!).Wait()), ("request", () => loop.DetectConflicts((ConflictRequest)null!)), ("state", () => loop.Restore((StrangeLoopState)null!)),
            ("state", () => loop.Restore((string)null!)), ("state", () => RanCognitionLibrary.RenderReport((StrangeLoopState)null!)),
            ("options", () => _ = new DecisionCore((CognitiveOptions)null!)), ("options", () => _ = new DecisionCore((string)null!)), ("options", () => loader.LoadCognitive(null!)),
            ("problem", () => decisions.Decide((DecisionProblem)null!)), ("problem", () => decisions.DecideAsync((string)null!).Wait()), ("problem", () => decisions.DecideWith((string)null!, (_, _) => true)),
            ("model", () => decisions.DecideWith("{}", null!)), ("model", () => decisions.DecideWithAsync(new DecisionProblem(), null!).Wait()), ("outcome", () => decisions.ReportOutcome((DecisionOutcome)null!)),
            ("outcome", () => decisions.ReportOutcomeAsync((string)null!).Wait()), ("message", () => decisions.Ingest((string)null!)), ("message", () => decisions.IngestJsonAsync((string)null!).Wait()),
            ("path", () => DecisionCore.Replay(null!)), ("path", () => DecisionCore.ReplayJsonAsync(null!).Wait()), ("decision", () => RanCognitionLibrary.RenderReport((Decision)null!)),
            ("evaluate", () => optimizer.OptimizeWithAsync("{}", null!).Wait()), ("problem", () => optimizer.Begin((OptimizationProblem)null!)), ("network", () => optimizer.EvaluateNetwork((NetworkModel)null!)),
        })
        {
            Assert.Equal(name, Assert.Throws<ArgumentNullException>(call).ParamName);
        }
    }

    [Fact]
    public void An_empty_input_is_refused_as_empty()
    {
        using TemporalCore core = new();
        using Scheduler scheduler = new();
        using ModuleLoader loader = new();
        using EpisodeMemory memory = new();
        using Optimizer optimizer = new();
        using StrangeLoop loop = new();
        using DecisionCore decisions = new();
        foreach ((string message, Action call) in new (string, Action)[]
        {
            ("problem: has length 0", () => core.ExpandSubjectiveTime("")), ("problems: has length 0", () => core.ParallelTemporalAnalysis("")), ("timeline: has length 0", () => core.AnalyzeTemporalPatterns("")),
            ("values: has 0 elements", () => core.Forecast([], 1, 3)), ("values: has 0 elements", () => core.ScoreAnomalies(Array.Empty<double>(), 1)),
            ("network_id: has length 0", () => core.Observe("", "m", [1], [1])), ("metric: has length 0", () => core.Observe("n", "", [1], [1])),
            ("type: has length 0", () => scheduler.ScheduleTask(0, 0, "")), ("name: has length 0", () => scheduler.RegisterHandler("", _ => null)), ("snapshot: has length 0", () => scheduler.Restore("")),
            ("name: has length 0", () => loader.Load("")), ("name: has length 0", () => loader.Unload("")),
            ("episode: has length 0", () => memory.Store("")), ("query: has length 0", () => memory.Recall("")), ("update: has length 0", () => memory.Update("")),
            ("request: has length 0", () => memory.Analyze("")), ("episodes: has 0 elements", () => memory.Append([])), ("query: has 0 elements", () => memory.Search([], 1)),
            ("problem: has length 0", () => optimizer.Optimize("")), ("problem: has length 0", () => optimizer.OptimizeWith("", Samples.Cost)), ("problem: has length 0", () => optimizer.Begin("")),
            ("request: has length 0", () => loop.Solve("")), ("request: has length 0", () => loop.SolveWith("", (_, _) => { })), ("observation: has length 0", () => loop.Observe("")),
            ("request: has length 0", () => loop.DetectConflicts("")), ("state: has length 0", () => loop.Restore("")),
            ("problem: has length 0", () => decisions.Decide("")), ("problem: has length 0", () => decisions.DecideWith("", (_, _) => true)), ("outcome: has length 0", () => decisions.ReportOutcome("")),
            ("message: has length 0", () => decisions.Ingest("")), ("message: has length 0", () => decisions.IngestJson(default(ReadOnlySpan<byte>))), ("path: has length 0", () => DecisionCore.Replay("")),
            ("problem: has length 0", () => optimizer.OptimizeWithBatch("", (_, _, _, _) => true)), ("network: has length 0", () => optimizer.EvaluateNetwork("")),
        })
        {
            Assert.Equal(message, Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(call)).Message);
        }
    }

    [Fact]
    public void A_reply_that_is_too_long_says_so()
    {
        using Scheduler scheduler = new("""{"mode":"virtual"}""");
        scheduler.RegisterHandler("long", _ => new string('x', (16 << 20) + 1));
        scheduler.RegisterHandler("loud", _ => throw new InvalidOperationException(new string('x', 16 << 20)));
        scheduler.ScheduleTask(0, 0, Scheduler.Custom("long"));
        scheduler.ScheduleTask(0, 1, Scheduler.Custom("loud"));
        Assert.All(scheduler.ExecuteReadyTasks().TasksExecuted, result =>
        {
            Assert.False(result.Success);
            Assert.StartsWith("reply: more than 16777216 bytes: the handler ", result.Error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_run_ends_when_the_loader_of_its_scheduler_is_disposed_of()
    {
        ModuleLoader loader = new();
        Scheduler scheduler = loader.Load("scheduler").Scheduler;
        using ManualResetEventSlim running = new();
        scheduler.RegisterHandler("started", _ =>
        {
            running.Set();
            return null;
        });
        scheduler.ScheduleTask(0, 0, Scheduler.Custom("started"));
        Task run = scheduler.RunAsync();
        Assert.True(running.Wait(TimeSpan.FromSeconds(30)));
        loader.Dispose();
        await run.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Throws<ObjectDisposedException>(() => scheduler.Run());
    }

    [Fact]
    public void Modules_that_are_loaded_and_unloaded_again_and_again_do_not_gather()
    {
        using ModuleLoader loader = new();
        WeakReference[] modules = [.. Enumerable.Range(0, 5).Select(_ => LoadAndUnload(loader))];
        GC.Collect();
        Assert.All(modules, module => Assert.False(module.IsAlive));

        static WeakReference LoadAndUnload(ModuleLoader loader)
        {
            WeakReference module = new(loader.Load("temporal"));
            loader.Unload("temporal");
            return module;
        }
    }

    [Fact]
    public void A_block_is_given_back_by_its_own_dispose()
    {
        using MemoryPool pool = new();
        PoolBlock block = pool.Allocate(100);
        block.Dispose();
        block.Dispose();
        Assert.Equal(0UL, (ulong)pool.GetStats().LiveBlocks);
        Assert.Throws<ObjectDisposedException>(() => block.Memory.Length);
    }
}
