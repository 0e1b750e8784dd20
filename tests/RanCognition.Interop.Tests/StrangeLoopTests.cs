using System.Numerics;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;

namespace RanCognition.Tests.Interop;

using StrangeLoop = RanCognition.Interop.StrangeLoop;   // not the namespace

/// <summary>Real calls of a strange-loop core through the built library: records in and out.</summary>
public sealed class StrangeLoopTests
{
    private const double CosineOfItself = 0.73908513321516064;

    /// <summary>An example: where does an own model come to rest, how far is a loop's forecast to be trusted, and do two functions chase each other?</summary>
    [Fact]
    public void A_point_of_rest_a_corrected_forecast_and_a_damping_are_found()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using (StrangeLoop loop = new())
        {
            FixedPointResult point = loop.SolveWith(new FixedPointRequest { X0 = [1] }, (x, image) => image[0] = Math.Cos(x[0]));
            Assert.Equal(FixedPointState.Converged, point.State);
            Assert.Equal(CosineOfItself, point.X![0], 12);

            LoopReply reply = new();
            foreach (LoopObservation hour in Samples.Hours(200))
            {
                reply = loop.Observe(hour);
            }
            Assert.True(Math.Abs(reply.Coverage!.Value - reply.Coverage.Target) <= reply.Coverage.Bound);

            ConflictReport report = loop.DetectConflicts(Samples.Conflicts());
            Assert.True(report.Loops!.SpectralRadius > 1);
            Assert.Equal(LoopAdviceKind.Damping, report.Loops.Advice.Kind);
        }
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void Linear_maps_have_the_fixed_point_of_their_equations_with_every_method()
    {
        using StrangeLoop loop = new();
        FixedPointMapSpec.Linear map = new([[0.5, -0.25], [0.25, 0.5]], [1, 2]);
        double determinant = (0.5 * 0.5) + (0.25 * 0.25);
        double[] exact = [((0.5 * 1) - (0.25 * 2)) / determinant, ((0.25 * 1) + (0.5 * 2)) / determinant];   // (I - A)^-1 b
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            FixedPointResult result = loop.Solve(new FixedPointRequest { Map = map, X0 = [3, -4], Method = method });
            Assert.Equal(FixedPointState.Converged, result.State);
            Assert.True(result.Residual <= 1e-10);
            Assert.Equal(Math.Sqrt(0.3125), result.SpectralRadius!.Value, 6);
            double distance = Math.Max(Math.Abs(result.X![0] - exact[0]), Math.Abs(result.X[1] - exact[1]));
            Assert.True(distance <= result.ErrorBound + 1e-15, $"{method}: {distance} > {result.ErrorBound}");
            Assert.True(method == FixedPointMethod.Auto || result.Method == method);
        }
    }

    [Fact]
    public void What_is_no_point_of_rest_is_named()
    {
        using StrangeLoop loop = new();
        FixedPointRequest plain = new() { X0 = [0.3], Method = FixedPointMethod.Picard };
        foreach ((double rate, int period) in new[] { (3.2, 2), (3.5, 4), (3.83, 3) })
        {
            FixedPointResult cycle = loop.SolveWith(plain, (x, image) => image[0] = rate * x[0] * (1 - x[0]));
            Assert.Equal((FixedPointState.Oscillating, period), (cycle.State, cycle.Period));
        }
        Assert.Equal(FixedPointState.Diverging, loop.SolveWith(plain, (x, image) => image[0] = (2 * x[0]) + 1).State);
        FixedPointResult shift = loop.Solve(new FixedPointRequest { Map = new FixedPointMapSpec.Linear([[1]], [1]) });
        Assert.Equal((FixedPointState.Infeasible, true), (shift.State, shift.X is null));
        FixedPointResult early = loop.Solve(new FixedPointRequest { Map = new FixedPointMapSpec.Expression(["x"], ["cos(x)"]), Method = FixedPointMethod.Picard, MaxIterations = 5 });
        Assert.Equal((FixedPointState.Descending, 5, 6), (early.State, early.Iterations, early.History.Count));
    }

    [Fact]
    public void Loads_that_bring_themselves_about_are_those_of_the_network()
    {
        using StrangeLoop loop = new();
        using Optimizer optimizer = new();
        NetworkModel network = Samples.Network();
        NetworkEvaluation evaluation = optimizer.EvaluateNetwork(network);
        FixedPointResult result = loop.Solve(new FixedPointRequest { Map = new FixedPointMapSpec.LoadCoupling(network) });
        Assert.Equal(FixedPointState.Converged, result.State);
        Assert.All(evaluation.Loads!.Zip(result.X!), pair => Assert.Equal(pair.First, pair.Second, 8));
        Assert.Equal(1, result.CriticalScale!.Value / evaluation.CriticalScale!.Value, 6);
        FixedPointResult crowded = loop.Solve(new FixedPointRequest { Map = new FixedPointMapSpec.LoadCoupling(network with { TrafficMbps = network.TrafficMbps * evaluation.CriticalScale!.Value * 1.001 }) });
        Assert.Equal((FixedPointState.Infeasible, true), (crowded.State, crowded.X is null));
        Assert.True(crowded.SpectralRadius > 1);
    }

    [Fact]
    public void A_loops_record_corrects_it_and_the_bounds_hold_at_every_step()
    {
        using StrangeLoop loop = new(new StrangeLoopOptions { AciStep = 0.1 });
        double regret = 0;
        LoopReply last = new();
        foreach (LoopObservation hour in Samples.Hours(300))
        {
            LoopReply reply = loop.Observe(hour);
            if (reply.Coverage is { } coverage)
            {
                Assert.True(Math.Abs(coverage.Value - coverage.Target) <= coverage.Bound);
            }
            if (reply.Regret is { } steps)
            {
                Assert.True(steps.Value <= steps.Bound);
                regret = steps.Value / steps.Steps;
            }
            last = reply.Corrected.Count > 0 ? reply : last;
        }
        MetricCorrection throughput = last.Corrections.Single(one => one.Metric == "DRB.UEThpDl");
        double mean = (60 + (10 * Math.Sin(299 * Math.PI / 12))) / 3;
        Assert.Equal(mean, last.Corrected.Single(one => one.Metric == "DRB.UEThpDl").Mean!.Value, 0.5);   // foretold 5 too high
        Assert.Equal(last.Corrected.Single(one => one.Metric == "DRB.UEThpDl").Mean!.Value, ((mean + 5) * throughput.Gain) + throughput.Bias, 9);
        Assert.Equal(1, last.Weights.Sum(weight => weight.Weight), 12);
        Assert.True(last.Weights.Single(weight => weight.Name == "good").Weight > 0.9);
        Assert.InRange(regret, -1, 0.2);
        Assert.True(last.Level >= 1);
    }

    [Fact]
    public void Conflicts_of_each_kind_are_found_and_the_gain_is_that_of_the_algebra()
    {
        using StrangeLoop loop = new();
        ConflictReport report = loop.DetectConflicts(Samples.Conflicts(1.2, -1.5));
        Assert.Equal(
            [(ConflictKind.Direct, 0UL, 1UL), (ConflictKind.Indirect, 2UL, 3UL), (ConflictKind.Implicit, 4UL, 5UL)], report.Conflicts.Select(one => (one.Kind, one.FirstCommand, one.SecondCommand)));
        Assert.Equal("mobility", report.Conflicts[1].GroupName);
        Assert.Equal(["CCO", "ES"], report.Conflicts[2].Advice.Precedence!.Order());
        Assert.Equal((31.0, 11.0, true), (report.Conflicts[2].Kpi!.Before, report.Conflicts[2].Kpi!.Both, report.Conflicts[2].Kpi!.PValue < 0.001));
        double radius = Math.Sqrt(1.2 * 1.5), limit = 2 / (1 + (1.2 * 1.5));   // eigenvalues +-i sqrt(1.8)
        Assert.Equal(radius, report.Loops!.SpectralRadius, 12);
        Assert.Equal(limit, report.Loops.Advice.Limit!.Value, 12);
        double damping = report.Loops.Advice.Damping!.Value;
        Assert.InRange(damping, 0.01, limit);
        Assert.All(report.Loops.Eigenvalues, one => Assert.True((1 - damping + (damping * new Complex(one.Real, one.Imaginary))).Magnitude < 1));
        Assert.Equal(radius, report.Conflicts[0].LoopGain!.Value, 12);
        LoopAdvice runaway = loop.DetectConflicts(Samples.Conflicts(2, 0.9)).Loops!.Advice;   // eigenvalue sqrt(1.8): no damping helps
        Assert.Equal((LoopAdviceKind.Precedence, 2), (runaway.Kind, runaway.Order!.Count));
        Assert.Equal(LoopAdviceKind.None, loop.DetectConflicts(Samples.Conflicts(0.5, 0.5)).Loops!.Advice.Kind);
    }

    [Fact]
    public void Commands_that_are_kept_meet_those_of_later_requests()
    {
        using StrangeLoop loop = new();
        ConflictRequest Request(ControlCommand command) => new() { Commands = [command], Keep = true };
        Assert.Empty(loop.DetectConflicts(Request(Samples.Command("MLB", "tilt", "1", "c1", 10))).Conflicts);
        ConflictReport second = loop.DetectConflicts(Request(Samples.Command("CCO", "tilt", "2", "c1", 20)));
        Assert.Equal((0UL, 1UL, 1UL, 2), (second.Conflicts[0].FirstCommand, second.Conflicts[0].SecondCommand, second.FirstCommand, second.Live));
        ConflictReport later = loop.DetectConflicts(Request(Samples.Command("CCO", "tilt", "2", "c1", 70_000_000_000)));
        Assert.Equal((0, 1), (later.Conflicts.Count, later.Live));
    }

    [Fact]
    public void A_state_restored_elsewhere_goes_on_with_the_same_bytes()
    {
        Host stopped = new() { Now = () => 1_700_100_000_000_000_000 };
        using StrangeLoop first = new(new StrangeLoopOptions { Levels = 3, AciStep = 0.02 }, stopped), second = new("", stopped), third = new("", stopped);
        LoopObservation[] hours = [.. Samples.Hours(400)];
        LoopReply reply = new();
        foreach (LoopObservation hour in hours[..250])
        {
            reply = first.Observe(hour);
        }
        first.DetectConflicts(Samples.Conflicts() with { Keep = true });
        StrangeLoopState state = first.GetState();
        LoopState known = Assert.Single(state.Loops);
        Assert.Equal(reply.Corrections.Select(one => (one.Metric, one.Bias, one.Gain, one.IntervalScale)), known.Metrics.Select(one => (one.Metric, one.Bias, one.Gain, one.IntervalScale)));
        Assert.Equal(reply.Weights.Select(one => one.Weight), known.Experts!.Weights);
        Assert.Equal(reply.Regret, known.Experts.Regret);
        Assert.Equal((3, 0.02, 8UL), (state.Levels, state.AciStep, state.NextCommand));
        Assert.True(state.LiveCommands.Count > 0 && known.Actions.Count > 0);
        second.Restore(state);
        third.Restore(first.GetStateJson());
        Assert.Equal(first.GetStateJson(), second.GetStateJson());
        foreach (LoopObservation hour in hours[250..])
        {
            string text = Encoding.UTF8.GetString(ContractJson.Write(hour)), said = first.Observe(text);
            Assert.Equal(said, second.Observe(text));
            Assert.Equal(said, third.Observe(text));
        }
        Assert.Equal(first.GetStateJson(), third.GetStateJson());
    }

    [Fact]
    public void A_state_that_is_none_is_refused_and_the_core_is_as_before()
    {
        using StrangeLoop loop = new("", new Host { Now = () => 1_700_100_000_000_000_000 });
        foreach (LoopObservation hour in Samples.Hours(30))
        {
            loop.Observe(hour);
        }
        string before = loop.GetStateJson();
        Assert.Equal(RanCognitionStatus.InvalidJson, Refusal.Of(() => loop.Restore(before[..^1])));
        foreach ((string from, string to) in new[]
        {
            ("\"version\":1", "\"version\":2"), ("\"levels\":2", "\"levels\":9"), ("\"observations\":", "\"seen\":"), ("\"miscoverage\":", "\"miscoverage\":\"x\",\"other\":"), ("\"next_command\":0", "\"next_command\":-1"),
        })
        {
            Assert.Contains(from, before, StringComparison.Ordinal);
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(() => loop.Restore(before.Replace(from, to, StringComparison.Ordinal))));
            Assert.StartsWith("state", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, loop.GetStateJson());
        }
    }

    [Fact]
    public void The_core_of_a_module_belongs_to_the_loader_and_its_schedulers_tasks_use_it()
    {
        using ModuleLoader loader = new();
        LoadedModule module = loader.LoadStrangeLoop(new StrangeLoopOptions { Levels = 1 });
        StrangeLoop loop = module.StrangeLoop;
        Assert.Same(loop, loader.Load("strangeLoop").StrangeLoop);
        Assert.Equal(1, loop.GetState().Levels);
        Assert.Contains("solve_with", module.Interfaces().Interfaces[0].Functions);
        Scheduler scheduler = loader.LoadScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }).Scheduler;
        TaskSpec spec = new() { Type = new TaskType(TaskKind.StrangeLoop) };
        FixedPointRequest request = new() { Map = new FixedPointMapSpec.Expression(["x"], ["cos(x)"]) };
        StrangeLoopOperation[] operations =
        [
            new StrangeLoopOperation.Solve(request), new StrangeLoopOperation.Observe(new LoopObservation { LoopId = "a", Predict = [new("m", 1, 0, 2, 0.9)] }),
            new StrangeLoopOperation.DetectConflicts(Samples.Conflicts()), new StrangeLoopOperation.GetState(),
        ];
        foreach ((int i, StrangeLoopOperation operation) in operations.Index())
        {
            scheduler.ScheduleTask(0, (byte)i, spec, ContractJson.Write(operation));
        }
        IReadOnlyList<TaskResult> results = scheduler.ExecuteReadyTasks().TasksExecuted;
        Assert.Equal(loop.Solve(request).X, ContractJson.Read<FixedPointResult>(results[0].Reply.Span).X);
        Assert.Equal("m", Assert.Single(ContractJson.Read<LoopReply>(results[1].Reply.Span).Corrected).Metric);
        Assert.Equal(3, ContractJson.Read<ConflictReport>(results[2].Reply.Span).Conflicts.Count);
        Assert.Equal("a", Assert.Single(ContractJson.Read<StrangeLoopState>(results[3].Reply.Span).Loops).LoopId);
        loop.Observe(new LoopObservation { LoopId = "a", Observed = [new("m", 1.5)] });   // what the task opened
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = module.Optimization));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = loader.Load("scheduler").StrangeLoop));
        loader.Unload("strangeLoop");
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of(() => loop.GetState()));
        loader.Load("strangeLoop").StrangeLoop.Dispose();
    }

    [Fact]
    public void What_cannot_be_used_is_refused_by_its_place()
    {
        using StrangeLoop loop = new();
        FixedPointMap cosine = (x, image) => image[0] = Math.Cos(x[0]);
        loop.Observe(new LoopObservation { LoopId = "a", TimeNs = 10, Predict = [new("m", 1, 0, 2, 0.9)] });
        foreach ((string place, Action call) in new (string, Action)[]
        {
            ("options: /aci_step", () => _ = new StrangeLoop(new StrangeLoopOptions { AciStep = 2 })), ("options", () => _ = new StrangeLoop("[]")), ("request: has no map", () => loop.Solve(new FixedPointRequest())),
            ("request/x0", () => loop.SolveWith(new FixedPointRequest(), cosine)), ("request/map", () => loop.SolveWith(new FixedPointRequest { Map = new FixedPointMapSpec.Linear([[1]], null), X0 = [1] }, cosine)),
            ("request/map/", () => loop.Solve(new FixedPointRequest { Map = new FixedPointMapSpec.Expression(["x"], ["cos(y)"]) })),
            ("observation", () => loop.Observe(new LoopObservation { LoopId = "a", TimeNs = 11, Observed = [new("other", 1)] })),
            ("observation", () => loop.Observe(new LoopObservation { LoopId = "a", TimeNs = 9 })), ("observation", () => loop.Observe(new LoopObservation { LoopId = "" })),
            ("request", () => loop.DetectConflicts(new ConflictRequest { Loops = new ControlLoops { Names = ["a", "b"], Gain = [[1, 2]] } })),
        })
        {
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(call));
            Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
            Assert.NotEqual(RanCognitionStatus.Internal, error.Status);
        }
        Assert.Equal(1UL, loop.Observe(new LoopObservation { LoopId = "a", TimeNs = 10, Observed = [new("m", 1)] }).Coverage!.Steps);
    }

    [Fact]
    public void A_core_that_was_disposed_of_takes_no_more()
    {
        StrangeLoop loop = new();
        loop.Dispose();
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.GetState());
        Assert.Throws<ObjectDisposedException>(() => loop.Observe(new LoopObservation { LoopId = "a" }));
        Assert.Throws<ObjectDisposedException>(() => loop.SolveWith(new FixedPointRequest { X0 = [1] }, (_, _) => { }));
    }
}
