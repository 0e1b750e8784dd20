using System.Numerics;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.FixedPoints;
using RanCognition.StrangeLoop.Maps;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>F(x) = A x + b: values, slopes, proofs.</summary>
public sealed class LinearMapTests
{
    [Fact]
    public void Values_and_slopes_are_those_of_the_formula()
    {
        var random = new RandomStream(1);
        for (int n = 1; n <= 23; n++)
        {
            double[][] matrix = RandomMatrix(ref random, n, 2);
            double[] offset = RandomVector(ref random, n), x = RandomVector(ref random, n), image = new double[n], again = new double[n], slopes = new double[n * n];
            IProvenMap map = Compile(matrix, n % 3 == 0 ? null : offset);
            Assert.Equal(n, map.Dimension);
            Assert.True(map.HasSlopes);
            map.Apply(x, image);
            map.ApplyWithSlopes(x, again, slopes);
            Assert.Equal(image, again);
            for (int i = 0; i < n; i++)
            {
                double expected = n % 3 == 0 ? 0 : offset[i];
                for (int j = 0; j < n; j++)
                {
                    expected += matrix[i][j] * x[j];
                    Assert.Equal(matrix[i][j], slopes[i * n + j]);
                }
                Assert.Equal(expected, image[i], 1e-13);
            }
        }
    }

    [Fact]
    public void No_error_is_above_its_bound_and_no_bound_far_above_the_error()
    {
        var random = new RandomStream(2);
        int given = 0;
        for (int round = 0; round < 800; round++)
        {
            int n = 1 + (int)(random.NextDouble() * (round % 50 == 0 ? 60 : 12));
            (double[][] matrix, double[] offset, double[] solution) = ExactSystem(ref random, n);
            IProvenMap map = Compile(matrix, offset);
            double[] x = (double[])solution.Clone(), image = new double[n];
            double distance = Math.Pow(10, -16 + 18 * random.NextDouble()), error = 0;
            for (int i = 0; i < n; i++)
            {
                x[i] += distance * (random.NextDouble() - 0.5);
                error = Math.Max(error, Math.Abs(x[i] - solution[i]));
            }
            map.Apply(x, image);
            if (map.ErrorBound(x, image) is not { } bound)
            {
                continue;   // almost singular
            }
            given++;
            Assert.Null(map.Infeasibility);
            Assert.True(bound >= error, $"round {round}: error {error:R}, bound {bound:R}");
            Assert.True(bound <= 1.001 * error + 1e-7, $"round {round}: error {error:R}, bound {bound:R}");
        }
        Assert.True(given > 740, $"{given} bounds");
    }

    [Fact]
    public void Large_contractions_have_a_bound_without_an_inverse()
    {
        var random = new RandomStream(3);
        int n = 301;
        double[][] matrix = new double[n][];
        double[] offset = new double[n], solution = new double[n], x = new double[n], image = new double[n];
        for (int i = 0; i < n; i++)
        {
            solution[i] = (int)(20 * random.NextDouble());
            matrix[i] = new double[n];
            for (int k = 0; k < 50; k++)
            {
                matrix[i][(int)(n * random.NextDouble())] = ((int)(random.NextDouble() * 3) - 1) / 64.0;
            }
        }
        double error = 0;
        for (int i = 0; i < n; i++)
        {
            offset[i] = solution[i];
            for (int j = 0; j < n; j++)
            {
                offset[i] -= matrix[i][j] * solution[j];
            }
            x[i] = solution[i] + 1e-6 * random.NextDouble();
            error = Math.Max(error, Math.Abs(x[i] - solution[i]));
        }
        IProvenMap map = Compile(matrix, offset);
        map.Apply(x, image);
        double bound = map.ErrorBound(x, image)!.Value;
        Assert.InRange(bound, error, 10 * error);
    }

