using RanCognition.Contracts;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Which cycle plain steps run in, and the point of it that is given.</summary>
public sealed class CycleTests
{
    private const int LongestPeriod = 64;

    [Fact]
    public void The_point_of_a_cycle_is_on_it_and_no_other_has_a_smaller_residual()
    {
        int cycles = 0;
        for (double r = 3.05; r < 4; r += 0.0173)
        {
            double factor = r;
            cycles += CheckPoint(x => factor * x * (1 - x), 0.3, FixedPointMethod.Picard) ? 1 : 0;
        }
        Assert.True(cycles > 20, $"{cycles} cycles");
        Assert.True(CheckPoint(x => x < 0.6 ? 1 : 0, 0.5, FixedPointMethod.Picard));
        Assert.True(CheckPoint(x => x < 0.6 ? 1 : 0, 0.5, FixedPointMethod.Auto));
        Assert.True(CheckPoint(x => 3.2 * x * (1 - x), 0.3, FixedPointMethod.Picard));
    }

    [Fact]
    public void The_period_is_the_smallest_one_also_where_points_close_in_from_both_sides()
    {
        int named = 0;
        for (double r = 3; r < 4; r += 0.0071)
        {
            double factor = r;
            named += CheckPeriod(x => factor * x * (1 - x), 0.3, 20_000) + CheckPeriod(x => factor * x * (1 - x), 0.3, 300) + CheckPeriod(x => factor * x * (1 - x), 0.3, 60);
        }
        Assert.True(CheckPeriod(x => 3.74 * x * (1 - x), 0.3, 20_000) == 1);
        for (double a = 1; a < 4; a += 0.029)
        {
            double factor = a;
            named += CheckPeriod(x => factor * Math.Sin(x + 0.4) + 0.3 * Math.Cos(3 * x), 0.2, 1000) + CheckPeriod(x => 0.3 * Math.Cos(3 * x) - factor * Math.Sin(x + 1), 0.2, 1000);
        }
        Assert.True(named > 150, $"{named} periods");
    }

    [Fact]
    public void A_cycle_that_the_budget_cuts_short_is_named()
    {
        // 0, 1, .., 36, 0, 1, ..: exact; seen after one round and known after two.
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => x >= 36 ? 0 : x + 1), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [0], MaxIterations = 130 });
        Assert.Equal(FixedPointState.Oscillating, result.State);
        Assert.Equal(37, result.Period);
    }

    private static bool CheckPoint(Func<double, double> function, double start, FixedPointMethod method)
    {
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(function), new FixedPointRequest { Method = method, X0 = [start], MaxIterations = 5000 });
        if (result.State != FixedPointState.Oscillating)
        {
            return false;
        }
        double x = result.X![0], least = double.PositiveInfinity;
        for (int step = 0; step < result.Period; step++)
        {
            double next = function(x);
            least = Math.Min(least, Math.Abs(next - x));
            x = next;
        }
        Assert.InRange(Math.Abs(x - result.X[0]), 0, 1e-9);
        Assert.Equal(Math.Abs(function(result.X[0]) - result.X[0]), result.Residual!.Value);
        Assert.InRange(result.Residual.Value, 0, least + 1e-9);
        return true;
    }

    private static int CheckPeriod(Func<double, double> function, double start, int steps)
    {
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(function), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [start], MaxIterations = steps });
        if (result.State != FixedPointState.Oscillating)
        {
            return 0;
        }
        double x = start;
        for (int step = 0; step < 25_000; step++)
        {
            x = function(x);
        }
        double anchor = x;
        for (int period = 1; period <= LongestPeriod; period++)
        {
            x = function(x);
            if (Math.Abs(x - anchor) < 1e-8)
            {
                Assert.True(result.Period == period, $"named {result.Period}, is {period}, after {steps} steps at {anchor}");
                return 1;
            }
        }
        return 0;
    }
}
