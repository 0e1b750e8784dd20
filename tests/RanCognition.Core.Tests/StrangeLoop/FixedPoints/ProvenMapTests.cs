using RanCognition.Contracts;
using RanCognition.StrangeLoop.FixedPoints;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>What a map proves about itself goes into the result.</summary>
public sealed class ProvenMapTests
{
    [Fact]
    public void A_proof_that_there_is_no_fixed_point_comes_before_any_step()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            var map = new HalfMap { Infeasibility = "too much is asked", VerdictRadius = 1.25, CriticalScale = 0.8 };
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method });
            Assert.Equal(FixedPointState.Infeasible, result.State);
            Assert.Null(result.X);
            Assert.Equal(0, result.Iterations);
            Assert.Equal(0ul, result.Evaluations);
            Assert.Equal(0, map.Calls);
            Assert.Empty(result.History);
            Assert.Equal(1.25, result.SpectralRadius);
            Assert.Equal(0.8, result.CriticalScale);
            Assert.Equal("too much is asked", result.Reason);
            Assert.Null(result.ErrorBound);
            Assert.False(result.IsErrorBoundProven);
        }
    }

    [Fact]
    public void A_sure_start_is_taken_by_Newton_and_auto_when_none_is_given()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            var map = new HalfMap();
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method });
            Assert.Equal(FixedPointState.Converged, result.State);
            Assert.Equal(method is FixedPointMethod.Auto or FixedPointMethod.Newton ? 100 : 0, map.First);
            map = new HalfMap();
            FixedPoints.Solve(map, new FixedPointRequest { Method = method, X0 = [7] });
            Assert.Equal(7, map.First);
        }
    }

    [Fact]
    public void Newton_begins_again_where_it_cannot_miss()
    {
        foreach (FixedPointMethod method in new[] { FixedPointMethod.Auto, FixedPointMethod.Newton })
        {
            // A valley of the residual around 20 holds what begins there.
            var map = new HalfMap { HasValley = true };
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method, X0 = [20.3] });
            Assert.Equal(FixedPointState.Converged, result.State);
            Assert.Equal(2, result.X![0], 1e-9);
        }
    }

    [Fact]
    public void A_proven_bound_is_given_as_such()
    {
        FixedPointResult proven = FixedPoints.Solve(new HalfMap { HasBound = true }, new FixedPointRequest { Method = FixedPointMethod.Picard });
        Assert.True(proven.IsErrorBoundProven);
        Assert.Equal(2 * proven.Residual, proven.ErrorBound);
        FixedPointResult estimated = FixedPoints.Solve(new HalfMap(), new FixedPointRequest { Method = FixedPointMethod.Picard });
        Assert.False(estimated.IsErrorBoundProven);
        Assert.InRange(estimated.ErrorBound!.Value, proven.ErrorBound!.Value, 1.001 * proven.ErrorBound.Value + 1e-14);
    }

    /// <summary>x / 2 + 1.</summary>
    private sealed class HalfMap : IProvenMap
    {
        public int Dimension => 1;

        public bool HasSlopes => true;

        public int Calls { get; private set; }

        public double First { get; private set; }

        public bool HasBound { get; init; }

        public bool HasValley { get; init; }

        public string? Infeasibility { get; init; }

        public double? VerdictRadius { get; init; }

        public double? CriticalScale { get; init; }

        public double[]? SureStart => [100];

        public void Apply(ReadOnlySpan<double> x, Span<double> image)
        {
            First = Calls++ == 0 ? x[0] : First;
            double distance = x[0] - 20;
            image[0] = HasValley && Math.Abs(distance) < 3 ? x[0] + 1 + distance * distance : x[0] / 2 + 1;
        }

        public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes)
        {
            Apply(x, image);
            double distance = x[0] - 20;
            slopes[0] = HasValley && Math.Abs(distance) < 3 ? 1 + 2 * distance : 0.5;
        }

        public double? ErrorBound(ReadOnlySpan<double> x, ReadOnlySpan<double> image) => HasBound ? 2 * Math.Abs(image[0] - x[0]) : null;
    }
}