    [Theory]
    [InlineData(new double[] { 1 }, new double[] { 1 }, true)]   // x + 1
    [InlineData(new double[] { 1 }, new double[] { 0 }, false)]
    [InlineData(new double[] { 1, 0, 0, 1 }, new double[] { 1, -1 }, true)]
    [InlineData(new double[] { 1, 0, 0, 0.5 }, new double[] { 0, 1 }, false)]
    [InlineData(new double[] { 1, 0, 0, 0.5 }, new double[] { 1e-9, 1 }, true)]
    [InlineData(new double[] { 0.5, 0.5, 0.5, 0.5 }, new double[] { 1, 1 }, true)]
    [InlineData(new double[] { 0.5, 0.5, 0.5, 0.5 }, new double[] { 1, -1 }, false)]
    [InlineData(new double[] { 0.1, 0.9, 0.2, 0.8 }, new double[] { 1, 1 }, true)]   // sums of rows are 1 as decimals only
    [InlineData(new double[] { 0.1, 0.9, 0.2, 0.8 }, new double[] { 0.9, -0.2 }, false)]
    [InlineData(new double[] { 0, 1, 1, 0 }, new double[] { 1, 0 }, true)]   // a swap
    [InlineData(new double[] { 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0 }, new double[] { 1, 2, 3 }, true)]
    [InlineData(new double[] { 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0 }, new double[] { 1, 2, -3 }, false)]
    [InlineData(new double[] { 0, 1, 0, 0, 0, 1, 1, 0, 0 }, new double[] { 0, 0, 1e-3 }, true)]   // a cycle of three
    [InlineData(new double[] { 1e12, 0, 0, 1 }, new double[] { 5, 5 }, true)]
    public void Singular_systems_have_none_or_more_than_one(double[] values, double[] offset, bool isInfeasible)
    {
        int n = offset.Length;
        IProvenMap map = Compile(Rows(values, n), offset);
        if (isInfeasible)
        {
            Assert.StartsWith("no fixed point: 1 is an eigenvalue of the matrix", map.Infeasibility, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(map.Infeasibility);
            Assert.StartsWith("if there is one fixed point there are others", map.Remark, StringComparison.Ordinal);
        }
        Assert.Null(map.ErrorBound(new double[n], offset));
    }

    [Theory]
    [InlineData(new double[] { 0.999999999999 }, new double[] { 1 })]
    [InlineData(new double[] { 0.9999999999999999 }, new double[] { 1 })]   // the number before 1: its fixed point is 2^53
    [InlineData(new double[] { 1.0000000000000002 }, new double[] { 1 })]
    [InlineData(new double[] { -1 }, new double[] { 1 })]
    [InlineData(new double[] { 0, -1, 1, 0 }, new double[] { 1, 1 })]   // a quarter turn
    [InlineData(new double[] { 3, 0, 0, 1e300 }, new double[] { 1, 1 })]
    [InlineData(new double[] { 1e308, 1e308, -1e308, 1e308 }, new double[] { 1, 1 })]
    [InlineData(new double[] { 1e308, 1e308, 1e308, 1e308 }, new double[] { 1, 2 })]   // may be singular: sums of such numbers tell nothing
    [InlineData(new double[] { 1 - 1e-12, 5, 0, 1e20 }, new double[] { 1, 1 })]
    public void Regular_systems_are_not_called_singular(double[] values, double[] offset)
    {
        IProvenMap map = Compile(Rows(values, offset.Length), offset);
        Assert.Null(map.Infeasibility);
        Assert.Null(map.Remark);
    }

    [Fact]
    public void Verdicts_are_those_of_exact_elimination()
    {
        var random = new RandomStream(4);
        int none = 0, many = 0, one = 0;
        for (int round = 0; round < 1000; round++)
        {
            int n = 2 + (int)(random.NextDouble() * 10), rank = n - (int)(random.NextDouble() * 3);
            // I - A of whole numbers: a product through fewer dimensions.
            int[,] shifted = new int[n, n];
            for (int k = 0; k < rank; k++)
            {
                int[] column = RandomIntegers(ref random, n), row = RandomIntegers(ref random, n);
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        shifted[i, j] += column[i] * row[j];
                    }
                }
            }
            int[] offset = RandomIntegers(ref random, n);
            if (round % 2 == 0)   // in the range
            {
                int[] solution = RandomIntegers(ref random, n);
                for (int i = 0; i < n; i++)
                {
                    offset[i] = Enumerable.Range(0, n).Sum(j => shifted[i, j] * solution[j]);
                }
            }
            (bool isRegular, bool isConsistent) = ExactVerdict(shifted, offset);
            double[][] matrix = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => (double)((i == j ? 1 : 0) - shifted[i, j])).ToArray()).ToArray();
            IProvenMap map = Compile(matrix, offset.Select(value => (double)value).ToArray());
            Assert.True(isConsistent == map.Infeasibility is null, $"round {round}: {map.Infeasibility}");
            Assert.True((isConsistent && !isRegular) == map.Remark is not null, $"round {round}: {map.Remark}");
            none += isConsistent ? 0 : 1;
            many += isConsistent && !isRegular ? 1 : 0;
            one += isRegular ? 1 : 0;
        }
        Assert.True(none > 150 && many > 150 && one > 150, $"{none} none, {many} many, {one} one");
    }

    [Fact]
    public void An_eigenvalue_of_1_is_found_behind_a_turn_of_the_axes_and_one_close_to_it_is_not_taken_for_it()
    {
        var random = new RandomStream(5);
        for (int round = 0; round < 200; round++)
        {
            int n = 2 + (int)(random.NextDouble() * 20);
            double[][] axes = Orthonormal(ref random, n);
            double away = round % 2 == 0 ? 0 : (round % 4 == 1 ? 1 : -1) * 1e-11;
            double[][] matrix = new double[n][];
            double[] values = RandomVector(ref random, n), offset = RandomVector(ref random, n);
            values[0] = 1 - away;
            for (int i = 0; i < n; i++)
            {
                matrix[i] = new double[n];
                for (int j = 0; j < n; j++)
                {
                    for (int k = 0; k < n; k++)
                    {
                        matrix[i][j] += axes[k][i] * values[k] * axes[k][j];
                    }
                }
            }
            IProvenMap map = Compile(matrix, offset);
            Assert.True(away == 0 == map.Infeasibility is not null, $"round {round}: {map.Infeasibility}");
            Assert.Null(map.Remark);
        }
    }

    [Fact]
    public void What_cannot_be_used_is_named()
    {
        Assert.Equal("request/map/matrix: has no rows", Refusal([], null));
        Assert.Equal("request/map/matrix/1: has 1 numbers, must have as many as there are rows, 2", Refusal([[1, 2], [3]], null));
        Assert.Equal("request/map/matrix/0/1: is not a finite number", Refusal([[1, double.NaN], [3, 4]], null));
        Assert.Equal("request/map/offset: has 1 numbers, must have as many as there are rows of the matrix, 2", Refusal([[1, 2], [3, 4]], [1]));
        Assert.Equal("request/map/offset/1: is not a finite number", Refusal([[1, 2], [3, 4]], [1, double.PositiveInfinity]));
        Assert.Throws<LimitExceededException>(() => Compile(Enumerable.Range(0, StrangeLoopLimits.DimensionMax + 1).Select(_ => Array.Empty<double>()).ToArray(), null));
    }

    private static string Refusal(double[][] matrix, double[]? offset) => Assert.Throws<InvalidInputException>(() => Compile(matrix, offset)).Message;

    private static IProvenMap Compile(double[][] matrix, double[]? offset) => (IProvenMap)MapCompiler.Compile(new FixedPointMapSpec.Linear(matrix, offset), "request");

    private static double[][] Rows(double[] values, int n) => Enumerable.Range(0, n).Select(i => values[(i * n)..(i * n + n)]).ToArray();

    private static double[] RandomVector(ref RandomStream random, int n)
    {
        double[] vector = new double[n];
        for (int i = 0; i < n; i++)
        {
            vector[i] = 2 * random.NextDouble() - 1;
        }
        return vector;
    }

    private static int[] RandomIntegers(ref RandomStream random, int n)
    {
        int[] vector = new int[n];
        for (int i = 0; i < n; i++)
        {
            vector[i] = (int)(random.NextDouble() * 9) - 4;
        }
        return vector;
    }

    private static double[][] RandomMatrix(ref RandomStream random, int n, double size)
    {
        double[][] matrix = new double[n][];
        for (int i = 0; i < n; i++)
        {
            matrix[i] = RandomVector(ref random, n);
            for (int j = 0; j < n; j++)
            {
                matrix[i][j] *= size;
            }
        }
        return matrix;
    }

    private static double[][] Orthonormal(ref RandomStream random, int n)
    {
        double[][] axes = RandomMatrix(ref random, n, 1);
        for (int i = 0; i < n; i++)
        {
            for (int round = 0; round < 2; round++)
            {
                for (int k = 0; k < i; k++)
                {
                    double product = 0;
                    for (int j = 0; j < n; j++)
                    {
                        product += axes[i][j] * axes[k][j];
                    }
                    for (int j = 0; j < n; j++)
                    {
                        axes[i][j] -= product * axes[k][j];
                    }
                }
                double length = Math.Sqrt(axes[i].Sum(value => value * value));
                axes[i] = axes[i].Select(value => value / length).ToArray();
            }
        }
        return axes;
    }

    /// <summary>A system whose numbers are multiples of 1/64, so that the fixed point is known exactly.</summary>
    private static (double[][] Matrix, double[] Offset, double[] Solution) ExactSystem(ref RandomStream random, int n)
    {
        double[][] matrix = new double[n][];
        double[] offset = new double[n], solution = new double[n];
        double size = 200 * random.NextDouble();
        for (int i = 0; i < n; i++)
        {
            solution[i] = (int)(100 * random.NextDouble()) - 50;
        }
        for (int i = 0; i < n; i++)
        {
            matrix[i] = new double[n];
            offset[i] = solution[i];
            for (int j = 0; j < n; j++)
            {
                matrix[i][j] = Math.Round(size * (random.NextDouble() - 0.5)) / 64;
                offset[i] -= matrix[i][j] * solution[j];
            }
        }
        return (matrix, offset, solution);
    }

    /// <summary>Elimination in whole numbers (Bareiss).</summary>
    private static (bool IsRegular, bool IsConsistent) ExactVerdict(int[,] matrix, int[] offset)
    {
        int n = offset.Length;
        var rows = new BigInteger[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                rows[i, j] = matrix[i, j];
            }
            rows[i, n] = offset[i];
        }
        int rank = 0;
        for (int column = 0; column < n; column++)
        {
            int pivot = rank;
            while (pivot < n && rows[pivot, column].IsZero)
            {
                pivot++;
            }
            if (pivot == n)
            {
                continue;
            }
            for (int j = 0; j <= n; j++)
            {
                (rows[rank, j], rows[pivot, j]) = (rows[pivot, j], rows[rank, j]);
            }
            for (int i = rank + 1; i < n; i++)
            {
                BigInteger factor = rows[i, column];
                for (int j = 0; j <= n; j++)
                {
                    rows[i, j] = rows[i, j] * rows[rank, column] - rows[rank, j] * factor;
                }
            }
            rank++;
        }
        bool isConsistent = true;
        for (int i = rank; i < n; i++)
        {
            isConsistent &= rows[i, n].IsZero;
        }
        return (rank == n, isConsistent);
    }
}
