using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Linear maps of a chosen spectrum.</summary>
public sealed class LinearFixedPointTests
{
    [Fact]
    public void Anderson_with_depth_n_is_exact_in_n_steps_and_a_plain_one_whatever_the_radius()
    {
        var random = new RandomStream(5);
        foreach (int n in new[] { 1, 2, 3, 5, 8, 13, 20 })
        {
            foreach (double radius in new[] { 0.4, 0.95, 1.5, 6 })
            {
                double[,] matrix = FixedPoints.Matrix(Eigenvalues(ref random, n, radius), ref random, 0.2);
                double[] point = FixedPoints.Noise(ref random, n);
                FixedPointResult result = FixedPoints.Solve(TestMap.Linear(matrix, point), new FixedPointRequest { Method = FixedPointMethod.Anderson, AndersonDepth = n, X0 = new double[n] });
                Assert.Equal(FixedPointState.Converged, result.State);
                Assert.InRange(result.Iterations, 1, n + 1);
                Assert.InRange(FixedPoints.Distance(point, result.X!), 0, 1e-7);
            }
        }
    }

    [Fact]
    public void Anderson_before_it_is_exact_makes_the_residuals_of_GMRES()
    {
        // x(k + 1) = F(y(k)), where y(k) is GMRES's point for (I - A) x = b: the smallest residual over x0 + span of the Krylov space, here by normal equations.
        var random = new RandomStream(17);
        const int n = 6;
        double[,] matrix = FixedPoints.Matrix(Eigenvalues(ref random, n, 0.9), ref random, 0.3);
        double[] point = FixedPoints.Noise(ref random, n);
        TestMap map = TestMap.Linear(matrix, point);
        for (int steps = 1; steps < n; steps++)
        {
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = FixedPointMethod.Anderson, AndersonDepth = n, X0 = new double[n], MaxIterations = steps + 1, Tolerance = 1e-30 });
            double[] minimum = GmresPoint(map, n, steps), expected = new double[n], residual = new double[n];
            map.Apply(minimum, expected);
            map.Apply(expected, residual);
            double largest = FixedPoints.Distance(residual, expected);
            Assert.Equal(largest, result.History[^1]!.Value, 1e-7 * largest + 1e-12);
        }
    }

    [Fact]
    public void Newton_needs_one_step_and_plain_steps_diverge_beyond_radius_1()
    {
        var random = new RandomStream(6);
        foreach (int n in new[] { 1, 4, 15, 40 })
        {
            double[,] matrix = FixedPoints.Matrix(Eigenvalues(ref random, n, 3), ref random, 0.1);
            double[] point = FixedPoints.Noise(ref random, n);
            FixedPointResult newton = FixedPoints.Solve(TestMap.Linear(matrix, point, hasSlopes: true), new FixedPointRequest { Method = FixedPointMethod.Newton });
            Assert.Equal(FixedPointState.Converged, newton.State);
            Assert.Equal(1, newton.Iterations);
            Assert.Equal(3, newton.SpectralRadius!.Value, 1e-9);
            double error = FixedPoints.Distance(point, newton.X!);
            Assert.InRange(error, 0, newton.ErrorBound!.Value);
            Assert.Equal(FixedPointState.Diverging, FixedPoints.Solve(TestMap.Linear(matrix, point), new FixedPointRequest { Method = FixedPointMethod.Picard }).State);
            foreach (bool hasSlopes in new[] { false, true })
            {
                FixedPointResult automatic = FixedPoints.Solve(TestMap.Linear(matrix, point, hasSlopes), new FixedPointRequest());
                Assert.Equal(FixedPointState.Converged, automatic.State);
                Assert.InRange(FixedPoints.Distance(point, automatic.X!), 0, 1e-7);
            }
        }
    }

    [Fact]
    public void The_contraction_is_the_norm_of_the_matrix_and_the_radius_its_largest_eigenvalue()
    {
        var random = new RandomStream(8);
        for (int n = 1; n <= 30; n++)
        {
            double[,] matrix = FixedPoints.Matrix(Eigenvalues(ref random, n, 0.7), ref random, 0.2);
            double norm = Enumerable.Range(0, n).Max(i => Enumerable.Range(0, n).Sum(j => Math.Abs(matrix[i, j])));
            foreach (bool hasSlopes in new[] { false, true })
            {
                FixedPointResult result = FixedPoints.Solve(TestMap.Linear(matrix, FixedPoints.Noise(ref random, n), hasSlopes), new FixedPointRequest { Method = FixedPointMethod.Picard });
                Assert.Equal(FixedPointState.Converged, result.State);
                Assert.Equal(norm, result.Contraction!.Value, hasSlopes ? 1e-12 : 3e-6);
                Assert.Equal(0.7, result.SpectralRadius!.Value, hasSlopes ? 1e-9 : 2e-3);
            }
        }
    }

    [Fact]
    public void A_given_Jacobian_takes_the_place_of_differences()
    {
        var random = new RandomStream(9);
        const int n = 10;
        double[,] matrix = FixedPoints.Matrix(Eigenvalues(ref random, n, 2), ref random, 0.2);
        double[] point = FixedPoints.Noise(ref random, n);
        double[][] rows = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => matrix[i, j]).ToArray()).ToArray();
        TestMap map = TestMap.Linear(matrix, point);
        FixedPointResult exact = FixedPoints.Solve(map, new FixedPointRequest { Method = FixedPointMethod.Newton, Jacobian = rows });
        Assert.Equal(FixedPointState.Converged, exact.State);
        Assert.Equal(1, exact.Iterations);

        // One that is off is corrected step by step.
        foreach (double[] row in rows)
        {
            for (int j = 0; j < n; j++)
            {
                row[j] *= 0.7 + 0.2 * random.NextDouble();
            }
        }
        FixedPointResult corrected = FixedPoints.Solve(map, new FixedPointRequest { Method = FixedPointMethod.Newton, Jacobian = rows });
        Assert.Equal(FixedPointState.Converged, corrected.State);
        Assert.InRange(corrected.Iterations, 2, 60);
        Assert.InRange(FixedPoints.Distance(point, corrected.X!), 0, 1e-8);
    }

    [Fact]
    public void A_thousand_variables_are_solved()
    {
        var random = new RandomStream(10);
        const int n = 1000;
        double[] shift = FixedPoints.Noise(ref random, n);
        // Neighbours on a ring, so that a call is cheap: radius 0.98.
        var map = new TestMap(n, (x, y) =>
        {
            for (int i = 0; i < n; i++)
            {
                y[i] = 0.49 * Math.Sin(x[(i + 1) % n]) + 0.49 * x[(i + n - 1) % n] + shift[i];
            }
        });
        foreach (FixedPointMethod method in new[] { FixedPointMethod.Auto, FixedPointMethod.Anderson, FixedPointMethod.Picard })
        {
            FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method });
            Assert.True(result.State == FixedPointState.Converged, $"{method}: {result.State}, {result.Reason}");
            double[] image = new double[n];
            map.Apply(result.X, image);
            Assert.InRange(FixedPoints.Distance(image, result.X!), 0, 1e-10);
            Assert.NotNull(result.Contraction);
            Assert.Null(result.SpectralRadius);
        }
    }

    private static double[] Eigenvalues(ref RandomStream random, int n, double radius)
    {
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = radius * (i == 0 ? -1 : 1.6 * (i + random.NextDouble()) / n - 0.9);
        }
        return values;
    }

    private static double[] GmresPoint(TestMap map, int n, int dimension)
    {
        // Basis of the Krylov space: r0, (I - A) r0, ...; columns (I - A) basis.
        double[] zero = new double[n], offset = new double[n], image = new double[n];
        map.Apply(zero, offset);
        double[] Operator(double[] v)
        {
            map.Apply(v, image);
            return Enumerable.Range(0, n).Select(i => v[i] - (image[i] - offset[i])).ToArray();
        }
        var basis = new List<double[]>();
        double[] next = (double[])offset.Clone();
        for (int k = 0; k < dimension; k++)
        {
            foreach (double[] before in basis)
            {
                double dot = Enumerable.Range(0, n).Sum(i => before[i] * next[i]);
                next = Enumerable.Range(0, n).Select(i => next[i] - dot * before[i]).ToArray();
            }
            double length = Math.Sqrt(next.Sum(value => value * value));
            next = next.Select(value => value / length).ToArray();
            basis.Add(next);
            next = Operator(next);
        }
        double[][] columns = basis.Select(Operator).ToArray();
        double[,] normal = new double[dimension, dimension + 1];
        for (int a = 0; a < dimension; a++)
        {
            for (int b = 0; b < dimension; b++)
            {
                normal[a, b] = Enumerable.Range(0, n).Sum(i => columns[a][i] * columns[b][i]);
            }
            normal[a, dimension] = Enumerable.Range(0, n).Sum(i => columns[a][i] * offset[i]);
        }
        for (int k = 0; k < dimension; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                double factor = i == k ? 0 : normal[i, k] / normal[k, k];
                for (int j = k; j <= dimension; j++)
                {
                    normal[i, j] -= factor * normal[k, j];
                }
            }
        }
        double[] point = new double[n];
        for (int k = 0; k < dimension; k++)
        {
            for (int i = 0; i < n; i++)
            {
                point[i] += normal[k, dimension] / normal[k, k] * basis[k][i];
            }
        }
        return point;
    }
}
