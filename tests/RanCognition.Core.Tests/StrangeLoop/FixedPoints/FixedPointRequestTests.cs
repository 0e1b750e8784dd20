using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.FixedPoints;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Requests that cannot be used, maps that misbehave, and what a search may spend.</summary>
public sealed class FixedPointRequestTests
{
    private static readonly FixedPointRequest Request = new() { X0 = [0.5, 0.5] };

    [Fact]
    public void What_cannot_be_used_is_named()
    {
        Refused(Request with { X0 = [1, double.NaN] }, "request/x0/1: must be finite");
        Refused(Request with { X0 = [1] }, "request/x0: has 1 numbers, the map has 2 variables");
        Refused(Request with { Tolerance = double.NaN }, "request/tolerance: must be a finite number, 0 or more");
        Refused(Request with { Tolerance = -1 }, "request/tolerance: must be a finite number, 0 or more");
        Refused(Request with { Tolerance = double.PositiveInfinity }, "request/tolerance: must be a finite number, 0 or more");
        Refused(Request with { MaxIterations = 0 }, "request/max_iterations: is 0, must be 1..10000000");
        Refused(Request with { MaxIterations = StrangeLoopLimits.IterationsMax + 1 }, "request/max_iterations: is 10000001, must be 1..10000000");
        Refused(Request with { AndersonDepth = 0 }, "request/anderson_depth: is 0, must be 1..50");
        Refused(Request with { AndersonDepth = 51 }, "request/anderson_depth: is 51, must be 1..50");
        Refused(Request with { Jacobian = [[0, 0]] }, "request/jacobian: has 1 rows, the map has 2 variables");
        Refused(Request with { Jacobian = [[0, 0], [0]] }, "request/jacobian/1: has 1 numbers, the map has 2 variables");
        Refused(Request with { Jacobian = [[0, 0], [double.NegativeInfinity, 0]] }, "request/jacobian/1/0: must be finite");
        Assert.Equal("request: 1001 variables, at most 1000", Assert.Throws<LimitExceededException>(() => FixedPoints.Solve(new TestMap(1001, (_, _) => { }), new FixedPointRequest())).Message);

        static void Refused(FixedPointRequest request, string message)
        {
            var map = new TestMap(2, (x, y) => x.CopyTo(y, 0));
            Assert.Equal(message, Assert.Throws<InvalidInputException>(() => FixedPoints.Solve(map, request)).Message);
            Assert.Equal(0, map.Calls);
        }
    }

