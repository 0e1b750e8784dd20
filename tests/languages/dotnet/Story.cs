using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RanCognition.Interop;

namespace RanCognition.Languages;

using StrangeLoop = RanCognition.Interop.StrangeLoop;   // not the namespace

/// <summary>The story of the parity test in .NET.</summary>
internal static class Story
{
    private const ulong HourNs = 3_600_000_000_000;
    private static readonly Stream Output = Console.OpenStandardOutput();
    private static string s_folder = "";

    public static void Tell(string folder)
    {
        s_folder = folder;
        Library();
        Temporal();
        Scheduling();
        Loading();
        Kernels();
        Pool();
        MemoryOfSituations();
        MemoryOfVectors();
        MemoryOfALoader();
        Optimization();
        OptimizationOfALoader();
        Loop();
        LoopOfALoader();
        Cognition();
        RecordOfCognition();
        CognitionOfALoader();
        Line("buffers_outstanding", RanCognitionLibrary.BuffersOutstanding);
    }

    // ---- inputs ----
    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(s_folder, name));

    private static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    private static T[] Array<T>(string name)
        where T : struct => MemoryMarshal.Cast<byte, T>(Bytes(name)).ToArray();

    private static Host FixedHost() => new() { Now = () => 1600000000000000000, Random = () => 42 };

    // ---- lines ----
    private static void Line(string name, object value) => Output.Write(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{name}\t{value}\n")));

    private static string Bits(double[] values) => string.Concat(values.Select(value => BitConverter.DoubleToUInt64Bits(value).ToString("x16")));

    private static string Bits(float[] values) => string.Concat(values.Select(value => BitConverter.SingleToUInt32Bits(value).ToString("x8")));

    private static void Done(string name, Action call) =>
        Json(name, () =>
        {
            call();
            return "ok";
        });

    private static void Json(string name, Func<string> call)
    {
        try
        {
            Line(name, call());
        }
        catch (Exception error) when (error is IRanCognitionError known)
        {
            Line(name, $"{(int)known.Status} {known.Message}");
        }
    }

    private static void Page(string name, string html)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(html);
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes)
        {
            hash = unchecked((hash ^ value) * 1099511628211);
        }
        Line(name, $"{bytes.Length} {hash:x16}");
    }

    // ---- chapters ----
    private static void Library()
    {
        ulong first = RanCognitionLibrary.NanoTime, second = RanCognitionLibrary.NanoTime;
        Line("abi_version", RanCognitionLibrary.AbiVersion);
        Line("version_string", RanCognitionLibrary.Version);
        Line("nanotime goes on", first > 1600000000000000000 && second >= first ? 1 : 0);
        Line("runtime_info tells the version", RanCognitionLibrary.RuntimeInfoJson().Contains(RanCognitionLibrary.Version) ? 1 : 0);
    }

    private static void Temporal()
    {
        double[] values = Array<double>("values.f64");
        string timeline = Text("timeline.json");
        using TemporalCore core = new(50, 12, FixedHost());
        string result = core.ExpandSubjectiveTime(Text("problem.json"), Text("constraints.json"));
        Line("expand_subjective_time", result);
        Page("report_render", RanCognitionLibrary.RenderReport(result));
        Done("set_consciousness_level", () => core.SetConsciousnessLevel(0.5));
        Json("parallel_temporal_analysis", () => core.ParallelTemporalAnalysis(Bytes("problems.json"), 2));
        Json("analyze_temporal_patterns", () => core.AnalyzeTemporalPatterns(timeline));
        Json("predict_future_states", () => core.PredictFutureStates(timeline, 6 * HourNs));
        Json("optimize_temporal_expansion", () => core.OptimizeTemporalExpansion(timeline));
        TemporalForecast next = new([], [], []);
        Done("forecast", () => next = core.Forecast(values, HourNs, 12, 0.9));
        Line("forecast mean", Bits(next.Mean));
        Line("forecast lower", Bits(next.Lower));
        Line("forecast upper", Bits(next.Upper));
        Done("observe", () => core.Observe("observed", "RRU.PrbTotDl", Array<ulong>("times.u64"), values));
        Json("expand_subjective_time of what was observed", () => core.ExpandSubjectiveTime(Text("observed.json")));
        double[] scores = [];
        Done("score_anomalies", () => scores = core.ScoreAnomalies(values, HourNs));
        Line("scores", Bits(scores));
        bool[] flags = [];
        Done("detect_anomalies", () => flags = core.DetectAnomalies(values, HourNs));
        Line("flags", string.Concat(flags.Select(flag => flag ? 1 : 0)));
        int[] changes = [];
        Done("detect_change_points", () => changes = core.DetectChangePoints(values, HourNs));
        Line("change points", string.Concat(changes.Select(place => $"{place} ")));
        Json("get_performance_metrics", core.GetPerformanceMetricsJson);
        Json("a problem that is cut short", () => core.ExpandSubjectiveTime("{\"id\":"));
        Done("a coverage of 2", () => core.Forecast(values, HourNs, 12, 2.0));
    }

    private static void Scheduling()
    {
        string echo = Scheduler.Custom("echo");
        using Scheduler self = new(Text("scheduler.json"), FixedHost());
        uint handler = self.RegisterHandler("echo", task => $"{{\"id\":{task.Id},\"payload\":{task.Payload},\"bytes\":{task.Data.Length}}}");
        Line("register_handler", handler);
        ulong id = self.ScheduleTask(5000, 3, echo, "hello"u8);
        Line("schedule_task", id);
        Line("schedule_recurring_task", self.ScheduleRecurringTask(250, 1, echo, "{\"again\":true}"u8, 3));
        ulong[] ids = new ulong[2];
        Done("schedule_batch", () => self.ScheduleBatch([Scheduler.Task(handler, 1500, 11), Scheduler.Task(handler, 1501, 12)], ids));
        Line("schedule_batch id 0", ids[0]);
        Line("schedule_batch id 1", ids[1]);
        Done("reschedule_task", () => self.RescheduleTask(id, 1400));
        Done("cancel_task", () => self.CancelTask(ids[1]));
        Done("cancel_task of none", () => self.CancelTask(999999));
        string snapshot = self.SnapshotJson();
        Line("snapshot", snapshot);
        Line("get_next_execution_time", self.NextExecutionTime!.Value);
        Done("advance_time", () => self.AdvanceTime(300));
        Json("execute_ready_tasks", () => self.ExecuteReadyTasksJson());
        Done("run", () => self.Run(1450));
        Done("advance_time", () => self.AdvanceTime(100));
        RancogTaskOutcome[] outcomes = new RancogTaskOutcome[10];
        int count = 0;
        Done("execute_ready_batch", () => count = self.ExecuteReadyBatch(outcomes));
        foreach (RancogTaskOutcome outcome in outcomes[..count])
        {
            Line("outcome", $"{outcome.TaskId} {outcome.ExecuteTime} {outcome.LatenessNs} {outcome.Handler} {outcome.Status} {outcome.Payload}");
        }
        Json("get_queue_status", self.GetQueueStatusJson);
        Done("restore", () => self.Restore(snapshot));
        Json("get_queue_status of what was restored", self.GetQueueStatusJson);
    }

    private static void Loading()
    {
        using ModuleLoader self = new(Text("loader.json"), FixedHost());
        LoadedModule module = self.Load("temporal", Text("module.json"));
        Json("interfaces", module.InterfacesJson);
        Json("memory", module.MemoryJson);
        double[] mean = new double[3];
        Done("forecast of a module", () => module.Temporal.Forecast(Array<double>("values.f64"), HourNs, 0.9, mean));
        Line("mean of a module", Bits(mean));
        LoadedModule other = self.Load("scheduler", "{\"mode\":\"virtual\"}");
        Json("get_queue_status of a module", () => other.Scheduler.GetQueueStatusJson());
        Done("unload_module", () => self.Unload("scheduler"));
        Done("a module that is not there", () => self.Load("wisdom"));
    }

    private static void Kernels()
    {
        float[] a = Array<float>("floats.f32"), b = Array<float>("weights.f32"), products = new float[a.Length];
        byte[] reached = new byte[a.Length];
        Done("vectorized_pattern_matching", () => Simd.VectorizedPatternMatching(a, b, b, reached));
        Line("reached", string.Concat(reached));
        Done("parallel_temporal_computation", () => Simd.ParallelTemporalComputation(a, b, 5, products));
        Line("products", Bits(products));
    }

    private static void Pool()
    {
        using MemoryPool self = new(Bytes("pool.json"));
        PoolBlock first = self.Allocate(100), second = self.Allocate(5000);
        first.GetSpan().Fill(1);
        Json("get_stats", self.GetStatsJson);
        Done("deallocate", ((IDisposable)first).Dispose);
        Done("a block of the whole budget", () => self.Allocate(1 << 20));
        Done("deallocate", ((IDisposable)second).Dispose);
        Json("get_stats after it", self.GetStatsJson);
    }

    private static void MemoryOfSituations()
    {
        using EpisodeMemory self = new("", FixedHost());
        Json("memory store", () => self.Store(Bytes("memory_episodes.json")));
        Json("memory recall", () => self.Recall(Bytes("memory_recall.json")));
        Json("memory text", () => self.Recall(Text("memory_text.json")));
        Json("memory update", () => self.Update(Bytes("memory_update.json")));
        Json("memory recall after", () => self.Recall(Text("memory_recall.json")));
        Json("memory analyze", () => self.Analyze(Text("memory_skills.json")));
        Done("memory remove", () => self.Remove(2));
        Done("memory remove of none", () => self.Remove(999));
        Json("memory stats", self.GetStatsJson);
        Done("memory flush", self.Flush);
    }

    private static void MemoryOfVectors()
    {
        const int Episodes = 16, Dimension = 8;
        const ulong FirstNs = 1500000000000000000;
        float[] vectors = Array<float>("memory_vectors.f32"), query = Array<float>("memory_query.f32");
        using EpisodeMemory self = new("{\"dimension\":8,\"metric\":\"cosine\"}", FixedHost());
        EpisodeRow[] rows = [.. Enumerable.Range(0, Episodes).Select(i => new EpisodeRow
        {
            TimeNs = FirstNs + (ulong)i, Cell = i % 2 == 0 ? "c1" : "c2", Vector = vectors.AsMemory(i * Dimension, Dimension), Reward = i / 10.0, Success = i % 2 == 1,
        })];
        Json("memory append", () => string.Join(' ', self.Append(rows)));
        SearchFilter filter = new() { Cell = "c1", FromNs = FirstNs + 2, UntilNs = FirstNs + 12 };
        Json("memory search", () => string.Join(' ', self.Search(query, 4, filter).Select(hit => $"{hit.Id} {Bits([hit.Distance])}")));
    }

    private static void MemoryOfALoader()
    {
        using ModuleLoader loader = new("", FixedHost());
        Json("module memory store", () => loader.Load("memory").EpisodeMemory.Store("{\"vector\":[1,2,3],\"time_ns\":5}"));
    }

    // What is evaluated here: + - * only, in the order written, so that all languages give the same bits.
    private static bool Mixed(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        double a = x[0], b = x[1], c = x[2], d = x[3], e = x[4];
        objectives[0] = ((a - 0.5) * (a - 0.5)) + ((b - 2) * (b - 2)) + ((c - 2) * (c - 2)) + (d * 3) + ((e - 1) * (e - 1));
        constraints[0] = 1 - a - b;
        return true;
    }

    private static bool Front(ReadOnlySpan<double> points, int rows, Span<double> objectives, Span<double> constraints)
    {
        for (int i = 0; i < rows; i++)
        {
            double x = points[2 * i], y = points[(2 * i) + 1];
            objectives[2 * i] = (x * x) + (y * y);
            objectives[(2 * i) + 1] = x + y - (x * y);
        }
        return constraints.IsEmpty;
    }

    private static void Optimization()
    {
        using Optimizer self = new("{\"seed\":3}", FixedHost());
        Json("optimization bbob", () => self.Optimize(Bytes("optimization_bbob.json")));
        Json("optimization es", () => self.Optimize(Text("optimization_es.json")));
        Json("optimization with", () => self.OptimizeWith(Bytes("optimization_mixed.json"), Mixed));
        Json("optimization batch", () => self.OptimizeWithBatch(Text("optimization_front.json"), Front));
        Json("optimization ask", () => AskAndTell(self));
        Json("optimization result", self.ResultJson);
        Json("optimization network", () => self.EvaluateNetwork(Bytes("optimization_network.json")));
        Json("optimization bad", () => self.Optimize(Text("optimization_bad.json")));
    }

    private static string AskAndTell(Optimizer self)
    {
        const int Capacity = 7, Variables = 5;
        double[] x = new double[Capacity * Variables], objectives = new double[Capacity], constraints = new double[Capacity];
        int asks = 0, points = 0;
        self.Begin(Text("optimization_mixed.json"));
        while (self.Ask(x) is > 0 and int rows)
        {
            asks++;
            points += rows;
            for (int i = 0; i < rows; i++)
            {
                Mixed(x.AsSpan(i * Variables, Variables), objectives.AsSpan(i, 1), constraints.AsSpan(i, 1));
            }
            self.Tell(x.AsSpan(0, rows * Variables), objectives.AsSpan(0, rows), constraints.AsSpan(0, rows));
        }
        return FormattableString.Invariant($"{asks} {points}");
    }

    private static void OptimizationOfALoader()
    {
        using ModuleLoader loader = new("", FixedHost());
        Json("module optimization network", () => loader.Load("optimization").Optimization.EvaluateNetwork(Text("optimization_network.json")));
    }

    private static void Bend(ReadOnlySpan<double> x, Span<double> image)
    {
        image[0] = (0.5 * x[1] * x[1]) - (0.25 * x[0]) + 0.1;
        image[1] = (0.5 * x[0]) + (0.25 * x[1]);
    }

    private static void Loop()
    {
        using StrangeLoop self = new("{\"aci_step\":0.1}", FixedHost());
        Json("loop linear", () => self.Solve(Bytes("loop_linear.json")));
        Json("loop coupling", () => self.Solve(Text("loop_coupling.json")));
        Json("loop with", () => self.SolveWith(Bytes("loop_with.json"), Bend));
        Json("loop observe", () => ObserveAll(self));
        Json("loop conflicts", () => self.DetectConflicts(Text("loop_conflicts.json")));
        string state = "";
        Json("loop state", () => state = self.GetStateJson());
        using StrangeLoop other = new("{\"aci_step\":0.1}", FixedHost());
        Json("loop restored", () =>
        {
            other.Restore(state);
            return other.GetStateJson();
        });
        Json("loop bad", () => self.Observe(Bytes("loop_bad.json")));
    }

    private static string ObserveAll(StrangeLoop self)
    {
        using JsonDocument told = JsonDocument.Parse(Bytes("loop_observations.json"));
        string reply = "";
        foreach (JsonElement observation in told.RootElement.EnumerateArray())
        {
            reply = self.Observe(observation.GetRawText());
        }
        return reply;
    }

    private static void LoopOfALoader()
    {
        using ModuleLoader loader = new("", FixedHost());
        Json("module loop linear", () => loader.Load("strangeLoop").StrangeLoop.Solve(Text("loop_linear.json")));
    }

    private static bool WhatIf(ReadOnlySpan<byte> question, Span<double> values)
    {
        int said = question.Count("managedObject"u8);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 10 + i + said;
        }
        return true;
    }

    private static void Cognition()
    {
        using DecisionCore self = new("{\"seed\":7}", FixedHost());
        Json("cognition mro", () => self.Decide(Bytes("cognition_mro.json"), Bytes("cognition_constraints.json")));
        Json("cognition candidates", () => self.Decide(Text("cognition_candidates.json")));
        Json("cognition with", () => self.DecideWith(Bytes("cognition_with.json"), WhatIf));
        Json("cognition rows", () => self.IngestJson(Bytes("cognition_rows.json")));
        Json("cognition ves", () => self.IngestJson(Text("cognition_ves.json")));
        Json("cognition outcome", () => self.ReportOutcome(Text("cognition_outcome.json")));
        Json("cognition rollback", () => self.RollbackJson(1));
        Json("cognition rollback of none", () => self.RollbackJson(999));
        Json("cognition state", self.GetStateJson);
        Json("cognition bad", () => self.Decide(Bytes("cognition_bad.json")));
    }

    private static void RecordOfCognition()
    {
        string record = Path.Combine(s_folder, "cognition_record.jsonl");
        File.Delete(record);
        using (DecisionCore self = new($"{{\"seed\":7,\"record_to\":\"{record}\"}}", FixedHost()))
        {
            self.Decide(Bytes("cognition_mro.json"));
        }
        Json("cognition replay", () => DecisionCore.ReplayJson(record, FixedHost()));
    }

    private static void CognitionOfALoader()
    {
        using ModuleLoader loader = new("", FixedHost());
        Json("module cognition mro", () => loader.Load("cognitive").Cognitive.Decide(Bytes("cognition_mro.json")));
    }
}
