using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Optimization;

namespace RanCognition.Tests.Interop;

/// <summary>Evaluators of the application, searches that ask and are told, asynchronous calls and cancellation.</summary>
public sealed class OptimizerCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly OptimizationProblem Endless = new()
    {
        Function = new FunctionSpec(3, 10, 1), Budget = new OptimizationBudget { Evaluations = 1_000_000_000 },
    };

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    [Fact]
    public void What_an_evaluator_throws_comes_out_and_nothing_of_it_stays()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using Optimizer optimizer = new();
        InvalidTimeZoneException thrown = new("evaluator");
        int calls = 0;
        PointEvaluator point = (x, f, g) => ++calls == 5 ? throw thrown : Samples.Cost(x, f, g);
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => optimizer.OptimizeWith(Samples.Knobs(1_000_000_000), point)));
        Assert.Equal(5, calls);
        BatchEvaluator batch = (_, _, _, _) => ++calls == 7 ? throw thrown : false;
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => optimizer.OptimizeWithBatch(Samples.Knobs(1_000_000_000), batch)));
        Assert.Equal(7, calls);
        Assert.Equal(200UL, optimizer.OptimizeWith(Samples.Knobs(), Samples.Cost).Evaluations);
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void Points_that_fail_are_counted_and_left_out()
    {
        using Optimizer optimizer = new();
        int calls = 0;
        OptimizationResult result = optimizer.OptimizeWith(Samples.Knobs(300), (x, f, g) =>
        {
            Samples.Cost(x, f, g);
            switch (++calls % 6)
            {
                case 1:
                    f[0] = -1e9;
                    return false;
                case 2:
                    f[0] = double.NaN;
                    return true;
                case 3:
                    g[0] = double.NaN;
                    return true;
                default:
                    return true;
            }
        });
        Assert.Equal((300UL, 150UL), (result.Evaluations, result.FailedEvaluations));
        double[] f = [0], g = [0];
        Samples.Cost(result.Best!.X, f, g);
        Assert.Equal((f[0], g[0]), (result.Best.F[0], result.Best.Constraints[0].Value));
        OptimizationResult unset = optimizer.OptimizeWith(Samples.Knobs(60), (x, f, g) => calls++ % 2 == 0 || Samples.Cost(x, f, g));
        Assert.Equal(30UL, unset.FailedEvaluations);
    }

    [Fact]
    public void An_evaluator_may_use_any_optimizer_but_its_own()
    {
        using Optimizer optimizer = new();
        using Optimizer other = new();
        int refused = 0;
        OptimizationResult result = optimizer.OptimizeWith(Samples.Knobs(20), (x, f, g) =>
        {
            Refusal.Of<RanCognitionBusyException>(() => optimizer.Begin(Samples.Knobs()));
            Refusal.Of<RanCognitionBusyException>(() => optimizer.EvaluateNetwork(Samples.Network()));
            refused++;
            f[0] = other.EvaluateNetwork(Samples.Network()).EnergyW!.Value + x[0];
            g[0] = -1;
            return other.OptimizeWith(Samples.Knobs(5), Samples.Cost).Evaluations == 5;
        });
        Assert.Equal((20, 20UL, 0UL), (refused, result.Evaluations, result.FailedEvaluations));
    }

    [Fact]
    public void A_search_that_asks_and_is_told_in_any_order_gives_what_the_evaluator_gives()
    {
        using Optimizer optimizer = new();
        OptimizationResult expected = optimizer.OptimizeWith(Samples.Knobs(), Samples.Cost);
        optimizer.Begin(Samples.Knobs());
        double[] f = [0], g = [0];
        int told = 0;
        Assert.Equal(SearchStop.Cancelled, optimizer.Result().Stopped);
        while (optimizer.Ask(7) is { Length: > 0 } points)
        {
            Assert.Equal(points[0], optimizer.Ask(1)[0]);
            foreach (double[] point in points.Reverse())
            {
                Samples.Cost(point, f, g);
                optimizer.Tell(point, f, g);
                told++;
            }
        }
        OptimizationResult result = optimizer.Result();
        Assert.Equal((200, SearchStop.Budget, 200UL), (told, result.Stopped, result.Evaluations));
        Assert.Equal(expected.Best!.X, result.Best!.X);
        Assert.Contains("\"stopped\":\"budget\"", optimizer.ResultJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Room_and_numbers_of_the_wrong_length_are_refused_and_a_refused_problem_changes_nothing()
    {
        using Optimizer optimizer = new();
        double[] x = new double[23];
        foreach (Action call in new Action[] { () => optimizer.Ask(), () => optimizer.Ask(x), () => optimizer.Tell(x, [1]), () => optimizer.Result(), () => optimizer.ResultJson() })
        {
            Assert.Equal("self: no search was begun", Assert.ThrowsAny<KeyNotFoundException>(call).Message);
        }
        optimizer.Begin(Json.ContractJson.Write(Samples.Knobs()));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => optimizer.Begin("""{"variables":[]}""")));
        Assert.Equal(RanCognitionStatus.InvalidJson, Refusal.Of(() => optimizer.Begin("{")));
        Assert.InRange(optimizer.Ask(x), 1, 4);
        Assert.Equal([0, 0, 0], x[20..]);
        double[] point = optimizer.Ask(1)[0];
        foreach ((string name, Action call) in new (string, Action)[]
        {
            ("x", () => optimizer.Ask(new double[4])), ("x", () => optimizer.Tell([], [])), ("x", () => optimizer.Tell(point.AsSpan(1), [1], [0])), ("objectives", () => optimizer.Tell(point, [1, 2], [0])),
            ("constraints", () => optimizer.Tell(point, [1])), ("capacity", () => optimizer.Ask(0)),
        })
        {
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);
        }
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => optimizer.Tell([9, 0, 1, 0, 0], [1], [0])));
        optimizer.Tell([0.5, 4, 2, 0, 1], [4.25], [-0.5]);   // not asked for, and learned from
        optimizer.Tell([1, 4, 2, 0, 1], [double.NaN], [0]);
        OptimizationResult result = optimizer.Result();
        Assert.Equal((2UL, 1UL, 4.25), (result.Evaluations, result.FailedEvaluations, result.Best!.F[0]));
        optimizer.Begin("""{"variables":[{"name":"z","type":"real","lower":0,"upper":1}],"objectives":[{"name":"f"}]}""");
        Assert.All(optimizer.Ask(3), one => Assert.Single(one));
        optimizer.Tell([0.5], [1]);
    }

    [Fact]
    public void What_a_clock_throws_when_a_search_begins_leaves_none()
    {
        bool armed = false;
        InvalidTimeZoneException thrown = new("now");
        using Optimizer optimizer = new("", new Host { Now = () => armed ? throw thrown : 1_800_000_000_000_000_000UL });
        optimizer.Begin("""{"variables":[{"name":"z","type":"real","lower":0,"upper":1}],"objectives":[{"name":"f"}]}""");
        armed = true;
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => optimizer.Begin(Samples.Knobs())));
        armed = false;
        Assert.Throws<RanCognitionNotFoundException>(() => optimizer.Ask(new double[1]));   // the library may have begun a search of five variables
        optimizer.Begin(Samples.Knobs());
        Assert.Equal(5, optimizer.Ask(1)[0].Length);
    }

    [Fact]
    public async Task Asynchronous_calls_give_what_the_synchronous_ones_give()
    {
        using Optimizer optimizer = new("""{"seed":4}""");
        OptimizationProblem function = new() { Function = new FunctionSpec(8, 3, 2), Budget = new OptimizationBudget { Evaluations = 200 } };
        string json = System.Text.Encoding.UTF8.GetString(Json.ContractJson.Write(function)), knobs = System.Text.Encoding.UTF8.GetString(Json.ContractJson.Write(Samples.Knobs()));
        BatchEvaluator batch = (x, points, f, g) =>
        {
            for (int i = 0; i < points; i++)
            {
                Samples.Cost(x.Slice(5 * i, 5), f.Slice(i, 1), g.Slice(i, 1));
            }
            return true;
        };
        double[] solved = optimizer.Optimize(function).Best!.X, set = optimizer.OptimizeWith(Samples.Knobs(), Samples.Cost).Best!.X;
        OptimizationResult[] results = await Task.WhenAll(
            optimizer.OptimizeAsync(function), optimizer.OptimizeWithAsync(Samples.Knobs(), Samples.Cost), optimizer.OptimizeWithBatchAsync(Samples.Knobs(), batch),
            Read(optimizer.OptimizeAsync(json)), Read(optimizer.OptimizeWithAsync(knobs, Samples.Cost)), Read(optimizer.OptimizeWithBatchAsync(knobs, batch))).WaitAsync(Patience);
        Assert.Equal([solved, set, set, solved, set, set], results.Select(result => result.Best!.X));
        double[] loads = optimizer.EvaluateNetwork(Samples.Network()).Loads!;
        Assert.Equal(loads, (await optimizer.EvaluateNetworkAsync(Samples.Network()).WaitAsync(Patience)).Loads);
        string network = System.Text.Encoding.UTF8.GetString(Json.ContractJson.Write(Samples.Network()));
        Assert.Equal(loads, Json.ContractJson.Read<NetworkEvaluation>(await optimizer.EvaluateNetworkAsync(network).WaitAsync(Patience)).Loads);

        static async Task<OptimizationResult> Read(Task<string> call) => Json.ContractJson.Read<OptimizationResult>(await call);
    }

    [Fact]
    public async Task A_search_tells_its_progress_and_ends_when_it_is_cancelled()
    {
        using Optimizer optimizer = new();
        using CancellationTokenSource source = new();
        List<double> shares = [];
        Task<OptimizationResult> call = optimizer.OptimizeAsync(Endless, new Direct(share =>
        {
            shares.Add(share);
            if (shares.Count == 3)
            {
                source.Cancel();
            }
        }), source.Token);
        Task<NetworkEvaluation> waiting = optimizer.EvaluateNetworkAsync(Samples.Network(), source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token), (call.IsCanceled, error.CancellationToken));
        Assert.Equal(shares.Order(), shares);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        Task thrown = optimizer.OptimizeAsync(Endless, new Direct(_ => throw new InvalidTimeZoneException("progress")));
        Assert.Equal("progress", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => thrown.WaitAsync(Patience))).Message);
        using Optimizer host = new("", new Host { Progress = (_, _) => false });
        Assert.Equal(RanCognitionStatus.Cancelled, Refusal.Of<RanCognitionCanceledException>(() => host.Optimize(Endless)));
    }

    /// <summary>The clock stands still, so the library never asks whether it is cancelled; a result of points that nobody evaluated must not come out.</summary>
    [Fact]
    public async Task A_search_of_own_points_that_is_cancelled_gives_no_result()
    {
        using Optimizer optimizer = new("", new Host { Now = () => 1_800_000_000_000_000_000 });
        using CancellationTokenSource source = new();
        int calls = 0;
        Task<OptimizationResult> call = optimizer.OptimizeWithAsync(Samples.Knobs(), (x, f, g) =>
        {
            if (++calls == 50)
            {
                source.Cancel();
            }
            return Samples.Cost(x, f, g);
        }, null, source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token, 50), (call.IsCanceled, error.CancellationToken, calls));
    }

    [Fact]
    public async Task An_optimizer_that_is_disposed_of_during_a_call_finishes_it()
    {
        Optimizer optimizer = new();
        using ManualResetEventSlim running = new(), disposed = new();
        Task<OptimizationResult> call = optimizer.OptimizeWithAsync(Samples.Knobs(40), (x, f, g) =>
        {
            running.Set();
            GC.Collect();
            return disposed.Wait(Patience) && Samples.Cost(x, f, g);
        });
        Assert.True(running.Wait(Patience));
        Task disposing = Task.Run(optimizer.Dispose);
        disposed.Set();
        Assert.Equal(40UL, (await call.WaitAsync(Patience)).Evaluations);
        await disposing.WaitAsync(Patience);
        Assert.Throws<ObjectDisposedException>(() => optimizer.Result());
    }
}
