using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>What is said of maps whose iteration is known.</summary>
public sealed class FixedPointVerdictTests
{
    private const double Dottie = 0.73908513321516064166;

    [Theory]
    [InlineData(FixedPointMethod.Auto, 20)]
    [InlineData(FixedPointMethod.Picard, 95)]
    [InlineData(FixedPointMethod.Aitken, 10)]
    [InlineData(FixedPointMethod.Anderson, 8)]
    [InlineData(FixedPointMethod.Newton, 6)]
    public void The_cosine_is_solved_to_the_last_digits_with_or_without_slopes(object method, int stepsMax)
    {
        foreach (bool hasSlopes in new[] { false, true })
        {
            var request = new FixedPointRequest { Method = (FixedPointMethod)method, X0 = [1], Tolerance = 1e-15 };
            FixedPointResult result = FixedPoints.Solve(TestMap.Of(Math.Cos, hasSlopes ? x => -Math.Sin(x) : null), request);
            Assert.Equal(FixedPointState.Converged, result.State);
            Assert.InRange(result.Iterations, 1, stepsMax);
            Assert.InRange(Math.Abs(result.X![0] - Dottie), 0, 1.2e-15);
            Assert.InRange(result.ErrorBound!.Value, Math.Abs(result.X[0] - Dottie), 1e-14);
            Assert.Equal(Math.Sin(Dottie), result.Contraction!.Value, 1e-6);
            Assert.Equal(Math.Sin(Dottie), result.SpectralRadius!.Value, 1e-6);
            Assert.Equal(Math.Abs(Math.Cos(result.X[0]) - result.X[0]), result.Residual!.Value);
            Assert.Equal(result.Iterations + 1, result.History.Count);
            Assert.Null(result.Period);
        }
    }

    [Theory]
    [InlineData(3.2, 2)]
    [InlineData(3.44, 2)]
    [InlineData(3.5, 4)]
    [InlineData(3.83, 3)]
    [InlineData(3.7017, 7)]
    [InlineData(3.55, 8)]
    public void Cycles_of_the_logistic_map_are_named(double r, int period)
    {
        FixedPointResult plain = FixedPoints.Solve(TestMap.Of(x => r * x * (1 - x)), FixedPointMethod.Picard, 0.3);
        Assert.Equal(FixedPointState.Oscillating, plain.State);
        Assert.Equal(period, plain.Period);

        FixedPointResult automatic = FixedPoints.Solve(TestMap.Of(x => r * x * (1 - x)), FixedPointMethod.Auto, 0.3);
        Assert.Equal(FixedPointState.Converged, automatic.State);
        Assert.Equal(1 - 1 / r, automatic.X![0], 1e-9);
        Assert.Equal(r - 2, automatic.SpectralRadius!.Value, 1e-5);
        Assert.Equal(period, automatic.Period);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(60)]
    public void Rotations_have_the_period_of_their_angle(int period)
    {
        double angle = 2 * Math.PI / period, cosine = Math.Cos(angle), sine = Math.Sin(angle);
        double[] centre = [3, -2];
        FixedPointResult result = FixedPoints.Solve(TestMap.Linear(new[,] { { cosine, -sine }, { sine, cosine } }, centre), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [4, -2] });
        Assert.Equal(FixedPointState.Oscillating, result.State);
        Assert.Equal(period, result.Period);

