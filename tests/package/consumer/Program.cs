// Uses the package as an application does, and does the same job by the native library and by RanCognition.Core alone. One line a check; exit code 1 when one fails.
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;
using Consumer;

int failed = 0;
void Check(string name, bool good)
{
    Console.WriteLine($"{(good ? "ok" : "FAILED")} {name}");
    failed += good ? 0 : 1;
}

RuntimeInfo info = RanCognitionLibrary.RuntimeInfo();
Console.WriteLine($"version {info.Version}, level {info.CpuLevel}");
Check("the best level of this machine is taken", info.CpuLevel == (Environment.GetEnvironmentVariable("EXPECTED_LEVEL") ?? info.CpuLevelBest));

string native = SameJob.ByTheNativeLibrary(SameJob.Problem);
string managed = SameJob.ByTheCoreAlone(SameJob.Problem);
Check("both ways give the same JSON", native == managed);
TemporalAnalysisResult result = ContractJson.Read<TemporalAnalysisResult>(native);
Check("the result is a record", result is { ProblemId: "p1", Predictions.Count: > 0 } && result.Predictions[0].PredictedValue > 50);

using Scheduler scheduler = new(new SchedulerOptions { Mode = TimeMode.Virtual });
int runs = 0;
scheduler.RegisterHandler("count", _ =>
{
    runs++;
    return "\"done\"";
});
scheduler.ScheduleRecurringTask(1_000_000, 0, new TaskSpec { Type = new TaskType(TaskKind.Custom, "count") }, maxExecutions: 3);
await scheduler.RunAsync(untilNs: 10_000_000);
Check("a handler is called", runs == 3);

using TemporalCore core = new();
using CancellationTokenSource source = new();
source.Cancel();
bool cancelled = false;
try
{
    await core.ExpandSubjectiveTimeAsync(SameJob.Problem, cancellationToken: source.Token);
}
catch (OperationCanceledException)
{
    cancelled = true;
}
Check("a call is cancelled", cancelled);

bool refused = false;
try
{
    core.Forecast([], 0, 1);
}
catch (ArgumentException error) when (error is IRanCognitionError { Status: RanCognitionStatus.InvalidArgument })
{
    refused = error.ParamName == "values";
}
Check("bad input is an ArgumentException", refused);

using (EpisodeMemory memory = new(new MemoryOptions { Metric = DistanceMetric.L2 }))
{
    memory.Store(
    [
        new Episode { Cell = "c1", Situation = [new("RRU.PrbTotDl", 80)], Action = [new("NRCellDU=1", "digitalTilt", 30, 40)], Reward = 0.8, Metadata = new([new("vendor", "a")]) },
        new Episode { Cell = "c2", Situation = [new("RRU.PrbTotDl", 20)] },
    ]);
    RecallResult recalled = await memory.RecallAsync(
        new RecallQuery { Situation = [new("RRU.PrbTotDl", 75)], K = 1, Explain = true, Filter = new EpisodeFilterBuilder().Equal("metadata.vendor", "a").Build() });
    Check("an episode is kept and recalled", recalled is { Hits: [{ Id: 1, Episode: { Cell: "c1", Action.Count: 1 }, Why.Count: 1 }] });
    ulong[] ids = memory.AppendRows(new float[,] { { 1, 0 }, { 3, 4 } }, cell: "c3");
    Check("the nearest vector is found", memory.Search([3, 3], 1, new SearchFilter { Cell = "c3" })[0].Id == ids[1]);
    Check("the memory tells what it holds", memory.GetStats() is { Episodes: 4, Dimension: 2 } && memory.Analyze(new SkillsAnalysis { MinCount = 1 }).Skills is not null);
}

