using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Optimization;

namespace RanCognition.Tests.Interop;

/// <summary>Real calls of an optimizer through the built library: records in and out.</summary>
public sealed class OptimizerTests
{
    /// <summary>An example: which cells can sleep at night, and how should knobs of an own simulator be set?</summary>
    [Fact]
    public void Cells_that_are_not_needed_are_switched_off_and_own_knobs_are_set()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using (Optimizer optimizer = new())
        {
            NetworkModel network = Samples.Network();
            OptimizationResult night = optimizer.Optimize(new OptimizationProblem { ProblemType = SonProblemType.Es, Network = network });
            Assert.True(night.Best!.Feasible);
            Assert.All(night.Actions!, action => Assert.Equal("administrativeState", action.Attribute));
            Assert.Equal(optimizer.EvaluateNetwork(network).EnergyW, night.Expected!.Single(one => one.Key == "energy_w").Value.Before);

            OptimizationResult set = optimizer.OptimizeWith(Samples.Knobs(2000), (x, objectives, constraints) => Samples.Cost(x, objectives, constraints));
            Assert.True(set.Best!.Feasible);
            Assert.True(set.Best.F[0] < 1.26, $"{set.Best.F[0]}");   // 1.25 where a + b = 4, at a = 1
        }
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void The_least_energy_is_that_of_brute_force()
    {
        using Optimizer optimizer = new();
        foreach (int seed in new[] { 1, 2, 3 })
        {
            NetworkModel network = Samples.Network(seed: seed);
            double least = double.PositiveInfinity;
            for (int set = 1; set < 64; set++)
            {
                NetworkEvaluation one = optimizer.EvaluateNetwork(network with { Cells = [.. network.Cells!.Select((cell, i) => cell with { On = (set >> i & 1) != 0 })] });
                if (one.Loads is { } loads && loads.Max() <= 0.5)
                {
                    least = Math.Min(least, one.EnergyW!.Value);
                }
            }
            OptimizationResult result = optimizer.Optimize(new OptimizationProblem
            {
                ProblemType = SonProblemType.Es, Network = network, Budget = new OptimizationBudget { Evaluations = 100 },
                Limits = new SonLimits { MaxLoad = LimitValue.Of(0.5), CoverageLoss = LimitValue.Of(null), P5Loss = LimitValue.Of(null) },
            });
            Assert.Equal((SearchStop.Exact, BoundKind.Enumerated), (result.Stopped, result.Bound!.Kind));
            Assert.Equal(least, result.Best!.F[0], 9);
            Assert.Equal(6, result.VariableNames.Count);
            Assert.Equal(["energy_w"], result.ObjectiveNames);
        }
    }

    [Fact]
    public void Few_points_are_all_evaluated_once_and_the_best_is_that_of_brute_force()
    {
        using Optimizer optimizer = new(new OptimizationOptions { Seed = 3, Threads = 2 });
        HashSet<string> seen = [];
        double least = double.PositiveInfinity;
        OptimizationResult result = optimizer.OptimizeWith(Samples.Knobs(2000, isReal: false), (x, objectives, constraints) =>
        {
            Assert.True(seen.Add(string.Join(' ', x.ToArray())));
            Samples.Cost(x, objectives, constraints);
            least = constraints[0] <= 0 ? Math.Min(least, objectives[0]) : least;
            return true;
        });
        Assert.Equal(7 * 11 * 4 * 2 * 3, seen.Count);
        Assert.Equal((SearchStop.Exact, (ulong)seen.Count, least), (result.Stopped, result.Evaluations, result.Best!.F[0]));
        Assert.Equal(["a", "b", "c", "d", "e"], result.VariableNames);
        Assert.Equal([0.0], result.Best.Constraints.Select(one => one.Value));
    }

    [Fact]
    public void A_batch_gives_what_single_points_give_and_every_thread_count_the_same()
    {
        using Optimizer optimizer = new();
        OptimizationProblem problem = new()
        {
            Variables = [new DecisionVariable { Name = "x", Upper = 1 }, new DecisionVariable { Name = "y", Upper = 1 }], ReferencePoint = [2, 0],
            Objectives = [new ObjectiveSpec("cost", Maximize: false), new ObjectiveSpec("gain", Maximize: true)], Budget = new OptimizationBudget { Evaluations = 150 },
        };
        OptimizationResult single = optimizer.OptimizeWith(problem, (x, f, none) => Front(x, f) && none.IsEmpty);
        int largest = 0;
        OptimizationResult batch = optimizer.OptimizeWithBatch(problem, (x, points, f, none) =>
        {
            largest = Math.Max(largest, points);
            for (int i = 0; i < points; i++)
            {
                Front(x.Slice(2 * i, 2), f.Slice(2 * i, 2));
            }
            return x.Length == 2 * points && f.Length == 2 * points && none.IsEmpty;
        });
        Assert.True(largest > 1);
        Assert.Equal((150UL, 0UL), (batch.Evaluations, batch.FailedEvaluations));
        Assert.Equal(single.Hypervolume, batch.Hypervolume);
        Assert.Equal(single.Pareto.SelectMany(point => point.X), batch.Pareto.SelectMany(point => point.X));
        Assert.True(single.Pareto.Count > 5);
        Assert.True(single.Hypervolume is > 1 and < 2, $"{single.Hypervolume}");

        OptimizationProblem function = new() { Function = new FunctionSpec(8, 4, 3), Budget = new OptimizationBudget { Evaluations = 400 } };
        OptimizationResult one = optimizer.Optimize(function), four = optimizer.Optimize(function with { Threads = 4 });
        Assert.Equal(one.Best!.X, four.Best!.X);
        Assert.Equal(BoundKind.Proven, one.Bound!.Kind);

        static bool Front(ReadOnlySpan<double> x, Span<double> f)
        {
            f[0] = (x[0] * x[0]) + (x[1] * x[1]);
            f[1] = x[0] + x[1] - (x[0] * x[1]);
            return true;
        }
    }

