using RanCognition.Cognition.Integration;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

public sealed class PartitionSearchTests
{
    [Theory]
    [InlineData(0.5, 0.0, 0.0, 0.5, 0.0)]
    [InlineData(0.6, 0.3, 0.0, 0.4, 0.0)]
    [InlineData(0.2, 0.5, -0.5, 0.2, 0.0)]
    [InlineData(0.0, 0.9, 0.9, 0.0, 0.4)]
    [InlineData(0.3, 0.0, 0.0, -0.7, 0.8)]
    public void Two_autoregressive_processes_have_the_value_of_the_formula(double a, double b, double c, double d, double noise)
    {
        double[] now = Stationary([a, b, c, d], [1, noise, noise, 1], 2);
        double[] step = [a, b, c, d];
        int side = PartitionSearch.Find(Stacked(step, now, 2), 2, out double phi);

        // With X = A X' + E: phi = 1/2 ln(var(1 | own past) var(2 | own past) / det cov(E)).
        double lag11 = a * now[0] + b * now[2], lag22 = c * now[1] + d * now[3];
        double first = now[0] - lag11 * lag11 / now[0], second = now[3] - lag22 * lag22 / now[3];
        Assert.Equal(0.5 * Math.Log(first * second / (1 - noise * noise)), phi, 1e-10);
        Assert.Equal(1, side);
        Assert.Equal(b == 0 && c == 0 && noise == 0, phi < 1e-10);
    }

    [Fact]
    public void Every_split_is_looked_at()
    {
        RandomStream random = new(31);
        for (int round = 0; round < 40; round++)
        {
            int count = 2 + (int)(random.NextBits() % 5);
            double[] covariance = RandomCovariance(2 * count, ref random);
            int side = PartitionSearch.Find(covariance, count, out double phi);
            (double least, double lost) = Naive(covariance, count);
            Assert.Equal(lost, phi, 1e-8);
            int size = int.PopCount(side);
            Assert.Equal(least, phi / Math.Min(size, count - size), 1e-8);
            Assert.True(phi >= 0);
        }
    }

    [Fact]
    public void Blocks_that_do_not_touch_are_the_partition_and_lose_nothing()
    {
        double[] step = new double[36], noise = new double[36];
        int[] block = [0, 1, 1, 0, 1, 0];
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
            {
                step[i * 6 + j] = block[i] == block[j] ? 0.25 : 0;
                noise[i * 6 + j] = i == j ? 1 : block[i] == block[j] ? 0.3 : 0;
            }
        }
        int side = PartitionSearch.Find(Stacked(step, Stationary(step, noise, 6), 6), 6, out double phi);
        Assert.Equal(0b101001, side);
        Assert.Equal(0, phi, 1e-12);
    }

    [Fact]
    public void Twelve_processes_are_searched_in_full()
    {
        RandomStream random = new(8);
        double[] covariance = RandomCovariance(24, ref random);
        int side = PartitionSearch.Find(covariance, 12, out double phi);
        double normalised = phi / Math.Min(int.PopCount(side), 12 - int.PopCount(side));
        for (int round = 0; round < 100; round++)
        {
            int other = 1 + (int)(random.NextBits() % 4094), size = int.PopCount(other);
            Assert.True(Lost(covariance, 12, other) / Math.Min(size, 12 - size) >= normalised - 1e-9);
        }
    }

    private static (double Normalised, double Lost) Naive(double[] covariance, int count)
    {
        (double Normalised, double Lost) best = (double.PositiveInfinity, 0);
        for (int side = 1; side < (1 << count) - 1; side++)
        {
            double lost = Lost(covariance, count, side);
            int size = int.PopCount(side);
            best = lost / Math.Min(size, count - size) < best.Normalised ? (lost / Math.Min(size, count - size), lost) : best;
        }
        return best;
    }

    /// <summary>By determinants of the parts, each by elimination.</summary>
    private static double Lost(double[] covariance, int count, int side)
    {
        int all = (1 << count) - 1;
        return Conditional(covariance, count, side) + Conditional(covariance, count, all ^ side) - Conditional(covariance, count, all);
    }

    private static double Conditional(double[] covariance, int count, int side)
    {
        List<int> past = [], both = [];
        for (int i = 0; i < count; i++)
        {
            if ((side >> i & 1) != 0)
            {
                past.Add(i);
                both.AddRange([i, count + i]);
            }
        }
        return 0.5 * Math.Log(Determinant(covariance, 2 * count, both) / Determinant(covariance, 2 * count, past));
    }

    private static double Determinant(double[] matrix, int order, List<int> rows)
    {
        int n = rows.Count;
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i, j] = matrix[rows[i] * order + rows[j]];
            }
        }
        double determinant = 1;
        for (int k = 0; k < n; k++)
        {
            determinant *= a[k, k];
            for (int i = k + 1; i < n; i++)
            {
                double share = a[i, k] / a[k, k];
                for (int j = k; j < n; j++)
                {
                    a[i, j] -= share * a[k, j];
                }
            }
        }
        return determinant;
    }

    private static double[] RandomCovariance(int order, ref RandomStream random)
    {
        double[] root = new double[order * order], covariance = new double[order * order];
        for (int i = 0; i < root.Length; i++)
        {
            root[i] = random.NextNormal();
        }
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                for (int k = 0; k < order; k++)
                {
                    covariance[i * order + j] += root[i * order + k] * root[j * order + k];
                }
                covariance[i * order + j] += i == j ? 0.5 : 0;
            }
        }
        return covariance;
    }

    /// <summary>S = A S A' + Q, by adding up A^k Q A'^k.</summary>
    private static double[] Stationary(double[] step, double[] noise, int n)
    {
        double[] sum = (double[])noise.Clone(), term = noise;
        for (int k = 0; k < 2000; k++)
        {
            term = Times(Times(step, term, n), Transposed(step, n), n);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += term[i];
            }
        }
        return sum;
    }

    private static double[] Stacked(double[] step, double[] now, int n)
    {
        double[] lagged = Times(step, now, n), stacked = new double[4 * n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                stacked[i * 2 * n + j] = stacked[(n + i) * 2 * n + n + j] = now[i * n + j];
                stacked[(n + i) * 2 * n + j] = stacked[j * 2 * n + n + i] = lagged[i * n + j];
            }
        }
        return stacked;
    }

    private static double[] Times(double[] a, double[] b, int n)
    {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    product[i * n + j] += a[i * n + k] * b[k * n + j];
                }
            }
        }
        return product;
    }

    private static double[] Transposed(double[] a, int n)
    {
        double[] transposed = new double[n * n];
        for (int i = 0; i < n * n; i++)
        {
            transposed[i] = a[i % n * n + i / n];
        }
        return transposed;
    }
}