using (Optimizer optimizer = new())
{
    OptimizationProblem problem = new() { Variables = [new() { Name = "tilt", Upper = 12, Step = 0.5 }], Objectives = [new("failures", Maximize: false)] };
    OptimizationResult set = await optimizer.OptimizeWithAsync(problem, (x, objectives, _) =>
    {
        objectives[0] = Math.Abs(x[0] - 6.5);
        return true;
    });
    Check("a knob is set", set is { Stopped: SearchStop.Exact, Evaluations: 25, Best: { X: [6.5], Feasible: true } });
    NetworkEvaluation network = optimizer.EvaluateNetwork(new NetworkModel { Layout = new LayoutSpec { Sites = 1 }, Users = new UsersSpec { Count = 50 }, TrafficMbps = 10 });
    Check("a network is evaluated", network is { Feasible: true, Loads.Length: 3 });
}

using (StrangeLoop loop = new(new StrangeLoopOptions { Levels = 1 }))
{
    FixedPointResult rest = await loop.SolveWithAsync(new FixedPointRequest { X0 = [1] }, (x, image) => image[0] = Math.Cos(x[0]));
    Check("a model's point of rest is found", rest is { State: FixedPointState.Converged, X: [> 0.7390851 and < 0.7390852] });
    loop.Observe(new LoopObservation { LoopId = "a", Predict = [new("RRU.PrbTotDl", Mean: 50, Lower: 40, Upper: 60, Coverage: 0.9)] });
    LoopReply reply = loop.Observe(new LoopObservation { LoopId = "a", Observed = [new("RRU.PrbTotDl", 55)] });
    Check("a loop checks its prediction", reply is { Coverage: { Value: 1, Steps: 1 } });
    ConflictReport report = loop.DetectConflicts(new ConflictRequest { Loops = new ControlLoops { Names = ["a", "b"], Gain = [[0, -1.3], [1.1, 0]] } });
    Check("functions that chase each other are damped", report.Loops is { SpectralRadius: > 1, Advice: { Kind: LoopAdviceKind.Damping, Damping: < 0.9 } });
    loop.Restore(loop.GetState());
    Check("a loop's record comes back", loop.GetState() is { Levels: 1, Loops: [{ LoopId: "a", Metrics: [{ Observations: 1 }] }] });
}

using (DecisionCore decisions = new(new CognitiveOptions { Seed = 1 }))
{
    DecisionProblem tilt = new()
    {
        Problem = new RanProblem { Id = "tilt", CurrentState = [new("DRB.UEThpDl", 10)], Objectives = ["maximize DRB.UEThpDl"] },
        Configuration = [new("NRCellDU=1", "digitalTilt", 30)], Candidates = [[new("NRCellDU=1", "digitalTilt", null, 20)], [new("NRCellDU=1", "digitalTilt", null, 40)]],
    };
    Decision decision = await decisions.DecideWithAsync(tilt, (question, values) =>
    {
        values[0] = question.Actions is [{ After: MetadataValue.Number tenths }] ? tenths.Value / 2 : 10;
        return true;
    });
    Check("a decision is made", decision is { DecisionId: 1, Actions: [{ Attribute: "digitalTilt" }], Explanation.Count: > 0 } && decision.Actions[0].After == 40);
    Check("it can be undone", decisions.Rollback(1).Restore is [{ After: MetadataValue.Number { Value: 30 } }]);
    Check("measurements are taken", decisions.Ingest("""{"rows":[{"time_ns":1,"object":"NRCellDU=1","metric":"RRU.PrbTotDl","value":5}]}""") is { Format: MeasurementFormat.Rows, Samples: 1 });
    Check("the core tells what it knows of itself", decisions.GetState() is { HistorySamples: 1, Calibration.Count: 0 });
}

using MemoryPool pool = new();
using (PoolBlock block = pool.Allocate(100))
{
    block.Memory.Span.Fill(7);
    Check("memory comes from the pool", pool.GetStats().LiveBlocks == 1);
}
Check("no buffer is left behind", RanCognitionLibrary.BuffersOutstanding == 0);
return failed == 0 ? 0 : 1;
