using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

public sealed class EigenvaluesTests
{
    [Fact]
    public void One_number_is_its_own_eigenvalue()
    {
        (double[] real, double[] imaginary) = Solve([-3.5], 1);
        Assert.Equal([-3.5], real);
        Assert.Equal([0.0], imaginary);
        Assert.True(Eigenvalues.Of([], 0, [], []));
    }

    [Fact]
    public void Two_rows_have_the_roots_of_their_quadratic()
    {
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            double scale = Math.Pow(10, random.Next(-150, 150));
            double a = Draw(random), b = Draw(random), c = Draw(random), d = Draw(random);
            (double[] real, double[] imaginary) = Solve([a * scale, b * scale, c * scale, d * scale], 2);
            double half = (a - d) / 2, square = half * half + b * c, size = Math.Abs(a) + Math.Abs(b) + Math.Abs(c) + Math.Abs(d);
            (double high, double low, double wide) = square >= 0
                ? ((a + d) / 2 + Math.Sqrt(square), (a + d) / 2 - Math.Sqrt(square), 0)
                : ((a + d) / 2, (a + d) / 2, Math.Sqrt(-square));
            // An eigenvalue of a nearly defective pair is known to the root of the rounding only.
            double allowed = 1e-7 * size + 1e-30;
            Assert.InRange(Math.Max(real[0], real[1]) / scale, high - allowed, high + allowed);
            Assert.InRange(Math.Min(real[0], real[1]) / scale, low - allowed, low + allowed);
            Assert.InRange(imaginary.Max() / scale, wide - allowed, wide + allowed);
            Assert.Equal(0, imaginary[0] + imaginary[1]);
            // Trace and determinant are known well, whatever the pair.
            Assert.InRange((real[0] + real[1]) / scale, a + d - 1e-14 * size, a + d + 1e-14 * size);
            double product = (real[0] / scale) * (real[1] / scale) + (imaginary[0] / scale) * (imaginary[0] / scale);
            Assert.InRange(product, a * d - b * c - 1e-14 * size * size, a * d - b * c + 1e-14 * size * size);
        }

