using System.Text;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;

namespace RanCognition.Tests.Interop;

using StrangeLoop = RanCognition.Interop.StrangeLoop;   // not the namespace

/// <summary>Maps of the application, asynchronous calls and cancellation.</summary>
public sealed class StrangeLoopCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly FixedPointRequest Start = new() { X0 = [1, 0.5] };

    /// <summary>Plain steps that come nearer for longer than anybody waits.</summary>
    private static readonly FixedPointRequest Endless = new()
    {
        Map = new FixedPointMapSpec.Expression(["x"], ["x - 1e-9 * (1 + sin(x)^2)"]), X0 = [1e3], Method = FixedPointMethod.Picard, MaxIterations = StrangeLoopLimits.IterationsMax,
    };

    private static void Bend(ReadOnlySpan<double> x, Span<double> image) => (image[0], image[1]) = (Math.Cos(x[1]), 0.5 * Math.Sin(x[0]));

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    [Fact]
    public void A_map_gets_every_number_and_its_own_room()
    {
        using StrangeLoop loop = new();
        double[] start = [.. Enumerable.Range(0, 40).Select(i => i / 10.0)];
        bool isFirst = true;
        FixedPointResult result = loop.SolveWith(new FixedPointRequest { X0 = start }, (x, image) =>
        {
            Assert.Equal((40, 40), (x.Length, image.Length));
            Assert.All(image.ToArray(), value => Assert.True(double.IsNaN(value)));
            if (isFirst)
            {
                Assert.Equal(start, x.ToArray());
            }
            isFirst = false;
            for (int i = 0; i < 40; i++)
            {
                image[i] = (0.5 * x[39 - i]) + i;
            }
        });
        Assert.Equal(FixedPointState.Converged, result.State);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal((i + (0.5 * (39 - i))) / 0.75, result.X![i], 8));   // x_i = x_(39-i) / 2 + i, solved by hand
    }

    [Fact]
    public void What_a_map_throws_comes_out_at_once_and_nothing_of_it_stays()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using StrangeLoop loop = new();
        InvalidTimeZoneException thrown = new("map");
        int calls = 0;
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            foreach (int last in new[] { 1, 2, 5 })
            {
                calls = 0;
                Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => loop.SolveWith(Start with { Method = method }, (x, image) =>
                {
                    Bend(x, image);
                    if (++calls == last)
                    {
                        throw thrown;
                    }
                })));
                Assert.Equal(last, calls);
            }
        }
        Assert.Equal(FixedPointState.Converged, loop.SolveWith(Start, Bend).State);
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void A_map_that_is_not_defined_where_it_starts_is_refused_and_one_that_is_not_everywhere_is_not()
    {
        using StrangeLoop loop = new();
        foreach (FixedPointMap map in new FixedPointMap[] { (_, _) => { }, (x, image) => image[0] = x[0], (_, image) => image.Fill(double.PositiveInfinity) })
        {
            IRanCognitionError error = Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(() => loop.SolveWith(Start, map)));
            Assert.Equal(RanCognitionStatus.InvalidArgument, error.Status);
            Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
        }
        FixedPointResult root = loop.SolveWith(new FixedPointRequest { X0 = [3] }, (x, image) => image[0] = Math.Sqrt(x[0] - 0.1875));   // x^2 - x + 3/16 = 0
        Assert.Equal((FixedPointState.Converged, 0.75), (root.State, Math.Round(root.X![0], 9)));
    }

    [Fact]
    public void A_map_may_use_any_core_but_its_own()
    {
        using StrangeLoop loop = new();
        using StrangeLoop other = new();
        int refused = 0;
        FixedPointResult result = loop.SolveWith(new FixedPointRequest { X0 = [1] }, (x, image) =>
        {
            Refusal.Of<RanCognitionBusyException>(() => loop.GetState());
            Refusal.Of<RanCognitionBusyException>(() => loop.SolveWith(Start, Bend));
            refused++;
            double parameter = x[0];
            image[0] = other.SolveWith(new FixedPointRequest { X0 = [1] }, (y, inner) => inner[0] = 0.5 * Math.Cos(y[0] + parameter)).X![0];
        });
        Assert.Equal(FixedPointState.Converged, result.State);
        Assert.Equal(result.X![0], 0.5 * Math.Cos(2 * result.X[0]), 8);
        Assert.True(refused >= 3);
    }

    [Fact]
    public async Task Asynchronous_calls_give_what_the_synchronous_ones_give()
    {
        using StrangeLoop loop = new();
        FixedPointRequest request = new() { Map = new FixedPointMapSpec.LoadCoupling(Samples.Network()) };
        FixedPointResult[] results = await Task.WhenAll(
            loop.SolveAsync(request), Read<FixedPointResult>(loop.SolveAsync(Text(request))), loop.SolveWithAsync(Start, Bend), Read<FixedPointResult>(loop.SolveWithAsync(Text(Start), Bend))).WaitAsync(Patience);
        double[] loads = loop.Solve(request).X!, own = loop.SolveWith(Start, Bend).X!;
        Assert.Equal([loads, loads, own, own], results.Select(result => result.X!));
        ConflictReport report = await loop.DetectConflictsAsync(Samples.Conflicts()).WaitAsync(Patience);
        ConflictReport same = await Read<ConflictReport>(loop.DetectConflictsAsync(Text(Samples.Conflicts()))).WaitAsync(Patience);
        Assert.Equal(report.Conflicts.Select(one => one.Kind), same.Conflicts.Select(one => one.Kind));
        using StrangeLoop beside = new();
        foreach ((int i, LoopObservation hour) in Samples.Hours(50).Index())
        {
            LoopReply expected = beside.Observe(hour), reply = await (i % 2 == 0 ? loop.ObserveAsync(hour) : Read<LoopReply>(loop.ObserveAsync(Text(hour)))).WaitAsync(Patience);
            Assert.Equal(expected.Corrected, reply.Corrected);
            Assert.Equal(expected.Coverage, reply.Coverage);
            Assert.Equal(expected.Regret, reply.Regret);
        }

        static string Text<T>(T value) => Encoding.UTF8.GetString(ContractJson.Write(value));

        static async Task<T> Read<T>(Task<string> call) => ContractJson.Read<T>(await call);
    }

    [Fact]
    public async Task A_search_tells_its_progress_and_ends_when_it_is_cancelled()
    {
        using StrangeLoop loop = new();
        using CancellationTokenSource source = new();
        List<double> shares = [];
        Task<FixedPointResult> call = loop.SolveAsync(Endless, new Direct(share =>
        {
            shares.Add(share);
            if (shares.Count == 3)
            {
                source.Cancel();
            }
        }), source.Token);
        Task<LoopReply> waiting = loop.ObserveAsync(new LoopObservation { LoopId = "a" }, source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token), (call.IsCanceled, error.CancellationToken));
        Assert.Equal(shares.Order(), shares);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        Task thrown = loop.SolveAsync(Endless, new Direct(_ => throw new InvalidTimeZoneException("progress")));
        Assert.Equal("progress", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => thrown.WaitAsync(Patience))).Message);
        using StrangeLoop host = new("", new Host { Progress = (_, _) => false });
        Assert.Equal(RanCognitionStatus.Cancelled, Refusal.Of<RanCognitionCanceledException>(() => host.Solve(Endless)));
        Assert.Empty(host.GetState().Loops);
    }

    [Fact]
    public async Task A_map_is_asked_no_more_once_its_call_is_cancelled()
    {
        using StrangeLoop loop = new();
        using CancellationTokenSource source = new();
        int calls = 0;
        Task<FixedPointResult> call = loop.SolveWithAsync(Start with { Method = FixedPointMethod.Picard }, (x, image) =>
        {
            if (++calls == 4)
            {
                source.Cancel();
            }
            Bend(x, image);
        }, null, source.Token);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal((true, source.Token, 4), (call.IsCanceled, error.CancellationToken, calls));
    }

    [Fact]
    public async Task A_core_that_is_disposed_of_during_a_call_finishes_it()
    {
        StrangeLoop loop = new();
        using ManualResetEventSlim running = new(), disposed = new();
        Task<FixedPointResult> call = loop.SolveWithAsync(Start, (x, image) =>
        {
            running.Set();
            GC.Collect();
            disposed.Wait(Patience);
            Bend(x, image);
        });
        Assert.True(running.Wait(Patience));
        Task disposing = Task.Run(loop.Dispose);
        disposed.Set();
        Assert.Equal(FixedPointState.Converged, (await call.WaitAsync(Patience)).State);
        await disposing.WaitAsync(Patience);
        Assert.Throws<ObjectDisposedException>(() => loop.GetStateJson());
    }
}
