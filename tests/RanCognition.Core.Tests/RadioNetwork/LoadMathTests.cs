using System.Runtime.Intrinsics;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>The arithmetic beneath the loads: logarithms, elimination, spectral radius, percentiles.</summary>
public sealed unsafe class LoadMathTests
{
    [Fact]
    public void Logarithms_agree_with_the_library_s()
    {
        var random = new RandomStream(3);
        for (int i = 0; i < 60_000; i++)
        {
            double value = Math.Pow(2, -300 + 600 * random.NextDouble()), near = 1 + (random.NextDouble() - 0.5) * Math.Pow(10, -12 * random.NextDouble());
            Near(Math.Log2(value), BinaryLogarithm.Of(Vector256.Create(value)).GetElement(1), 1e-15);
            Near(Math.Log2(near), BinaryLogarithm.Of(Vector256.Create(near)).ToScalar(), 1e-15);
        }
        Assert.Equal(0, BinaryLogarithm.Of(Vector256.Create(1.0)).ToScalar());
        Assert.Equal(10, BinaryLogarithm.Of(Vector256.Create(1024.0)).ToScalar());
    }

    [Fact]
    public void Logarithms_of_one_plus_little_keep_their_digits()
    {
        var random = new RandomStream(4);
        for (int i = 0; i < 40_000; i++)
        {
            double value = Math.Pow(10, -20 + 30 * random.NextDouble());
            // ln(1 + s) by the series where it is short, else by the library.
            double expected = value < 1e-4
                ? (value - value * value / 2 + value * value * value / 3 - value * value * value * value / 4) / Math.Log(2)
                : value < 0.3 ? 2 * Artanh(value / (2 + value)) / Math.Log(2) : Math.Log2(1 + value);
            Near(expected, BinaryLogarithm.OfOnePlus(Vector256.Create(value)).GetElement(3), 2e-15);
            Near(expected, BinaryLogarithm.OfOnePlus(Vector256.Create((float)value)).GetElement(7), 4e-7);
        }
        Assert.Equal(0, BinaryLogarithm.OfOnePlus(Vector256<double>.Zero).ToScalar());
        Assert.Equal(1e-290 / Math.Log(2), BinaryLogarithm.OfOnePlus(Vector256.Create(1e-290)).ToScalar(), 1e-300);
    }