    [Fact]
    public void Constraints_that_exclude_each_other_are_named()
    {
        using Optimizer optimizer = new();
        OptimizationResult result = optimizer.OptimizeWith(Samples.Knobs(2000, isReal: false) with { Constraints = ["low", "high", "free"] }, (x, f, g) =>
        {
            (f[0], g[0], g[1], g[2]) = (x[0], x[0] + 1, 1 - x[0], x[1] - 5);
            return true;
        });
        Assert.False(result.Best!.Feasible);
        Assert.Equal(["high", "low"], result.InfeasibleSubset!.Order());
        Assert.Equal(SearchStop.Exact, result.Stopped);
    }

    [Fact]
    public void A_network_that_cannot_carry_its_traffic_has_no_loads_but_a_scale()
    {
        using Optimizer optimizer = new();
        NetworkModel network = Samples.Network();
        double scale = optimizer.EvaluateNetwork(network).CriticalScale!.Value;
        NetworkEvaluation below = optimizer.EvaluateNetwork(network with { TrafficMbps = network.TrafficMbps * scale * 0.999 });
        NetworkEvaluation above = optimizer.EvaluateNetwork(network with { TrafficMbps = network.TrafficMbps * scale * 1.001 });
        Assert.True(below.Feasible && below.Loads!.Length == 6 && below.OverloadedCells.Count > 0);
        Assert.Equal((false, true, true), (above.Feasible, above.Loads is null, above.EnergyW is null));
    }

    [Fact]
    public void The_core_of_a_module_belongs_to_the_loader_and_its_schedulers_tasks_are_solved()
    {
        using ModuleLoader loader = new();
        LoadedModule module = loader.LoadOptimization(new OptimizationOptions { Seed = 5 });
        Optimizer optimizer = module.Optimization;
        Assert.Same(optimizer, loader.Load("optimization").Optimization);
        NetworkEvaluation direct = optimizer.EvaluateNetwork(Samples.Network());
        Scheduler scheduler = loader.LoadScheduler(new SchedulerOptions { Mode = TimeMode.Virtual }).Scheduler;
        TaskSpec spec = new() { Type = new TaskType(TaskKind.Optimization) };
        OptimizationProblem problem = new() { Function = new FunctionSpec(1, 2, 1), Budget = new OptimizationBudget { Evaluations = 60 } };
        scheduler.ScheduleTask(0, 0, spec, Json.ContractJson.Write<OptimizationOperation>(new OptimizationOperation.EvaluateNetwork(Samples.Network())));
        scheduler.ScheduleTask(0, 1, spec, Json.ContractJson.Write<OptimizationOperation>(new OptimizationOperation.Optimize(problem)));
        IReadOnlyList<TaskResult> results = scheduler.ExecuteReadyTasks().TasksExecuted;
        Assert.Equal(direct.Loads, Json.ContractJson.Read<NetworkEvaluation>(results[0].Reply.Span).Loads);
        Assert.Equal(optimizer.Optimize(problem).Best!.X, Json.ContractJson.Read<OptimizationResult>(results[1].Reply.Span).Best!.X);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = module.EpisodeMemory));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => _ = loader.Load("scheduler").Optimization));
        loader.Unload("optimization");
        Assert.Equal(RanCognitionStatus.InvalidHandle, Refusal.Of(() => optimizer.EvaluateNetwork(Samples.Network())));
        loader.Load("optimization").Optimization.Dispose();
    }

    [Fact]
    public void What_cannot_be_solved_is_refused_by_its_place()
    {
        using Optimizer optimizer = new();
        PointEvaluator fails = (_, _, _) => false;
        foreach ((string place, Action call) in new (string, Action)[]
        {
            ("problem: ", () => optimizer.Optimize(Samples.Knobs())), ("problem", () => optimizer.OptimizeWith(new OptimizationProblem(), Samples.Cost)),
            ("problem/function", () => optimizer.OptimizeWith(new OptimizationProblem { Function = new FunctionSpec(1, 2, 1) }, Samples.Cost)),
            ("problem/variables/0/upper", () => optimizer.Begin(Samples.Knobs() with { Variables = [new DecisionVariable { Name = "a", Lower = 2, Upper = 1 }] })),
            ("problem", () => optimizer.OptimizeWith(Samples.Knobs(20), fails)), ("network", () => optimizer.EvaluateNetwork(new NetworkModel { TrafficMbps = -1 })),
        })
        {
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(call));
            Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_optimizer_that_was_disposed_of_takes_no_more()
    {
        Optimizer optimizer = new();
        optimizer.Begin(Samples.Knobs());
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.EvaluateNetwork(Samples.Network()));
        Assert.Throws<ObjectDisposedException>(() => optimizer.Ask());
        Assert.Throws<ObjectDisposedException>(() => optimizer.OptimizeWith(Samples.Knobs(), Samples.Cost));
    }
}
