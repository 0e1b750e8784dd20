using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;

namespace RanCognition.Tests.Interop;

using StrangeLoop = RanCognition.Interop.StrangeLoop;   // not the namespace

/// <summary>Every result that the library writes is read into records without losing a field, and records are the input that JSON is.</summary>
public partial class RecordTests
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static void Lossless<T>(string json)
    {
        T value = JsonSerializer.Deserialize<T>(json, Strict)!;
        using JsonDocument before = JsonDocument.Parse(json);
        using JsonDocument after = JsonDocument.Parse(JsonSerializer.Serialize(value, Strict));
        Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement), $"{json}\nis not\n{after.RootElement}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Results_of_the_temporal_core_are_records(int seed)
    {
        using TemporalCore core = new(100, 20);
        string problem = Encoding.UTF8.GetString(ContractJson.Write(Samples.Problem(seed: seed)));
        string timeline = Encoding.UTF8.GetString(ContractJson.Write(Samples.Timeline(seed: seed)));
        Lossless<TemporalAnalysisResult>(core.ExpandSubjectiveTime(problem, """[{"id":"c","constraint_type":"max","parameters":{"RRU.PrbTotDl":70},"priority":3}]"""));
        Lossless<TemporalAnalysisResult>(core.ExpandSubjectiveTime("""{"id":"empty","unknown_field":1}"""));
        Lossless<ParallelTemporalAnalysisResult>(core.ParallelTemporalAnalysis($"[{problem},{{}}]"));
        Lossless<IReadOnlyList<TemporalPattern>>(core.AnalyzeTemporalPatterns(timeline));
        Lossless<IReadOnlyList<TemporalPrediction>>(core.PredictFutureStates(timeline, 4 * Samples.QuarterHour));
        Lossless<OptimizedTimeline>(core.OptimizeTemporalExpansion(timeline));
        Lossless<PerformanceMetrics>(core.GetPerformanceMetricsJson());
        Lossless<RuntimeInfo>(RanCognitionLibrary.RuntimeInfoJson());
    }

    [Fact]
    public void Results_of_scheduler_loader_and_pool_are_records()
    {
        using ModuleLoader loader = new(new LoaderOptions { MemoryPages = 4, MaxMemoryPages = 64 });
        LoadedModule module = loader.LoadScheduler(new SchedulerOptions { Mode = TimeMode.Virtual });
        Scheduler scheduler = module.Scheduler;
        scheduler.RegisterHandler("json", _ => """{"a":1}""");
        scheduler.RegisterHandler("bytes", task =>
        {
            task.Write([0, 255]);
            task.Write([254]);
            return null;
        });
        scheduler.RegisterHandler("fails", _ => throw new InvalidOperationException("no"));
        foreach (string name in new[] { "json", "bytes", "fails" })
        {
            scheduler.ScheduleTask(0, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, name), Retry = new RetryPolicy(2, 5, 1, 5) });
        }
        ExecutionResults results = ContractJson.Read<ExecutionResults>(CheckedResults(scheduler));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(results.TasksExecuted[0].Reply.Span));
        Assert.Equal([0, 255, 254], results.TasksExecuted[1].Reply.ToArray());
        Assert.Equal(("InvalidOperationException: no", 5UL), (results.TasksExecuted[2].Error, results.TasksExecuted[2].RetryAt!.Value));
        Lossless<SchedulerSnapshot>(scheduler.SnapshotJson());
        Lossless<QueueStatus>(scheduler.GetQueueStatusJson());
        SchedulerSnapshot snapshot = scheduler.Snapshot();
        Assert.Equal(1U, Assert.Single(snapshot.Tasks).FailedAttempts);
        scheduler.Restore(snapshot);
        Assert.Equal(1UL, scheduler.GetQueueStatus().PendingTasks);
        Lossless<ModuleInterfaces>(module.InterfacesJson());
        Lossless<ModuleMemory>(module.MemoryJson());
        LoadedModule temporal = loader.LoadTemporal(new TemporalOptions { ExpansionFactor = 20, TemporalResolution = 8 });
        Assert.Equal(20UL, temporal.Temporal.ExpandSubjectiveTime(Samples.Problem()).ExpansionFactor);
        using MemoryPool pool = new();
        using PoolBlock block = pool.Allocate(100);
        Lossless<MemoryPoolStats>(pool.GetStatsJson());

        static string CheckedResults(Scheduler scheduler)
        {
            string json = scheduler.ExecuteReadyTasksJson();
            Lossless<ExecutionResults>(json);
            return json;
        }
    }

    [Fact]
    public void Results_of_a_memory_are_records()
    {
        using EpisodeMemory memory = new("""{"unknown_option":1}""");
        string episodes = Encoding.UTF8.GetString(ContractJson.Write(Samples.Episodes(40)));
        Lossless<StoreResult>(memory.Store(episodes));
        Lossless<StoreResult>(memory.Store("""{"vector":[1,2,3],"unknown":1}"""));
        Lossless<RecallResult>(memory.Recall("""{"situation":{"RRU.PrbTotDl":50},"text":"energy","weights":{"similarity":1,"recency":1,"reward":1,"text":1},"explain":true,"k":7}"""));
        Lossless<RecallResult>(memory.Recall("""{"vector":[1,2,4],"k":1,"unknown":1}"""));
        Lossless<UpdateResult>(memory.Update("""{"id":3,"outcome":{"DRB.UEThpDl":1.5},"reward":null,"tags":["x"]}"""));
        Lossless<MemoryAnalysisResult>(memory.Analyze("""{"op":"skills","min_count":2}"""));
        Lossless<MemoryAnalysisResult>(memory.Analyze("""{"op":"effect","action":{"attribute":"digitalTilt"},"outcome":"reward"}"""));
        Lossless<MemoryAnalysisResult>(memory.Analyze("""{"op":"prune","max_rows":10}"""));
        Lossless<MemoryStats>(memory.GetStatsJson());
        foreach (string page in new[]
        {
            RanCognitionLibrary.RenderReport(memory.Recall(new RecallQuery { Like = 41 })), RanCognitionLibrary.RenderReport(memory.Analyze(new SkillsAnalysis { MinCount = 2 })),
            RanCognitionLibrary.RenderReport(memory.GetStats()),
        })
        {
            Assert.Contains("<html", page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Results_of_an_optimizer_are_records()
    {
        using Optimizer optimizer = new("{\"unknown_option\":1}");
        string network = Encoding.UTF8.GetString(ContractJson.Write(Samples.Network())), knobs = Encoding.UTF8.GetString(ContractJson.Write(Samples.Knobs()));
        Lossless<OptimizationResult>(optimizer.Optimize($$$"""{"problem_type":"ES","network":{{{network}}},"limits":{"max_load":0.5},"include_map":true,"unknown":1}"""));
        Lossless<OptimizationResult>(optimizer.Optimize($$$"""{"problem_type":"MLB","network":{{{network}}},"budget":{"evaluations":200}}"""));
        Lossless<OptimizationResult>(optimizer.Optimize($$$"""{"problem_type":"CCO","network":{{{network}}},"budget":{"evaluations":50}}"""));
        Lossless<OptimizationResult>(optimizer.Optimize("""{"problem_type":"PCI","pci":{"cells":3,"relations":[[1,2],[2,3]],"values":[1,2,3],"confusion":true}}"""));
        Lossless<OptimizationResult>(optimizer.Optimize("""{"function":{"suite":"bbob","id":1,"dimension":2,"instance":1},"budget":{"evaluations":30},"target":-1e9}"""));
        Lossless<OptimizationResult>(optimizer.OptimizeWith(knobs, Samples.Cost));
        Lossless<OptimizationResult>(optimizer.OptimizeWith(knobs, (x, f, g) =>
        {
            (f[0], g[0]) = (x[0], 1);
            return true;
        }));
        Lossless<OptimizationResult>(optimizer.OptimizeWithBatch(
            """{"variables":[{"name":"x","type":"real","lower":0,"upper":1}],"objectives":[{"name":"a","sense":"min"},{"name":"b","sense":"max"}],"budget":{"evaluations":20}}""", (x, points, f, _) =>
        {
            for (int i = 0; i < points; i++)
            {
                (f[2 * i], f[(2 * i) + 1]) = (x[i], Math.Sqrt(x[i]));
            }
            return true;
        }));
        optimizer.Begin(knobs);
        Lossless<OptimizationResult>(optimizer.ResultJson());
        Lossless<NetworkEvaluation>(optimizer.EvaluateNetwork(network));
        Lossless<NetworkEvaluation>(optimizer.EvaluateNetwork(ContractJson.Write(Samples.Network() with { TrafficMbps = 1e6 })));
        string night = optimizer.Optimize($$$"""{"problem_type":"ES","network":{{{network}}}}"""), loads = optimizer.EvaluateNetwork(network);
        Assert.Equal(Page(() => RanCognitionLibrary.RenderReport(night)), Page(() => RanCognitionLibrary.RenderReport(ContractJson.Read<OptimizationResult>(night))));
        Assert.Equal(Page(() => RanCognitionLibrary.RenderReport(loads)), Page(() => RanCognitionLibrary.RenderReport(ContractJson.Read<NetworkEvaluation>(loads))));
        Assert.Equal(network, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<NetworkModel>(network))));
        Assert.Equal(knobs, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<OptimizationProblem>(knobs))));

        // A library whose pages do not show these results says so of the record as of its JSON.
        static string Page(Func<string> render)
        {
            string page = "";
            return Record.Exception(() => page = render())?.Message ?? page;
        }
    }

    [Fact]
    public void Results_of_a_strange_loop_are_records()
    {
        Host stopped = new() { Now = () => 1_700_100_000_000_000_000 };
        using StrangeLoop loop = new("""{"levels":3,"unknown_option":1}""", stopped);
        string network = Encoding.UTF8.GetString(ContractJson.Write(Samples.Network())), crowded = Encoding.UTF8.GetString(ContractJson.Write(Samples.Network() with { TrafficMbps = 1e6 }));
        Lossless<FixedPointResult>(loop.Solve("""{"map":{"type":"linear","matrix":[[0.5,0.25],[-0.25,0.5]],"offset":[1,2]},"unknown":1}"""));
        Lossless<FixedPointResult>(loop.Solve($$$"""{"map":{"type":"load_coupling","network":{{{network}}}}}"""));
        Lossless<FixedPointResult>(loop.Solve($$$"""{"map":{"type":"load_coupling","network":{{{crowded}}}}}"""));
        Lossless<FixedPointResult>(loop.SolveWith("""{"x0":[0.3],"method":"picard"}""", (x, image) => image[0] = 3.2 * x[0] * (1 - x[0])));
        Lossless<FixedPointResult>(loop.SolveWith("""{"x0":[0.3],"max_iterations":3}""", (x, image) => image[0] = 2 * x[0]));
        foreach (LoopObservation hour in Samples.Hours(120))
        {
            Lossless<LoopReply>(loop.Observe(ContractJson.Write(hour)));
        }
        Lossless<LoopReply>(loop.Observe("""{"loop_id":"b","unknown":1,"predict":{"m":{"mean":1,"lower":0,"upper":2,"coverage":0.1}}}"""));
        foreach (double gain in new[] { 0.1, 0.9, 1.7 })
        {
            Lossless<ConflictReport>(loop.DetectConflicts(ContractJson.Write(Samples.Conflicts(gain, gain) with { Keep = true })));
        }
        Lossless<ConflictReport>(loop.DetectConflicts("""{"commands":[],"loops":{"names":["a","b"],"changes":[[1,2],[0.5,-1],[0.25,3],[0.1,1]]}}"""));
        string state = loop.GetStateJson();
        Lossless<StrangeLoopState>(state);
        Assert.Equal(state, Encoding.UTF8.GetString(ContractJson.Write(loop.GetState())));
        Assert.Equal("/options/unknown_option", Assert.Single(loop.GetState().Ignored).Field);
        string solved = loop.Solve("""{"map":{"type":"expression","variables":["x"],"expressions":["cos(x)"]}}""");
        Assert.Equal(RanCognitionLibrary.RenderReport(solved), RanCognitionLibrary.RenderReport(ContractJson.Read<FixedPointResult>(solved)));
        Assert.Equal(RanCognitionLibrary.RenderReport(state), RanCognitionLibrary.RenderReport(loop.GetState()));
        Assert.Contains("<html", RanCognitionLibrary.RenderReport(loop.DetectConflicts(Samples.Conflicts())), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<html", RanCognitionLibrary.RenderReport(loop.Observe(new LoopObservation { LoopId = "b" })), StringComparison.OrdinalIgnoreCase);
        string conflicts = Encoding.UTF8.GetString(ContractJson.Write(Samples.Conflicts()));
        Assert.Equal(conflicts, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<ConflictRequest>(conflicts))));
    }

    [Fact]
    public void Results_of_a_cognitive_core_are_records()
    {
        string record = Path.GetTempFileName();
        try
        {
            string made;
            using (DecisionCore core = new($$"""{"seed":3,"unknown_option":1,"record_to":{{JsonSerializer.Serialize(record)}}}"""))
            {
                Lossless<Decision>(made = core.Decide(ContractJson.Write(Samples.Handovers(60))));
                Lossless<Decision>(core.Decide(ContractJson.Write(Samples.Handovers(60) with { Configuration = [], TimeNs = Samples.DecisionNs + (8 * Samples.QuarterHour) })));
                Lossless<Decision>(core.Decide("""{"id":"p","current_state":{"a":5},"constraints":["a <= 4"],"unknown":1}""", """[{"id":"m","constraint_type":"min","parameters":{"a":6},"priority":1}]"""));
                Lossless<Decision>(core.DecideWith(ContractJson.Write(Samples.Tilts(10, 50)), (_, values) =>
                {
                    values[0] = 12;
                    return true;
                }));
                foreach (ulong id in new[] { 1UL, 2UL, 3UL })
                {
                    Lossless<RollbackReply>(core.RollbackJson(id));
                }
                Lossless<OutcomeReply>(core.ReportOutcome($$"""{"decision_id":1,"time_ns":{{Samples.DecisionNs + 1}},"observed":{"a":1},"unknown":1}"""));
                Lossless<OutcomeReply>(core.ReportOutcome($$$"""{"decision_id":2,"time_ns":{{{2 * Samples.DecisionNs}}},"observed":{"{{{Samples.Relation}}}/HO.IntraSys.TooLate":90,"{{{Samples.Relation}}}/MM.HoExeInterReq":400}}"""));
                Lossless<IngestReport>(core.IngestJson(Samples.Rows()));
                Lossless<CognitiveState>(core.GetStateJson());
                Assert.Equal("/options/unknown_option", Assert.Single(core.GetState().Ignored).Field);
                Assert.Equal(made, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<Decision>(made))));
                Assert.Equal(RanCognitionLibrary.RenderReport(made), RanCognitionLibrary.RenderReport(ContractJson.Read<Decision>(made)));
                Assert.Contains("<html", RanCognitionLibrary.RenderReport(core.GetState()), StringComparison.OrdinalIgnoreCase);
                Assert.Contains("<html", RanCognitionLibrary.RenderReport(core.Ingest(Samples.Rows())), StringComparison.OrdinalIgnoreCase);
                Assert.Contains("<html", RanCognitionLibrary.RenderReport(core.ReportOutcome(new DecisionOutcome { DecisionId = 2 })), StringComparison.OrdinalIgnoreCase);
            }
            Lossless<ReplayReport>(DecisionCore.ReplayJson(record));
            File.WriteAllText(record, File.ReadAllText(record).Replace("too_late", "too_early", StringComparison.Ordinal));
            Lossless<ReplayReport>(DecisionCore.ReplayJson(record));
        }
        finally
        {
            File.Delete(record);
        }
        string problem = Encoding.UTF8.GetString(ContractJson.Write(Samples.Tilts(10, 20)));
        Assert.Equal(problem, Encoding.UTF8.GetString(ContractJson.Write(ContractJson.Read<DecisionProblem>(problem))));
    }

    [Fact]
    public void Records_in_give_what_their_json_gives()
    {
        Host stopped = new() { Now = () => 1_700_100_000_000_000_000 };
        using TemporalCore first = new(50, 10, stopped);
        using TemporalCore second = new(50, 10, stopped);
        Constraint limit = new() { Id = "c", ConstraintType = "max", Parameters = [new("RRU.PrbTotDl", 70)], Priority = 1 };
        TemporalAnalysisResult record = first.ExpandSubjectiveTime(Samples.Problem(), [limit]);
        string json = second.ExpandSubjectiveTime(
            Encoding.UTF8.GetString(ContractJson.Write(Samples.Problem())), """[{"id":"c","constraint_type":"max","parameters":{"RRU.PrbTotDl":70},"priority":1}]""");
        Assert.Equal(json, Encoding.UTF8.GetString(ContractJson.Write(record)));
        Assert.Equal(2, record.Verdicts.Count);
        Assert.Contains("<html", RanCognitionLibrary.RenderReport(record), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<html", RanCognitionLibrary.RenderReport(first.ParallelTemporalAnalysis(Samples.Problems(2))), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(first.PredictFutureStates(Samples.Timeline(), Samples.QuarterHour));
        Assert.NotEmpty(first.AnalyzeTemporalPatterns(Samples.Timeline()));
        Assert.NotEmpty(first.OptimizeTemporalExpansion(Samples.Timeline()).Curve);
        Assert.Equal(5UL, first.GetPerformanceMetrics().TotalExecutions);
        Assert.Throws<ArgumentNullException>(() => first.ExpandSubjectiveTime((RanProblem)null!));
    }

    /// <summary>The raw layer is complete by generation; this keeps the idiomatic one complete.</summary>
    [Fact]
    public void Every_function_of_the_library_is_used_by_the_idiomatic_layer()
    {
        string folder = Path.Combine(Path.GetDirectoryName(BuiltLibrary.Source("x"))!, "..", "..", "src", "RanCognition.Interop");
        string[] functions = [.. Function().Matches(File.ReadAllText(Path.Combine(folder, "Generated", "NativeMethods.g.cs"))).Select(match => match.Groups[1].Value)];
        string idiomatic = string.Concat(Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText));
        Assert.True(functions.Length >= 65, $"only {functions.Length} functions were found");
        Assert.All(functions, name => Assert.Contains($"NativeMethods.{name}(", idiomatic, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"public static partial \S+ (rancog_\w+)\(")]
    private static partial Regex Function();
}