        FixedPointResult automatic = FixedPoints.Solve(TestMap.Linear(new[,] { { cosine, -sine }, { sine, cosine } }, centre), new FixedPointRequest { X0 = [4, -2] });
        Assert.Equal(FixedPointState.Converged, automatic.State);
        Assert.InRange(FixedPoints.Distance(centre, automatic.X!), 0, 1e-8);
        Assert.Equal(period, automatic.Period);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, 6)]
    [InlineData(new[] { 4 }, 4)]
    [InlineData(new[] { 7, 2, 1 }, 14)]
    [InlineData(new[] { 3, 5, 7 }, 105)]
    public void Permutations_have_the_least_common_multiple_of_their_cycles(int[] cycles, int period)
    {
        int n = cycles.Sum();
        int[] source = new int[n];
        int first = 0;
        foreach (int length in cycles)
        {
            for (int i = 0; i < length; i++)
            {
                source[first + i] = first + (i + 1) % length;
            }
            first += length;
        }
        var map = new TestMap(n, (x, y) =>
        {
            for (int i = 0; i < n; i++)
            {
                y[i] = x[source[i]];
            }
        });
        double[] start = Enumerable.Range(0, n).Select(i => i * i / 10.0).ToArray();
        FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = start });
        Assert.Equal(FixedPointState.Oscillating, result.State);
        Assert.Equal(period, result.Period);
    }

    [Theory]
    [InlineData(-0.9999)]
    [InlineData(-0.9999999)]
    [InlineData(-0.99)]
    [InlineData(0.9995)]
    public void Slow_convergence_from_both_sides_is_no_oscillation(double slope)
    {
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => slope * (x - 5) + 5), FixedPointMethod.Picard, 6);
        Assert.Equal(FixedPointState.Descending, result.State);
        Assert.Null(result.Period);
        Assert.InRange(result.ErrorBound!.Value, Math.Abs(result.X![0] - 5), double.PositiveInfinity);
    }

    [Fact]
    public void Convergence_that_rounding_or_a_tiny_tolerance_ends_is_no_oscillation()
    {
        // Towards a point 1e6 out, where the tolerance is below rounding; and towards 0, where no rounding helps.
        for (double slope = -0.05; slope > -0.98; slope = slope > -0.9 ? slope - 0.05 : slope - 0.01)
        {
            double factor = slope;
            FixedPointResult far = FixedPoints.Solve(TestMap.Of(x => factor * (x - 1e6) + 1e6), FixedPointMethod.Picard, 1e6 + 10);
            Assert.True(far.State != FixedPointState.Oscillating && (slope < -0.9 || far.State == FixedPointState.Converged), $"{slope}: {far.State}, {far.Reason}");
            Assert.Null(far.Period);
            Assert.InRange(far.Residual!.Value, 0, 1e-8);
            FixedPointResult tiny = FixedPoints.Solve(TestMap.Of(x => factor * x), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [1], Tolerance = 1e-300, MaxIterations = 60 });
            Assert.Equal(FixedPointState.Descending, tiny.State);
            Assert.Null(tiny.Period);
        }
    }

    [Fact]
    public void A_decaying_spiral_descends()
    {
        for (int k = 3; k < 30; k++)
        {
            double angle = 2 * Math.PI / k, radius = 0.995;
            double[,] matrix = { { radius * Math.Cos(angle), -radius * Math.Sin(angle) }, { radius * Math.Sin(angle), radius * Math.Cos(angle) } };
            FixedPointResult result = FixedPoints.Solve(TestMap.Linear(matrix, [1, 1]), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [2, 1] });
            Assert.Equal(FixedPointState.Descending, result.State);
            Assert.Null(result.Period);
            Assert.Equal(radius, result.SpectralRadius!.Value, 1e-6);
        }
    }

    [Fact]
    public void A_growing_spiral_diverges()
    {
        for (int k = 3; k < 30; k++)
        {
            double angle = 2 * Math.PI / k, radius = 1.01;
            double[,] matrix = { { radius * Math.Cos(angle), -radius * Math.Sin(angle) }, { radius * Math.Sin(angle), radius * Math.Cos(angle) } };
            FixedPointResult result = FixedPoints.Solve(TestMap.Linear(matrix, [1, 1]), new FixedPointRequest { Method = FixedPointMethod.Picard, X0 = [2, 1] });
            Assert.Equal(FixedPointState.Diverging, result.State);
        }
    }

    [Fact]
    public void Chaos_is_incomplete()
    {
        foreach (double r in new[] { 3.7, 3.75, 3.8, 3.9, 3.95, 3.99 })
        {
            for (double start = 0.1; start < 0.9; start += 0.1)
            {
                FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => r * x * (1 - x)), FixedPointMethod.Picard, start);
                Assert.Equal(FixedPointState.Incomplete, result.State);
                Assert.Null(result.Period);
            }
        }
    }

    [Fact]
    public void Iterations_that_leave_every_bound_diverge()
    {
        Check(x => x + 1, 0);                    // no fixed point, grows along a line
        Check(x => x - 0.001, 0);
        Check(x => 2 * x + 1, 0);
        Check(x => -1.05 * x, 1);
        Check(Math.Exp, 0);                      // infinite after four steps
        Check(x => x * x + 1, 0.5);
        Check(x => Math.Exp(x) - 2 * x, 3);      // infinite, then no number
        Check(x => x * x * x, 1.01);

        static void Check(Func<double, double> function, double start) =>
            Assert.Equal(FixedPointState.Diverging, FixedPoints.Solve(TestMap.Of(function), FixedPointMethod.Picard, start).State);
    }

    [Fact]
    public void No_fixed_point_is_found_where_there_is_none()
    {
        Func<double, double>[] functions =
        [
            x => x + 1, x => x * x + 1, Math.Exp, x => x < 0.6 ? 1 : 0, x => Math.Exp(x) + 0.1, x => x + 1 + 0.9 * Math.Sin(3 * x), x => x - Math.Exp(-x * x / 50) - 0.1, x => x + 2 + Math.Sin(x),
        ];
        foreach (Func<double, double> function in functions)
        {
            foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
            {
                foreach (double start in new[] { 0.0, 0.5, -3, 20 })
                {
                    FixedPointResult result = FixedPoints.Solve(TestMap.Of(function), method, start);
                    Assert.True(result.State != FixedPointState.Converged, $"{Array.IndexOf(functions, function)} {method} from {start}: {result.X![0]}, {result.Reason}");
                    Assert.NotEqual(FixedPointState.Infeasible, result.State);
                    Assert.NotEqual("", result.Reason);
                }
            }
        }
    }

    [Fact]
    public void A_jump_over_the_diagonal_oscillates_and_claims_no_bound()
    {
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(x => x < 0.6 ? 1 : 0), FixedPointMethod.Auto, 0.5);
        Assert.Equal(FixedPointState.Oscillating, result.State);
        Assert.Equal(2, result.Period);
        Assert.Null(result.ErrorBound);
    }

    [Fact]
    public void Constants_and_the_identity_are_solved_at_once()
    {
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            FixedPointResult constant = FixedPoints.Solve(TestMap.Of(_ => -7), method, 100);
            Assert.Equal(FixedPointState.Converged, constant.State);
            Assert.Equal([-7.0], constant.X!);
            Assert.Equal(1, constant.Iterations);
            FixedPointResult identity = FixedPoints.Solve(TestMap.Of(x => x), method, 100);
            Assert.Equal(FixedPointState.Converged, identity.State);
            Assert.Equal([100.0], identity.X!);
            Assert.Equal(0, identity.Iterations);
            Assert.Null(identity.ErrorBound);
        }
    }

    [Fact]
    public void Repelling_fixed_points_are_found_with_bounds_that_hold()
    {
        (Func<double, double> Function, double Start, double Known)[] cases =
        [
            (x => 3.9 * x * (1 - x), 0.4, 1 - 1 / 3.9), (x => 2 - x * x, 0.5, 1), (x => 10 / (1 + x * x * x), 1.5, double.NaN), (x => 5 * Math.Cos(x), 1, double.NaN), (x => Math.Exp(-4 * x) * 8, 0.2, double.NaN),
            (x => x * x * x - 6, 1.5, 2), (x => -20 * (x - 3) + 3, 1e3, 3), (x => 1 / x - 3 * x, 1, 0.5),
        ];
        foreach ((Func<double, double> function, double start, double known) in cases)
        {
            foreach (FixedPointMethod method in new[] { FixedPointMethod.Auto, FixedPointMethod.Newton })
            {
                FixedPointResult result = FixedPoints.Solve(TestMap.Of(function), method, start);
                Assert.True(result.State == FixedPointState.Converged, $"{method} from {start}: {result.State}, {result.Reason}");
                Assert.True(result.SpectralRadius > 1);
                Assert.NotNull(result.ErrorBound);
                if (!double.IsNaN(known) && Math.Abs(result.X![0] - known) < 0.1)
                {
                    Assert.InRange(Math.Abs(result.X[0] - known), 0, result.ErrorBound.Value);
                }
            }
        }
    }
}