        static double Draw(Random random) => random.Next(5) == 0 ? random.Next(-2, 3) : random.NextDouble() * 4 - 2;
    }

    [Fact]
    public void Companion_matrices_have_the_roots_of_their_polynomials()
    {
        // x^n = 1: the roots of unity.
        foreach (int n in (int[])[2, 3, 4, 5, 8, 16, 31, 64])
        {
            double[] matrix = new double[n * n];
            matrix[n - 1] = 1;
            for (int i = 1; i < n; i++)
            {
                matrix[i * n + i - 1] = 1;
            }
            var expected = Enumerable.Range(0, n).Select(k => (Math.Cos(2 * Math.PI * k / n), Math.Sin(2 * Math.PI * k / n))).ToArray();
            AssertSame(expected, Solve(matrix, n), 1e-12);
        }
        // (x - 1)(x - 2)..(x - 10) = Wilkinson's polynomial, small enough for its condition.
        double[] coefficients = [1];
        for (int root = 1; root <= 10; root++)
        {
            double[] longer = new double[coefficients.Length + 1];
            for (int i = 0; i < coefficients.Length; i++)
            {
                longer[i + 1] += coefficients[i];
                longer[i] -= root * coefficients[i];
            }
            coefficients = longer;
        }
        double[] companion = new double[100];
        for (int i = 0; i < 10; i++)
        {
            companion[i * 10 + 9] = -coefficients[i];
            if (i > 0)
            {
                companion[i * 10 + i - 1] = 1;
            }
        }
        AssertSame(Enumerable.Range(1, 10).Select(root => ((double)root, 0.0)).ToArray(), Solve(companion, 10), 1e-6);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(200)]
    public void A_chosen_spectrum_is_found_again(int n)
    {
        // Orthogonal similarity of a normal matrix: the eigenvalues are as well conditioned as they can be.
        var random = new Random(n);
        double[] matrix = new double[n * n];
        var expected = new List<(double, double)>();
        for (int i = 0; i < n;)
        {
            double real = random.NextDouble() * 4 - 2, wide = random.NextDouble() * 2;
            if (i + 1 < n && random.Next(2) == 0)
            {
                matrix[i * n + i] = matrix[(i + 1) * n + i + 1] = real;
                matrix[i * n + i + 1] = wide;
                matrix[(i + 1) * n + i] = -wide;
                expected.Add((real, wide));
                expected.Add((real, -wide));
                i += 2;
            }
            else
            {
                matrix[i * n + i] = real;
                expected.Add((real, 0));
                i++;
            }
        }
        for (int round = 0; round < 3; round++)
        {
            Reflect(matrix, n, random);
        }
        AssertSame([.. expected], Solve(matrix, n), 1e-11);
    }

    [Fact]
    public void What_never_feeds_back_has_exact_eigenvalues()
    {
        // Strictly triangular after a permutation: every eigenvalue is 0, though the matrix is far from normal.
        var random = new Random(5);
        foreach (int n in (int[])[2, 7, 40, 200])
        {
            int[] order = Enumerable.Range(0, n).ToArray();
            random.Shuffle(order);
            double[] matrix = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    matrix[order[i] * n + order[j]] = random.NextDouble() * 1e3;
                }
            }
            (double[] real, double[] imaginary) = Solve(matrix, n);
            Assert.All(real, value => Assert.Equal(0, value));
            Assert.All(imaginary, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Blocks_that_depend_on_each_other_one_way_keep_their_own_eigenvalues()
    {
        // Two rotations, one of 1e-6, and a number; the rows shuffled; huge one-way couplings.
        double[] plain =
        [
            0, 1, 1e9, -7e9, 5e9,
            -1, 0, 3e9, 1e9, 2e9,
            0, 0, 0, 1e-6, 8e9,
            0, 0, -1e-6, 0, 6e9,
            0, 0, 0, 0, .25,
        ];
        int[] order = [3, 0, 4, 2, 1];
        double[] matrix = new double[25];
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                matrix[order[i] * 5 + order[j]] = plain[i * 5 + j];
            }
        }
        AssertSame([(0, 1), (0, -1), (0, 1e-6), (0, -1e-6), (.25, 0)], Solve(matrix, 5), 1e-14);
    }

    [Fact]
    public void Defective_matrices_are_answered_to_their_condition()
    {
        // A Jordan block of 4 in a dense disguise: eigenvalues move by the fourth root of the rounding.
        const int n = 4;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[i * n + i] = .5;
            if (i > 0)
            {
                matrix[(i - 1) * n + i] = 1;
            }
        }
        Reflect(matrix, n, new Random(2));
        AssertSame([(.5, 0), (.5, 0), (.5, 0), (.5, 0)], Solve(matrix, n), 2e-3);
    }

    [Fact]
    public void Zeros_and_diagonals_are_exact()
    {
        (double[] real, double[] imaginary) = Solve(new double[49], 7);
        Assert.All(real, value => Assert.Equal(0, value));
        Assert.All(imaginary, value => Assert.Equal(0, value));
        double[] diagonal = new double[49];
        for (int i = 0; i < 7; i++)
        {
            diagonal[i * 7 + i] = 1 / (i + 3.0);
        }
        (real, _) = Solve(diagonal, 7);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => 1 / (i + 3.0)).Order(), real.Order());
    }

    [Fact]
    public void Sums_of_powers_are_the_traces_of_powers()
    {
        var random = new Random(9);
        for (int round = 0; round < 300; round++)
        {
            int n = random.Next(1, 30);
            double[] matrix = new double[n * n];
            for (int i = 0; i < matrix.Length; i++)
            {
                matrix[i] = random.Next(3) == 0 ? 0 : random.NextDouble() * 2 - 1;
            }
            (double[] real, double[] imaginary) = Solve(matrix, n);
            double[] power = [.. matrix];
            double norm = Math.Sqrt(matrix.Sum(value => value * value)) + 1e-300, size = norm;
            var each = real.Zip(imaginary, (a, b) => new System.Numerics.Complex(a, b)).ToArray();
            var raised = each.ToArray();
            for (int exponent = 1; exponent <= 4; exponent++)
            {
                double trace = Enumerable.Range(0, n).Sum(i => power[i * n + i]);
                System.Numerics.Complex sum = raised.Aggregate(System.Numerics.Complex.Zero, (a, b) => a + b);
                Assert.InRange(sum.Real - trace, -1e-12 * n * size, 1e-12 * n * size);
                Assert.InRange(sum.Imaginary, -1e-12 * n * size, 1e-12 * n * size);
                power = Multiply(power, matrix, n);
                size *= norm;
                for (int i = 0; i < n; i++)
                {
                    raised[i] *= each[i];
                }
            }
        }
    }

    [Fact]
    public void The_determinant_is_the_product()
    {
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            int n = random.Next(1, 12);
            double[] matrix = new double[n * n];
            for (int i = 0; i < matrix.Length; i++)
            {
                matrix[i] = random.Next(-9, 10);
            }
            (double[] real, double[] imaginary) = Solve(matrix, n);
            System.Numerics.Complex product = 1;
            for (int i = 0; i < n; i++)
            {
                product *= new System.Numerics.Complex(real[i], imaginary[i]);
            }
            double expected = (double)Determinant(matrix, n), bound = 1;
            for (int i = 0; i < n; i++)
            {
                bound *= 1 + Math.Sqrt(matrix.Skip(i * n).Take(n).Sum(value => value * value));   // Hadamard
            }
            Assert.InRange(product.Real - expected, -1e-11 * bound, 1e-11 * bound);
        }
    }

    [Fact]
    public void Matrices_that_stall_plain_steps_are_answered()
    {
        // Cyclic shifts are fixed by unshifted steps; signs and repeats make it harder.
        double[] signed =
        [
            0, 0, 0, -1,
            1, 0, 0, 0,
            0, 1, 0, 0,
            0, 0, 1, 0,
        ];
        double half = Math.Sqrt(.5);
        AssertSame([(half, half), (half, -half), (-half, half), (-half, -half)], Solve(signed, 4), 1e-14);
        foreach (double tiny in (double[])[1e-14, 1e-9, 1e-5, 1e-160])
        {
            double[] matrix =
            [
                0, 1, 0, 0,
                1, 0, -tiny, 0,
                0, tiny, 0, 1,
                0, 0, 1, 0,
            ];
            AssertSame([(1, 0), (1, 0), (-1, 0), (-1, 0)], Solve(matrix, 4), 1e-5);
        }
    }

    [Fact]
    public void Extreme_sizes_neither_overflow_nor_hang()
    {
        var random = new Random(13);
        for (int round = 0; round < 2000; round++)
        {
            int n = random.Next(2, 9);
            double[] matrix = new double[n * n];
            for (int i = 0; i < matrix.Length; i++)
            {
                matrix[i] = (random.NextDouble() * 2 - 1) * Math.Pow(10, random.Next(-300, 300));
            }
            double sum = matrix.Sum(Math.Abs);
            (double[] real, double[] imaginary) = Solve(matrix, n);
            for (int i = 0; i < n; i++)
            {
                Assert.True(Math.Abs(real[i]) <= sum * 1.001 && Math.Abs(imaginary[i]) <= sum * 1.001);
            }
        }
    }

    [Fact]
    public void What_is_not_finite_is_not_answered()
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            double[] real = new double[3], imaginary = new double[3];
            Assert.False(Eigenvalues.Of([1, 2, 3, 4, bad, 6, 7, 8, 9], 3, real, imaginary));
            Assert.All(real, value => Assert.True(double.IsNaN(value)));
            Assert.All(imaginary, value => Assert.True(double.IsNaN(value)));
        }
        Assert.Throws<ArgumentException>(() => Eigenvalues.Of(new double[3], 2, new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => Eigenvalues.Of(new double[4], 2, new double[1], new double[2]));
    }

    private static (double[] Real, double[] Imaginary) Solve(double[] matrix, int n)
    {
        double[] real = new double[n], imaginary = new double[n], again = new double[n];
        Assert.True(Eigenvalues.Of([.. matrix], n, real, imaginary));
        Assert.True(Eigenvalues.Of([.. matrix], n, again, new double[n]));
        Assert.Equal(real, again);
        return (real, imaginary);
    }

    /// <summary>Each expected value has its own found one nearby.</summary>
    private static void AssertSame((double Real, double Imaginary)[] expected, (double[] Real, double[] Imaginary) found, double allowed)
    {
        var left = found.Real.Zip(found.Imaginary, (real, imaginary) => (real, imaginary)).ToList();
        Assert.Equal(expected.Length, left.Count);
        foreach ((double real, double imaginary) in expected)
        {
            int nearest = Enumerable.Range(0, left.Count).MinBy(i => Distance(left[i]));
            Assert.True(Distance(left[nearest]) <= allowed, $"{real} + {imaginary} i is off by {Distance(left[nearest])}");
            left.RemoveAt(nearest);

            double Distance((double Real, double Imaginary) one) => double.Hypot(one.Real - real, one.Imaginary - imaginary);
        }
    }

    /// <summary>Q A Q with a random reflection Q.</summary>
    private static void Reflect(double[] matrix, int n, Random random)
    {
        double[] v = new double[n];
        for (int i = 0; i < n; i++)
        {
            v[i] = random.NextDouble() - .5;
        }
        double norm = Math.Sqrt(v.Sum(value => value * value));
        double[] q = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                q[i * n + j] = (i == j ? 1 : 0) - 2 * v[i] / norm * v[j] / norm;
            }
        }
        Multiply(Multiply(q, matrix, n), q, n).CopyTo(matrix, 0);
    }

    private static double[] Multiply(double[] left, double[] right, int n)
    {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                for (int j = 0; j < n; j++)
                {
                    product[i * n + j] += left[i * n + k] * right[k * n + j];
                }
            }
        }
        return product;
    }

    /// <summary>Of whole numbers, exact (Bareiss).</summary>
    private static System.Numerics.BigInteger Determinant(double[] matrix, int n)
    {
        var a = matrix.Select(value => new System.Numerics.BigInteger(value)).ToArray();
        System.Numerics.BigInteger previous = 1;
        int sign = 1;
        for (int k = 0; k < n - 1; k++)
        {
            int pivot = k;
            while (pivot < n && a[pivot * n + k].IsZero)
            {
                pivot++;
            }
            if (pivot == n)
            {
                return 0;
            }
            if (pivot != k)
            {
                sign = -sign;
                for (int j = 0; j < n; j++)
                {
                    (a[k * n + j], a[pivot * n + j]) = (a[pivot * n + j], a[k * n + j]);
                }
            }
            for (int i = k + 1; i < n; i++)
            {
                for (int j = k + 1; j < n; j++)
                {
                    a[i * n + j] = (a[i * n + j] * a[k * n + k] - a[i * n + k] * a[k * n + j]) / previous;
                }
            }
            previous = a[k * n + k];
        }
        return sign * a[n * n - 1];
    }
}
