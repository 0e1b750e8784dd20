using RanCognition.Contracts;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Plain steps that hardly get shorter, beside those that never do.</summary>
public sealed class SlowConvergenceTests
{
    [Theory]
    [InlineData(0.9999999, 1, 0, 3000)]
    [InlineData(0.999999, 1, 5, 20)]
    [InlineData(0.999999999, -3, 0, 3000)]
    [InlineData(0.99999, 1e-3, 0, 11)]
    [InlineData(0.9999999, 1e9, 0, 1000)]
    public void Steps_that_get_shorter_descend_however_slowly(double slope, double offset, double start, int steps)
    {
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => slope * x + offset), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [start], MaxIterations = steps });
        Assert.True(result.State == FixedPointState.Descending, $"{result.State}: {result.Reason}");
    }

    [Fact]
    public void A_slow_curve_descends()
    {
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => x * 0.9999999 + 1e-7 * (1 + Math.Sin(x))), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [1], MaxIterations = 3000 });
        Assert.True(result.State == FixedPointState.Descending, $"{result.State}: {result.Reason}");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.1, 0)]
    [InlineData(-0.001, 7)]
    [InlineData(1e6, 3)]
    [InlineData(1.0 / 3, 1e5)]
    public void Steps_that_stay_as_long_as_they_are_diverge(double offset, double start)
    {
        foreach (int steps in new[] { 20, 300, 3000 })
        {
            FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => x + offset), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [start], MaxIterations = steps });
            Assert.True(result.State == FixedPointState.Diverging, $"{steps} steps: {result.State}: {result.Reason}");
        }
    }

    [Fact]
    public void Numbers_in_reasons_are_written_as_in_JSON()
    {
        FixedPointResult converged = FixedPoints.Solve(TestMap.Of(Math.Cos), FixedPointMethod.Picard, 1);
        Assert.Contains("tolerance 1e-10", converged.Reason);
        FixedPointResult descending = FixedPoints.Solve(TestMap.Of(x => 0.9999 * x), FixedPointMethod.Picard, 1e-3);
        Assert.Contains("1e-10", descending.Reason);
        Assert.DoesNotContain("E-", converged.Reason + descending.Reason);
    }
}
