using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Optimization.Functions;

namespace RanCognition.Tests.Optimization;

public sealed class BbobFunctionTests
{
    /// <summary>The table is by a second, plain implementation of the published definitions, which agrees with the values of their reference programs.</summary>
    [Fact]
    public void Values_agree_with_a_plain_implementation_to_twelve_digits_within_and_outside_of_the_bounds()
    {
        int rows = 0;
        foreach (string line in File.ReadLines(TestPaths.Data("optimization/bbob_values.csv")).Skip(1))
        {
            double[] row = [.. line.Split(',').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            var function = new BbobFunction(new FunctionSpec((int)row[0], (int)row[1], (int)row[2]));
            double[] zero = new double[function.Dimension], inside = new double[function.Dimension], outside = new double[function.Dimension];
            for (int i = 0; i < function.Dimension; i++)
            {
                inside[i] = 0.1 * ((7 * i) % 11) - 0.5;
                outside[i] = 0.7 * ((5 * i) % 17) - 5.6;
            }
            double[] values = [function.FOpt, function.Value(zero), function.Value(inside), function.Value(outside)];
            for (int k = 0; k < values.Length; k++)
            {
                double error = Math.Abs(values[k] - row[3 + k]) / Math.Abs(row[3 + k]);
                Assert.True(error <= 1e-12, $"f{row[0]}, dimension {row[1]}, instance {row[2]}, number {k}: {values[k]:R} is {error} off {row[3 + k]:R}");
            }
            rows++;
        }
        Assert.Equal(24 * 16, rows);
    }

    /// <summary>Least values of the first instances, which the literature has.</summary>
    [Theory]
    [InlineData(1, 79.48)]
    [InlineData(8, 149.15)]
    [InlineData(10, -54.94)]
    [InlineData(15, 1000)]
    [InlineData(20, -546.5)]
    [InlineData(24, 102.61)]
    public void The_least_value_of_the_first_instance_is_the_published_one(int id, double least)
    {
        Assert.Equal(least, new BbobFunction(new FunctionSpec(id, 10, 1)).FOpt, 10);
    }

    [Fact]
    public void The_least_value_is_reached_at_the_optimum_and_nowhere_undercut()
    {
        var random = new RandomStream(17);
        for (int id = 1; id <= BbobFunction.IdMax; id++)
        {
            foreach (int dimension in (int[])[2, 5, 20, 40])
            {
                int instance = 1 + dimension * id;
                var function = new BbobFunction(new FunctionSpec(id, dimension, instance));
                double[] optimum = Optimum(id, dimension, instance);
                Assert.InRange(function.Value(optimum), function.FOpt - 1e-12, function.FOpt + 1e-10);
                for (int trial = 0; trial < 50; trial++)
                {
                    double reach = trial % 2 == 0 ? 5 : 1e-3, middle = trial % 2;
                    double[] x = [.. optimum.Select(value => Math.Clamp(middle * value + reach * (2 * random.NextDouble() - 1), -5, 5))];
                    Assert.True(function.Value(x) >= function.FOpt, $"f{id} in {dimension} dimensions");
                }
            }
        }
    }

    [Fact]
    public void The_first_five_functions_are_sums_over_the_coordinates()
    {
        var random = new RandomStream(5);
        for (int id = 1; id <= 5; id++)
        {
            var function = new BbobFunction(new FunctionSpec(id, 7, 3));
            for (int trial = 0; trial < 20; trial++)
            {
                double[] x = [.. Enumerable.Range(0, 7).Select(_ => 10 * random.NextDouble() - 5)];
                double[] one = [.. x], other = [.. x], both = [.. x];
                one[2] = both[2] = 10 * random.NextDouble() - 5;
                other[5] = both[5] = 10 * random.NextDouble() - 5;
                double size = Math.Max(function.Value(both), function.Value(x));
                Assert.Equal(0, (function.Value(both) - function.Value(one) - function.Value(other) + function.Value(x)) / size, 12);
            }
        }
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_not_answered_with_finite_ones()
    {
        for (int id = 1; id <= BbobFunction.IdMax; id++)
        {
            var function = new BbobFunction(new FunctionSpec(id, 5, 1));
            Assert.True(double.IsNaN(function.Value([0, 1, double.NaN, 0, 0])), $"f{id}");
        }
    }

    [Fact]
    public void Threads_that_share_a_function_get_the_same_bits_as_one_alone()
    {
        for (int id = 1; id <= BbobFunction.IdMax; id++)
        {
            var function = new BbobFunction(new FunctionSpec(id, 10, 2));
            var random = new RandomStream((ulong)id);
            double[][] points = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 10).Select(_ => 12 * random.NextDouble() - 6).ToArray())];
            double[] alone = [.. points.Select(x => function.Value(x))];
            var together = new double[points.Length];
            Parallel.For(0, points.Length, row => Assert.True(function.Evaluate(points[row], together.AsSpan(row, 1), [])));
            Assert.Equal(alone, together);
        }
        Assert.True(new BbobFunction(new FunctionSpec(1, 2, 1)).IsThreadSafe);
    }

    [Theory]
    [InlineData(0, 5, 1, "problem/function/id: 1 to 24 are allowed, not 0")]
    [InlineData(25, 5, 1, "problem/function/id: 1 to 24 are allowed, not 25")]
    [InlineData(-1, 0, 0, "problem/function/id: 1 to 24 are allowed, not -1")]
    [InlineData(3, 1, 1, "problem/function/dimension: 2 to 40 are allowed, not 1")]
    [InlineData(3, 41, 1, "problem/function/dimension: 2 to 40 are allowed, not 41")]
    [InlineData(3, 5, 0, "problem/function/instance: 1 to 200000 are allowed, not 0")]
    [InlineData(3, 5, int.MaxValue, "problem/function/instance: 1 to 200000 are allowed, not 2147483647")]
    public void What_is_not_defined_is_refused_with_what_is(int id, int dimension, int instance, string message)
    {
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => new BbobFunction(new FunctionSpec(id, dimension, instance))).Message);
    }

    [Fact]
    public void The_last_instance_is_as_sound_as_the_first()
    {
        for (int id = 1; id <= BbobFunction.IdMax; id++)
        {
            var function = new BbobFunction(new FunctionSpec(id, 3, BbobFunction.InstanceMax));
            Assert.InRange(function.FOpt, -1000, 1000);
            Assert.InRange(function.Value(Optimum(id, 3, BbobFunction.InstanceMax)) - function.FOpt, -1e-12, 1e-10);
        }
    }

    /// <summary>Where the least value is, out of the definitions.</summary>
    private static double[] Optimum(int id, int dimension, int instance)
    {
        long seed = 10000L * instance + (id == 4 ? 3 : id == 18 ? 17 : id);
        double[] place = BbobRandom.Place(dimension, id == 12 ? seed + 1000000 : seed);
        switch (id)
        {
            case 4:
                return [.. place.Select((value, i) => i % 2 == 0 ? Math.Abs(value) : value)];
            case 5:
                return [.. place.Select(value => value < 0 ? -5.0 : 5)];
            case 8:
                return [.. place.Select(value => 0.75 * value)];
            case 9 or 19:
                SquareMatrix rotation = BbobRandom.Rotation(dimension, seed);
                double scale = 2 * Math.Max(1, Math.Sqrt(dimension) / 8);
                return [.. Enumerable.Range(0, dimension).Select(j => rotation.Column(j).ToArray().Sum() / scale)];
            case 20:
                return [.. BbobRandom.Uniform(dimension, seed).Select(value => (value < 0.5 ? -0.5 : 0.5) * 4.2096874637)];
            case 21 or 22:
                double width = id == 21 ? 10 : 9.8;
                return [.. BbobRandom.Uniform(dimension, seed).Select(value => 0.8 * (width * value - width / 2))];
            case 24:
                return [.. BbobRandom.Normal(dimension, seed).Select(value => value < 0 ? -1.25 : 1.25)];
            default:
                return place;
        }
    }
}
