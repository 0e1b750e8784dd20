using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>The parts that the methods are made of.</summary>
public sealed class FixedPointNumericsTests
{
    [Fact]
    public void Factors_solve_with_the_matrix_and_its_transpose()
    {
        var random = new RandomStream(1);
        for (int n = 1; n <= 40; n++)
        {
            double[] slopes = FixedPoints.Noise(ref random, n * n), known = FixedPoints.Noise(ref random, n), right = new double[n], transposed = new double[n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double entry = (i == j ? 1 : 0) - slopes[i * n + j];
                    right[i] += entry * known[j];
                    transposed[j] += entry * known[i];
                }
            }
            var factors = new LuFactors(n);
            Assert.True(factors.FactorizeOneMinus(slopes));
            factors.Solve(right);
            factors.SolveTransposed(transposed);
            Assert.InRange(FixedPoints.Distance(known, right), 0, 1e-9);
            Assert.InRange(FixedPoints.Distance(known, transposed), 0, 1e-9);
        }
    }

    [Fact]
    public void Eliminating_by_blocks_is_eliminating_one_pivot_after_the_other()
    {
        var random = new RandomStream(9);
        foreach (int n in new[] { 1, 4, 7, 8, 9, 12, 16, 17, 31, 64, 101 })
        {
            double[] slopes = FixedPoints.Noise(ref random, n * n), known = FixedPoints.Noise(ref random, n), solved = (double[])known.Clone();
            double[][] rows = new double[n][];
            for (int i = 0; i < n; i++)
            {
                rows[i] = slopes.AsSpan(i * n, n).ToArray().Select(slope => -slope).Append(known[i]).ToArray();
                rows[i][i] += 1;
            }
            for (int step = 0; step < n; step++)
            {
                int best = Enumerable.Range(step, n - step).MaxBy(i => Math.Abs(rows[i][step]));
                (rows[step], rows[best]) = (rows[best], rows[step]);
                for (int i = step + 1; i < n; i++)
                {
                    double factor = rows[i][step] / rows[step][step];
                    for (int k = step; k <= n; k++)
                    {
                        rows[i][k] -= factor * rows[step][k];
                    }
                }
            }
            var factors = new LuFactors(n);
            Assert.True(factors.FactorizeOneMinus(slopes));
            factors.Solve(solved);
            Assert.Equal(rows[n - 1][n] / rows[n - 1][n - 1], solved[n - 1], 1e-9 * Math.Max(1, Math.Abs(solved[n - 1])));
        }
    }

    [Fact]
    public void Singular_matrices_have_no_factors()
    {
        Assert.False(new LuFactors(1).FactorizeOneMinus([1]));
        Assert.False(new LuFactors(2).FactorizeOneMinus([1, 0, 0, 0.5]));
        Assert.False(new LuFactors(2).FactorizeOneMinus([0, 1, 1, 0]));          // 1 -1, -1 1
        Assert.False(new LuFactors(3).FactorizeOneMinus([0, -2, -3, -4, -4, -6, -7, -8, -8]));   // 1 2 3, 4 5 6, 7 8 9
        Assert.True(new LuFactors(2).FactorizeOneMinus([1, 1, 1, 1]));           // 0 -1, -1 0: needs an exchange
    }

    [Fact]
    public void Projections_are_the_least_squares_of_the_last_columns()
    {
        var random = new RandomStream(2);
        foreach (int columnsMax in new[] { 1, 2, 5, 8 })
        {
            const int rows = 20;
            var qr = new UpdatedQr(rows, columnsMax);
            var columns = new List<double[]>();
            for (int k = 0; k < 30; k++)
            {
                double[] column = FixedPoints.Noise(ref random, rows);
                double length = DenseVectors.Norm(column);
                column = column.Select(value => value / length).ToArray();
                int removed = qr.Append(column);
                columns.Add(column);
                columns.RemoveRange(0, removed);
                Assert.Equal(Math.Min(k + 1, columnsMax), columns.Count);
                Assert.Equal(columns.Count, qr.Columns);

                double[] b = FixedPoints.Noise(ref random, rows), rest = (double[])b.Clone(), weights = new double[columnsMax];
                qr.Project(rest, weights);
                for (int j = 0; j < columns.Count; j++)
                {
                    Assert.Equal(0, Enumerable.Range(0, rows).Sum(i => columns[j][i] * rest[i]), 1e-12);   // what makes it the smallest
                }
                for (int i = 0; i < rows; i++)
                {
                    Assert.Equal(b[i], rest[i] + Enumerable.Range(0, columns.Count).Sum(j => weights[j] * columns[j][i]), 1e-11);
                }
            }
        }
    }

    [Fact]
    public void A_column_that_depends_on_older_ones_takes_their_place()
    {
        var qr = new UpdatedQr(4, 3);
        Assert.Equal(0, qr.Append([1, 0, 0, 0]));
        Assert.Equal(0, qr.Append([0, 1, 0, 0]));
        Assert.Equal(1, qr.Append([0.6, 0.8, 0, 0]));
        Assert.Equal(2, qr.Columns);
        Assert.Equal(2, qr.Append([0.6, 0.8, 0, 0]));
        Assert.Equal(1, qr.Columns);
    }

    [Fact]
    public void Sums_of_vectors_are_those_of_plain_loops()
    {
        var random = new RandomStream(3);
        for (int n = 0; n < 40; n++)
        {
            double[] left = FixedPoints.Noise(ref random, n), right = FixedPoints.Noise(ref random, n), sum = (double[])right.Clone();
            Assert.Equal(Enumerable.Range(0, n).Sum(i => left[i] * right[i]), DenseVectors.Dot(left, right), 1e-14);
            DenseVectors.Add(2.5, left, sum);
            Assert.Equal(Enumerable.Range(0, n).Select(i => right[i] + 2.5 * left[i]), sum);
        }
        Assert.Equal(5e200, DenseVectors.Norm([3e200, 4e200]), 1e187);
        Assert.Equal(5e-200, DenseVectors.Norm([3e-200, 4e-200]), 1e-213);
        Assert.Equal(0, DenseVectors.Norm([0, 0]));
    }

    [Fact]
    public void Chance_is_seldom_called_a_trend()
    {
        var random = new RandomStream(4);
        foreach (int length in new[] { 2, 3, 5, 8, 20, 100, 1000 })
        {
            int falling = 0, rising = 0;
            const int trials = 150;
            for (int trial = 0; trial < trials; trial++)
            {
                double[] values = Enumerable.Range(0, length).Select(_ => Math.Exp(4 * random.NextDouble())).ToArray();
                ResidualTrend trend = ResidualTrend.Of(values);
                falling += trend.IsFalling ? 1 : 0;
                rising += trend.IsRising ? 1 : 0;
            }
            if (length >= 5)
            {
                Assert.InRange(falling, 0, trials / 50);
                Assert.InRange(rising, 0, trials / 50);
            }
            double[] steady = Enumerable.Range(0, length).Select(i => Math.Exp(-0.5 * i)).ToArray();
            Assert.True(ResidualTrend.Of(steady).IsFalling);
            Array.Reverse(steady);
            Assert.True(ResidualTrend.Of(steady).IsRising);
            Assert.False(ResidualTrend.Of(new double[length]).IsFalling);
        }
        Assert.False(ResidualTrend.Of([]).IsFalling);
        Assert.False(ResidualTrend.Of([1]).IsRising);
    }
}
