using RanCognition.Numerics;
using RanCognition.Optimization.Search.Constrained;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>The subproblem against its conditions of optimality and against trying every working set.</summary>
public sealed class ElasticProjectionTests
{
    [Fact]
    public void Every_solution_is_the_best_of_all_working_sets()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            RandomStream random = new(seed);
            int n = 1 + (int)(random.NextDouble() * 3), constraints = (int)(random.NextDouble() * 5);
            ElasticProjection projection = Create(n, constraints, ref random, isHard: false);
            Assert.True(projection.Solve());
            double found = Value(projection, projection.Solution), least = LeastOfAllWorkingSets(projection, n, constraints);
            Assert.True(Math.Abs(found - least) <= 1e-9 * (1 + Math.Abs(least)), $"seed {seed}: {found} instead of {least}");
        }
    }

    [Fact]
    public void Larger_ones_meet_the_conditions_of_optimality()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            RandomStream random = new(seed);
            int n = 2 + (int)(random.NextDouble() * 30), constraints = (int)(random.NextDouble() * 60);
            ElasticProjection projection = Create(n, constraints, ref random, isHard: false);
            Assert.True(projection.Solve());
            AssertOptimal(projection, n, constraints, 1e-8);
        }
    }

    [Fact]
    public void Repeated_and_opposite_rows_do_no_harm()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            RandomStream random = new(seed);
            int n = 2 + (int)(random.NextDouble() * 6), constraints = 12;
            ElasticProjection projection = Create(n, constraints, ref random, isHard: false);
            for (int j = 3; j < constraints; j++)
            {
                double sign = j % 2 == 0 ? 1 : -1;
                for (int i = 0; i < n; i++)
                {
                    projection.Rows[j * n + i] = sign * projection.Rows[j % 3 * n + i];
                }
                projection.Offsets[j] = sign * projection.Offsets[j % 3] - (j % 2 == 0 ? 0 : 1e-4);
            }
            Assert.True(projection.Solve());
            AssertOptimal(projection, n, constraints, 1e-7);
        }
    }

    [Fact]
    public void Hard_constraints_that_conflict_have_no_solution_and_others_are_met_exactly()
    {
        int without = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            RandomStream random = new(seed);
            int n = 3, constraints = 6;
            ElasticProjection projection = Create(n, constraints, ref random, isHard: true);
            bool isSolved = projection.Solve();
            without += isSolved ? 0 : 1;
            double[] soft = SoftViolations(projection, n, constraints);
            Assert.Equal(isSolved, soft.Max() < 1e-7);
            if (isSolved)
            {
                AssertOptimal(projection, n, constraints, 1e-8);
            }
        }
        Assert.InRange(without, 10, 190);
    }

    private static ElasticProjection Create(int n, int constraints, ref RandomStream random, bool isHard)
    {
        ElasticProjection projection = new(n, constraints);
        for (int i = 0; i < n; i++)
        {
            projection.Centre[i] = 3 * random.NextNormal();
            projection.Lower[i] = -random.NextDouble() * 2;
            projection.Upper[i] = random.NextDouble() * 2;
            for (int k = 0; k < n; k++)
            {
                projection.BoxRows[i * n + k] = random.NextNormal() + (i == k ? 2 : 0);
            }
        }
        for (int j = 0; j < constraints; j++)
        {
            for (int i = 0; i < n; i++)
            {
                projection.Rows[j * n + i] = random.NextNormal();
            }
            projection.Offsets[j] = random.NextNormal();
            projection.Caps[j] = isHard ? double.PositiveInfinity : random.NextDouble() < 0.2 ? 0 : 3 * random.NextDouble();
        }
        return projection;
    }

    /// <summary>Violations when every one has the same high price: none is left where the constraints can be met.</summary>
    private static double[] SoftViolations(ElasticProjection hard, int n, int constraints)
    {
        ElasticProjection soft = new(n, constraints);
        hard.Rows.CopyTo(soft.Rows, 0);
        hard.Offsets.CopyTo(soft.Offsets, 0);
        hard.Centre.CopyTo(soft.Centre, 0);
        hard.BoxRows.CopyTo(soft.BoxRows, 0);
        hard.Lower.CopyTo(soft.Lower, 0);
        hard.Upper.CopyTo(soft.Upper, 0);
        Array.Fill(soft.Caps, 1e7);
        Assert.True(soft.Solve());
        return Enumerable.Range(0, constraints).Select(j => Math.Max(0, soft.Residual(j))).ToArray();
    }

    private static double Dot(ElasticProjection projection, double[] rows, int row, double[] y) => Enumerable.Range(0, y.Length).Sum(i => rows[row * y.Length + i] * y[i]);

    private static double Value(ElasticProjection projection, double[] y)
    {
        double value = 0;
        for (int i = 0; i < y.Length; i++)
        {
            value += 0.5 * Math.Pow(y[i] + projection.Centre[i], 2);
        }
        for (int j = 0; j < projection.Caps.Length; j++)
        {
            value += projection.Caps[j] * Math.Max(0, Dot(projection, projection.Rows, j, y) + projection.Offsets[j]);
        }
        return value;
    }

    private static void AssertOptimal(ElasticProjection projection, int n, int constraints, double tolerance)
    {
        double[] rest = new double[n];
        for (int i = 0; i < n; i++)
        {
            rest[i] = projection.Solution[i] + projection.Centre[i];
        }
        for (int j = 0; j < constraints; j++)
        {
            double multiplier = projection.Multiplier(j), residual = projection.Residual(j);
            Assert.InRange(multiplier, -tolerance, projection.Caps[j] + tolerance);
            Assert.True(residual <= tolerance || multiplier >= projection.Caps[j] - tolerance, $"constraint {j} is violated by {residual} below its price");
            Assert.True(residual >= -tolerance || multiplier <= tolerance, $"constraint {j} has room {-residual} and multiplier {multiplier}");
            for (int i = 0; i < n; i++)
            {
                rest[i] += multiplier * projection.Rows[j * n + i];
            }
        }
        for (int b = 0; b < n; b++)
        {
            double at = Dot(projection, projection.BoxRows, b, projection.Solution), multiplier = projection.BoxMultiplier(b);
            Assert.InRange(at, projection.Lower[b] - tolerance, projection.Upper[b] + tolerance);
            Assert.True(multiplier <= tolerance || at >= projection.Upper[b] - tolerance);
            Assert.True(multiplier >= -tolerance || at <= projection.Lower[b] + tolerance);
            for (int i = 0; i < n; i++)
            {
                rest[i] += multiplier * projection.BoxRows[b * n + i];
            }
        }
        Assert.All(rest, value => Assert.InRange(value, -tolerance * 10, tolerance * 10));
    }

    /// <summary>Each constraint free, exact or at its price, each box free, at its lower or at its upper end: the least value of all points that follow and lie in the box.</summary>
    private static double LeastOfAllWorkingSets(ElasticProjection projection, int n, int constraints)
    {
        int all = constraints + n;
        double least = double.PositiveInfinity;
        for (int code = 0; code < (int)Math.Pow(3, all); code++)
        {
            List<double[]> rows = [];
            List<double> sides = [];
            double[] centre = (double[])projection.Centre.Clone();
            for (int k = 0, left = code; k < all; k++, left /= 3)
            {
                int state = left % 3;
                double[] source = k < constraints ? projection.Rows : projection.BoxRows;
                double[] row = source.AsSpan((k < constraints ? k : k - constraints) * n, n).ToArray();
                if (k < constraints && state == 2)
                {
                    for (int i = 0; i < n; i++)
                    {
                        centre[i] += projection.Caps[k] * row[i];
                    }
                }
                else if (state != 0)
                {
                    rows.Add(row);
                    sides.Add(k < constraints ? -projection.Offsets[k] : state == 1 ? projection.Lower[k - constraints] : projection.Upper[k - constraints]);
                }
            }
            if (rows.Count <= n && Project(centre, rows, sides) is { } y && IsInBox(projection, y))
            {
                least = Math.Min(least, Value(projection, y));
            }
        }
        return least;
    }

    private static bool IsInBox(ElasticProjection projection, double[] y)
    {
        for (int b = 0; b < y.Length; b++)
        {
            double at = Dot(projection, projection.BoxRows, b, y);
            if (at < projection.Lower[b] - 1e-10 || at > projection.Upper[b] + 1e-10)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The point nearest to -centre that meets equations, by elimination of its normal equations; null when they depend on each other.</summary>
    private static double[]? Project(double[] centre, List<double[]> rows, List<double> sides)
    {
        int m = rows.Count, n = centre.Length;
        double[,] a = new double[m, m + 1];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                a[i, j] = rows[i].Zip(rows[j], (p, q) => p * q).Sum();
            }
            a[i, m] = -sides[i] - rows[i].Zip(centre, (p, q) => p * q).Sum();
        }
        for (int k = 0; k < m; k++)
        {
            int pivot = Enumerable.Range(k, m - k).MaxBy(i => Math.Abs(a[i, k]));
            if (Math.Abs(a[pivot, k]) < 1e-9)
            {
                return null;
            }
            for (int j = 0; j <= m; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }
            for (int i = 0; i < m; i++)
            {
                double factor = i == k ? 0 : a[i, k] / a[k, k];
                for (int j = k; j <= m && factor != 0; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }
            }
        }
        double[] y = new double[n];
        for (int i = 0; i < n; i++)
        {
            y[i] = -centre[i];
            for (int k = 0; k < m; k++)
            {
                y[i] -= a[k, m] / a[k, k] * rows[k][i];
            }
        }
        return y;
    }
}
