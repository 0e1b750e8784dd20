using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Maps made so that their fixed point is known.</summary>
public sealed class ContractiveMapTests
{
    [Fact]
    public void The_error_bound_is_never_below_the_error()
    {
        // F(x) = p + g(A (x - p)) with g(0) = 0 and slopes within 1, so p is the fixed point and |A| bounds the contraction.
        var random = new RandomStream(1);
        int bounds = 0;
        double loosest = 0;
        for (int trial = 0; trial < 700; trial++)
        {
            int n = 1 + (int)(random.NextDouble() * 8);
            TestMap map = Random(ref random, n, 0.2 + 0.79 * random.NextDouble(), out double[] point, hasSlopes: trial % 2 == 0);
            foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
            {
                var request = new FixedPointRequest { Method = method, X0 = Scaled(FixedPoints.Noise(ref random, n), 3), Tolerance = Math.Pow(10, -12 * random.NextDouble()), MaxIterations = 1 + (int)(60 * random.NextDouble()) };
                FixedPointResult result = FixedPoints.Solve(map, request);
                double error = FixedPoints.Distance(point, result.X!);
                if (result.ErrorBound is { } bound)
                {
                    bounds++;
                    Assert.True(error <= bound, $"{method}, trial {trial}, n {n}: error {error:R}, bound {bound:R}, {result.State}, contraction {result.Contraction} residual {result.Residual} x {result.X![0]} tol {request.Tolerance} rho {result.SpectralRadius}");
                    loosest = error > 1e-13 ? Math.Max(loosest, bound / error) : loosest;
                }
                Assert.NotEqual(FixedPointState.Diverging, result.State);
                Assert.Equal(result.State == FixedPointState.Converged, result.Residual <= Math.Max(request.Tolerance, 1e-15 * FixedPoints.Distance(result.X!, new double[n])));
            }
        }
        Assert.True(bounds > 2500, $"{bounds} bounds");
        Assert.True(loosest < 1e5, $"up to {loosest} times the error");
    }

    [Fact]
    public void Every_method_converges_on_every_contraction()
    {
        var random = new RandomStream(2);
        for (int trial = 0; trial < 120; trial++)
        {
            int n = 1 + (int)(random.NextDouble() * 12);
            double contraction = 0.3 + 0.65 * random.NextDouble();
            TestMap map = Random(ref random, n, contraction, out double[] point, hasSlopes: trial % 3 == 0);
            foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
            {
                FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method, X0 = Scaled(FixedPoints.Noise(ref random, n), 5) });
                Assert.True(result.State == FixedPointState.Converged, $"{method}, trial {trial}: {result.State}, {result.Reason}");
                Assert.InRange(FixedPoints.Distance(point, result.X!), 0, 1.01e-10 / (1 - contraction));
                Assert.Null(result.Period);
            }
        }
    }

    [Fact]
    public void Accelerated_residuals_of_Newton_never_rise_on_a_contraction()
    {
        var random = new RandomStream(3);
        for (int trial = 0; trial < 200; trial++)
        {
            int n = 1 + (int)(random.NextDouble() * 6);
            TestMap map = Random(ref random, n, 0.9, out _, hasSlopes: true);
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = FixedPointMethod.Newton, X0 = Scaled(FixedPoints.Noise(ref random, n), 5) });
            for (int i = 1; i < result.History.Count; i++)
            {
                Assert.True(result.History[i] < result.History[i - 1]);
            }
        }
    }

    [Fact]
    public void Fixed_points_of_maps_that_stretch_are_found_by_auto()
    {
        // x(i) = p(i) + a sum of sines that stretches up to 4 times: the known fixed point repels plain steps. Any fixed point will do.
        var random = new RandomStream(4);
        int found = 0;
        const int trials = 120;
        for (int trial = 0; trial < trials; trial++)
        {
            int n = 1 + (int)(random.NextDouble() * 8);
            TestMap map = Random(ref random, n, 4, out double[] point, hasSlopes: trial % 2 == 0);
            double[] start = Scaled(FixedPoints.Noise(ref random, n), 2);
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { X0 = start, MaxIterations = 2000 });
            if (result.State == FixedPointState.Converged)
            {
                found++;
                double[] image = new double[n];
                map.Apply(result.X, image);
                Assert.InRange(FixedPoints.Distance(image, result.X!), 0, 1e-10);
            }
        }
        Assert.True(found >= 0.95 * trials, $"{found} of {trials}");
    }

    [Fact]
    public void Results_are_the_same_bits_each_time()
    {
        var random = new RandomStream(11);
        TestMap map = Random(ref random, 7, 3, out _, hasSlopes: false);
        foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
        {
            FixedPointResult first = FixedPoints.Solve(map, new FixedPointRequest { Method = method, MaxIterations = 200 }), second = FixedPoints.Solve(map, new FixedPointRequest { Method = method, MaxIterations = 200 });
            Assert.Equal(first.X!, second.X!);
            Assert.Equal(first.History, second.History);
            Assert.Equal(first.Evaluations, second.Evaluations);
            Assert.Equal(first.ErrorBound, second.ErrorBound);
        }
    }

    [Fact]
    public void Evaluations_are_counted_and_the_residual_is_that_at_x()
    {
        var random = new RandomStream(12);
        for (int trial = 0; trial < 30; trial++)
        {
            int n = 1 + (int)(random.NextDouble() * 30);
            TestMap map = Random(ref random, n, 2 * random.NextDouble(), out _, hasSlopes: trial % 2 == 0);
            foreach (FixedPointMethod method in Enum.GetValues<FixedPointMethod>())
            {
                int before = map.Calls;
                FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method, MaxIterations = 100 });
                Assert.Equal((ulong)(map.Calls - before), result.Evaluations);
                Assert.InRange(result.Iterations, 0, 100);
                double[] image = new double[n];
                map.Apply(result.X, image);
                Assert.Equal(FixedPoints.Distance(image, result.X!), result.Residual);
            }
        }
    }

    private static double[] Scaled(double[] values, double factor) => values.Select(value => factor * value).ToArray();

    private static TestMap Random(ref RandomStream random, int n, double stretch, out double[] known, bool hasSlopes)
    {
        double[] point = Scaled(FixedPoints.Noise(ref random, n), 2);
        double[][] matrix = new double[n][];
        for (int i = 0; i < n; i++)
        {
            matrix[i] = FixedPoints.Noise(ref random, n);
            double sum = matrix[i].Sum(Math.Abs);
            matrix[i] = Scaled(matrix[i], stretch / sum);
        }
        int kind = (int)(random.NextDouble() * 3);
        Func<double, double> curve = kind switch { 0 => Math.Sin, 1 => Math.Atan, _ => value => value };
        Func<double, double> slope = kind switch { 0 => Math.Cos, 1 => value => 1 / (1 + value * value), _ => _ => 1 };
        known = point;
        double Inner(double[] x, int i)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += matrix[i][j] * (x[j] - point[j]);
            }
            return sum;
        }
        return new TestMap(n, (x, y) =>
        {
            for (int i = 0; i < n; i++)
            {
                y[i] = point[i] + curve(Inner(x, i));
            }
        }, !hasSlopes ? null : (x, slopes) =>
        {
            for (int i = 0; i < n; i++)
            {
                double steepness = slope(Inner(x, i));
                for (int j = 0; j < n; j++)
                {
                    slopes[i * n + j] = steepness * matrix[i][j];
                }
            }
        });
    }
}