    [Fact]
    public void Elimination_solves_inverts_and_tells_where_the_radius_is()
    {
        var random = new RandomStream(5);
        for (int n = 1; n <= 40; n++)
        {
            var matrix = new PaddedMatrix(n);
            double largestRow = 0;
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    sum += matrix[i, j] = random.NextDouble() < 0.3 ? 0 : random.NextDouble();
                }
                largestRow = Math.Max(largestRow, sum);
            }
            var factors = new ShiftedFactors(n);
            Assert.True(factors.Factorize(largestRow * 1.01 + 1e-9, matrix.Pointer));   // no radius is above the largest row sum
            double shift = largestRow * 1.01 + 1e-9;
            double[] wanted = Enumerable.Range(1, n).Select(i => i - 0.5).ToArray(), b = new double[n];
            for (int i = 0; i < n; i++)
            {
                b[i] = shift * wanted[i];
                for (int j = 0; j < n; j++)
                {
                    b[i] -= matrix[i, j] * wanted[j];
                }
            }
            fixed (double* p = b)
            {
                factors.Solve(p);
            }
            var inverse = new PaddedMatrix(n);
            factors.Invert(inverse.Pointer);
            for (int i = 0; i < n; i++)
            {
                Near(wanted[i], b[i], 1e-9);
                for (int j = 0; j < n; j++)
                {
                    Assert.True(inverse[i, j] >= 0);
                    double product = shift * inverse[i, j];
                    for (int k = 0; k < n; k++)
                    {
                        product -= matrix[i, k] * inverse[k, j];
                    }
                    Assert.Equal(i == j ? 1 : 0, product, 1e-9);
                }
            }
            double radius = new SpectralRadius(n).Of(matrix.Pointer);
            if (radius > 0)
            {
                Assert.False(factors.Factorize(radius * (1 - 1e-11), matrix.Pointer));
                Assert.True(factors.Factorize(radius * (1 + 1e-11), matrix.Pointer));
            }
            GC.KeepAlive(matrix);
            GC.KeepAlive(inverse);
        }
    }

    [Theory]
    [InlineData(new double[] { 2 }, 2)]
    [InlineData(new double[] { 0 }, 0)]
    [InlineData(new double[] { 0, 5, 0, 0 }, 0)]   // nothing feeds back
    [InlineData(new double[] { 0, 4, 9, 0 }, 6)]
    [InlineData(new double[] { 1, 0, 0, 2 }, 2)]
    [InlineData(new double[] { 1, 1, 0, 1 }, 1)]   // a Jordan block
    [InlineData(new double[] { 0, 1, 0, 0, 0, 1, 8, 0, 0 }, 2)]   // a cycle
    [InlineData(new double[] { 0, 1, 1e-9, 0, 0, 1, 0, 0, 0 }, 0)]
    [InlineData(new double[] { 0, 0, 7, 0, 0, 1e-8, 0, 1e-8, 0 }, 1e-8)]
    public void Radii_that_are_known_are_found(double[] values, double radius)
    {
        int n = (int)Math.Sqrt(values.Length);
        var matrix = new PaddedMatrix(n);
        for (int i = 0; i < values.Length; i++)
        {
            matrix[i / n, i % n] = values[i];
        }
        Near(radius, new SpectralRadius(n).Of(matrix.Pointer), 1e-7 * (values.Length == 4 && values[1] == 1 ? 1 : 1e-6));
        GC.KeepAlive(matrix);
    }

    [Fact]
    public void Percentiles_are_those_of_the_sorted_values()
    {
        var random = new RandomStream(6);
        for (int round = 0; round < 300; round++)
        {
            int count = 1 + (int)(random.NextDouble() * (round % 10 == 0 ? 3000 : 80));
            double[] values = new double[count], weights = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                values[i] = (round % 4) switch
                {
                    0 => random.NextDouble(),
                    1 => Math.Pow(10, -12 * random.NextDouble()),
                    2 => Math.Floor(5 * random.NextDouble()),
                    _ => random.NextDouble() < 0.9 ? 1 + 1e-13 * Math.Floor(100 * random.NextDouble()) : 1e9 * random.NextDouble(),
                };
                sum += weights[i] = round % 3 == 0 ? 1 : random.NextDouble() < 0.2 && i > 0 ? 0 : random.NextDouble();
            }
            for (int i = 0; i < count; i++)
            {
                weights[i] /= sum;
            }
            double[] shares = [0.05, 0.5, 0.95, 1], found = new double[4];
            fixed (double* p = values)
            {
                new WeightedPercentiles(count).Of(p, weights, shares, found);
            }
            int[] order = Enumerable.Range(0, count).OrderBy(i => values[i]).ToArray();
            for (int k = 0; k < shares.Length; k++)
            {
                double held = 0;
                double expected = order.Where(i => weights[i] > 0).Select(i => values[i]).Last();
                foreach (int i in order)
                {
                    held += weights[i];
                    if (held >= shares[k] - 1e-12 && weights[i] > 0)
                    {
                        expected = values[i];
                        break;
                    }
                }
                Assert.Equal(expected, found[k]);
            }
        }
    }

    private static double Artanh(double t)
    {
        double sum = 0, power = t;
        for (int k = 1; k < 60; k += 2, power *= t * t)
        {
            sum += power / k;
        }
        return sum;
    }

    private static void Near(double expected, double found, double tolerance) =>
        Assert.True(Math.Abs(expected - found) <= tolerance * Math.Abs(expected), $"expected {expected:R}, found {found:R}");

    private sealed class PaddedMatrix
    {
        private readonly ScratchBuffer _buffer = new();
        private readonly int _stride;

        public PaddedMatrix(int n)
        {
            _stride = ShiftedFactors.Stride(n);
            _buffer.Ensure(n * _stride);
        }

        public double* Pointer => _buffer.Pointer;

        public double this[int row, int column]
        {
            get => Pointer[row * _stride + column];
            set => Pointer[row * _stride + column] = value;
        }
    }
}