    [Fact]
    public void A_map_that_is_not_finite_at_the_start_is_named()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                var map = new TestMap(4, (x, y) => (y[0], y[1], y[2], y[3]) = (0, 1, 2, value));
                string name = double.IsNaN(value) ? "NaN" : "infinite";
                Assert.Equal($"request/x0: F is not finite there: component 3 is {name}", Assert.Throws<InvalidInputException>(() => FixedPoints.Solve(map, new FixedPointRequest { Method = method, X0 = new double[4] })).Message);
                Assert.Equal($"fn: F is not finite there: component 3 is {name}", Assert.Throws<InvalidInputException>(() => FixedPoints.Solve(map, new FixedPointRequest { Method = method })).Message);
                var spec = new FixedPointMapSpec.Expression(["x"], ["x"]);
                Assert.Equal($"request/map: F is not finite there: component 3 is {name}",
                    Assert.Throws<InvalidInputException>(() => FixedPoints.Solve(map, new FixedPointRequest { Method = method, Map = spec })).Message);
            }
        }
    }

    [Fact]
    public void A_map_that_stops_being_a_number_is_named_whatever_the_method()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            for (int good = 1; good < 5; good++)
            {
                int calls = 0;
                TestMap map = TestMap.Of(x => ++calls > good ? double.NaN : Math.Cos(x));
                string message = Assert.Throws<InvalidInputException>(() => FixedPoints.Solve(map, method, 0.3)).Message;
                Assert.Matches("^fn: F is not finite in iteration [1-5]: component 0 is NaN$", message);
            }
        }
    }

    [Fact]
    public void Points_where_the_map_is_no_number_are_not_stepped_to()
    {
        // Steps that are too long lead below 0.
        double root = (1 + Math.Sqrt(1.4)) / 2;
        foreach (FixedPointMethod method in new[] { FixedPointMethod.Auto, FixedPointMethod.Newton, FixedPointMethod.Anderson, FixedPointMethod.Aitken, FixedPointMethod.Picard })
        {
            FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => Math.Sqrt(x) + 0.1, x => 0.5 / Math.Sqrt(x)), method, 0.2);
            Assert.Equal(FixedPointState.Converged, result.State);
            Assert.Equal(root * root, result.X![0], 1e-9);
        }
        FixedPointResult logarithm = FixedPoints.Solve(TestMap.Of(x => 2 + Math.Log(x)), FixedPointMethod.Auto, 0.2);   // plain steps end at log of -0.01 or so
        Assert.Equal(FixedPointState.Converged, logarithm.State);
    }

    [Fact]
    public void What_a_map_throws_comes_through()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            int calls = 0;
            Assert.Throws<TimeoutException>(() => FixedPoints.Solve(TestMap.Of(x => ++calls == 3 ? throw new TimeoutException() : Math.Cos(x)), method, 0.5));
        }
    }

    [Fact]
    public void The_host_can_stop_a_search()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            var host = new FixedHost { CancelAfter = 1 };
            TestMap map = TestMap.Of(x => x + 1 + 0.5 * Math.Sin(x));
            Assert.Throws<OperationCanceledException>(() => new FixedPointRun(host).Solve(new FixedPointRequest { Method = method, X0 = [0] }, map, "request", 0));
            Assert.InRange(map.Calls, 1, 200);
            Assert.All(host.Reports, report => Assert.InRange(report.Fraction, 0, 1));
        }
    }

    [Fact]
    public void The_time_ends_a_search_with_what_it_has()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            foreach (ulong deadline in new ulong[] { 0, 1, 15, 40, 200 })
            {
                var host = new FixedHost(now: 1000, step: 1);
                int calls = 0;
                TestMap map = TestMap.Of(x => { calls++; return 0.99 * x + 1; });
                FixedPointResult result = new FixedPointRun(host).Solve(new FixedPointRequest { Method = method, X0 = [0], Tolerance = 0, DeadlineNs = deadline }, map, "request", 1000);
                Assert.InRange(calls, 0, (int)deadline);
                Assert.NotNull(result.X);
                Assert.True(result.State is FixedPointState.Converged or FixedPointState.Incomplete or FixedPointState.Descending);
                Assert.Equal(deadline <= 1, result.Residual is null);
                Assert.InRange(result.ExecutionTime, 1ul, deadline + 5);
                if (method == FixedPointMethod.Picard)
                {
                    Assert.Equal(deadline <= 1 ? FixedPointState.Incomplete : FixedPointState.Descending, result.State);
                    Assert.Contains("time", result.Reason);
                }
            }
        }
    }

    [Fact]
    public void The_history_is_thinned_evenly()
    {
        foreach (int steps in new[] { 1, 2, 500, 999, 1000, 1001, 1999, 2000, 2001, 3000, 7777, 20_000 })
        {
            FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => (1 - 1e-6) * x), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [1e6], MaxIterations = steps, Tolerance = 0 });
            Assert.Equal(steps, result.Iterations);
            Assert.Equal(FixedPointState.Descending, result.State);
            Assert.InRange(result.History.Count, Math.Min(steps + 1, 500), 1000);
            Assert.Equal(steps < 1000, result.History.Count == steps + 1);
            Assert.Equal(1, result.History[0]!.Value, 1e-9);
            Assert.Equal(Math.Pow(1 - 1e-6, steps), result.History[^1]!.Value, 1e-9);
            for (int i = 0; i < result.History.Count; i++)
            {
                double place = -Math.Log(result.History[i]!.Value) * 1e6, even = i * (double)steps / (result.History.Count - 1);
                Assert.InRange(place - even, -2.5 * steps / 500 - 1, 2.5 * steps / 500 + 1);
            }
        }
    }

    [Fact]
    public void Long_searches_of_slow_maps_are_judged_by_their_trend()
    {
        FixedPointResult falling = FixedPoints.Solve(TestMap.Of(x => x - 1e-3 * x * x * x), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [1], MaxIterations = 100_000 });
        Assert.Equal(FixedPointState.Descending, falling.State);

        var random = new RandomStream(4);
        double[] noise = FixedPoints.Noise(ref random, 5000);   // falls by a factor of 100, though every other step rises
        int step = 0;
        FixedPointResult noisy = FixedPoints.Solve(TestMap.Of(x => x + Math.Exp(-step / 200.0 + 0.5 * noise[step++])), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [1] });
        Assert.Equal(FixedPointState.Descending, noisy.State);
        step = 0;
        FixedPointResult level = FixedPoints.Solve(TestMap.Of(x => x + noise[step++]), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [1] });
        Assert.Equal(FixedPointState.Incomplete, level.State);
    }
}
