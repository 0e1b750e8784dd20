using RanCognition.Contracts;
using RanCognition.StrangeLoop.FixedPoints;
using RanCognition.StrangeLoop.Maps;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Fixed points of the maps that are built in, as a request finds them.</summary>
public sealed class SolvedMapsTests
{
    [Fact]
    public void The_cosine_meets_its_argument()
    {
        FixedPointResult result = Solve(new FixedPointMapSpec.Expression(["x"], ["cos(x)"]), FixedPointMethod.Auto, [0.5], 1e-15);
        Assert.Equal(FixedPointState.Converged, result.State);
        Assert.Equal(0.73908513321516064, result.X![0], 2e-16);
    }

    [Theory]
    [InlineData("3.2*x*(1-x)", 2)]
    [InlineData("3.5*x*(1-x)", 4)]
    [InlineData("3.83*x*(1-x)", 3)]
    [InlineData("if(x < 0.5, x + 0.5, x - 0.5)", 2)]
    [InlineData("mod(x + 1/3, 1)", 3)]
    public void Cycles_of_expressions_are_named(string text, int period)
    {
        FixedPointResult result = Solve(new FixedPointMapSpec.Expression(["x"], [text]), FixedPointMethod.Picard, [0.3], 1e-10);
        Assert.Equal(FixedPointState.Oscillating, result.State);
        Assert.Equal(period, result.Period);
    }

    [Fact]
    public void Loads_are_found_in_few_steps_with_a_proven_bound()
    {
        var model = new NetworkModel { Layout = new LayoutSpec { Sites = 7 }, Users = new UsersSpec { Count = 200, Seed = 2 }, Propagation = new PropagationSpec { Seed = 3 }, TrafficMbps = 100 };
        double limit = 100 * Solve(new FixedPointMapSpec.LoadCoupling(model), FixedPointMethod.Auto, null, 1e-10).CriticalScale!.Value;
        foreach (double share in (double[])[0.5, 0.82, 0.999])
        {
            FixedPointResult result = Solve(new FixedPointMapSpec.LoadCoupling(model with { TrafficMbps = share * limit }), FixedPointMethod.Newton, null, 1e-10);
            Assert.Equal(FixedPointState.Converged, result.State);
            Assert.True(result.Iterations <= 6, $"{result.Iterations} steps");
            Assert.True(result.IsErrorBoundProven);
            Assert.InRange(result.ErrorBound!.Value, result.Residual!.Value, 1e-5);
            Assert.Equal(1 / share, result.CriticalScale!.Value, 1e-9);
        }
        FixedPointResult beyond = Solve(new FixedPointMapSpec.LoadCoupling(model with { TrafficMbps = 1.001 * limit }), FixedPointMethod.Picard, null, 1e-10);
        Assert.Equal(FixedPointState.Infeasible, beyond.State);
        Assert.Null(beyond.X);
        Assert.Equal(1.001, beyond.SpectralRadius!.Value, 1e-9);
    }

    [Fact]
    public void A_line_of_fixed_points_is_said_to_be_one()
    {
        FixedPointResult result = Solve(new FixedPointMapSpec.Linear([[0.5, 0.5], [0.5, 0.5]], null), FixedPointMethod.Picard, [1, 0], 1e-10);
        Assert.Equal(FixedPointState.Converged, result.State);
        Assert.EndsWith("; if there is one fixed point there are others: 1 is an eigenvalue of the matrix (to within the rounding of its numbers)", result.Reason, StringComparison.Ordinal);
        Assert.False(result.IsErrorBoundProven);
        Assert.Equal(FixedPointState.Infeasible, Solve(new FixedPointMapSpec.Linear([[1]], [1]), FixedPointMethod.Auto, null, 1e-10).State);
    }

    private static FixedPointResult Solve(FixedPointMapSpec map, FixedPointMethod method, double[]? start, double tolerance)
    {
        var request = new FixedPointRequest { Map = map, Method = method, X0 = start, Tolerance = tolerance };
        return new FixedPointRun(new FixedHost()).Solve(request, MapCompiler.Compile(map, "request"), "request", 0);
    }
}
