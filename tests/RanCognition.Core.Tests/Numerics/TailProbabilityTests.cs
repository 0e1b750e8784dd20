using RanCognition.Numerics;

namespace RanCognition.Tests.Numerics;

public class TailProbabilityTests
{
    [Theory]
    [InlineData(161.4476, 1, 1, .05)]
    [InlineData(4.9646, 1, 10, .05)]
    [InlineData(3.3258, 5, 10, .05)]
    [InlineData(2.3479, 10, 20, .05)]
    [InlineData(1.8874, 24, 30, .05)]
    [InlineData(3.1504, 2, 60, .05)]
    [InlineData(5.6363, 5, 10, .01)]
    [InlineData(3.3682, 10, 20, .01)]
    [InlineData(6.8509, 1, 120, .01)]
    public void Fisher_gives_the_values_of_the_tables(double f, double upper, double lower, double probability) =>
        Assert.Equal(1, TailProbability.Fisher(f, upper, lower) / probability, 3);

    [Theory]
    [InlineData(2.228139, 10, .05)]
    [InlineData(3.169273, 10, .01)]
    [InlineData(4.032143, 5, .01)]
    [InlineData(2.042272, 30, .05)]
    [InlineData(12.706205, 1, .05)]
    [InlineData(1.959964, 1e9, .05)]
    public void Student_gives_the_values_of_the_tables(double t, double freedom, double probability) =>
        Assert.Equal(1, TailProbability.StudentTwoSided(t, freedom) / probability, 5);

    [Theory]
    [InlineData(1.2238, .10)]
    [InlineData(1.3581, .05)]
    [InlineData(1.6276, .01)]
    [InlineData(1.9495, .001)]
    public void Kolmogorov_gives_the_values_of_the_tables(double x, double probability) =>
        Assert.Equal(1, TailProbability.Kolmogorov(x) / probability, 3);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.959963984540054, .05)]
    [InlineData(2.575829303548901, .01)]
    [InlineData(5.730728868235, 1e-8)]
    [InlineData(7.130506848, 1e-12)]
    public void The_normal_tails_are_those_of_the_tables(double z, double probability) =>
        Assert.Equal(1, TailProbability.NormalTwoSided(z) / probability, 5);

    [Fact]
    public void Fisher_and_Student_equal_their_closed_forms_deep_into_the_tail()
    {
        foreach (double x in (double[])[1e-6, .01, .3, 1, 2.5, 10, 400, 1e5, 1e9])
        {
            AssertNear(x <= 1 ? 1 - 2 / Math.PI * Math.Atan(x) : 2 / Math.PI * Math.Atan(1 / x), TailProbability.StudentTwoSided(x, 1), 1e-11);
            AssertNear(x <= 1 ? 1 - x / Math.Sqrt(2 + x * x) : 2 / (x * x + 2 + x * Math.Sqrt(x * x + 2)), TailProbability.StudentTwoSided(x, 2), 1e-11);
            foreach (double freedom in (double[])[1, 2, 3, 7.5, 40, 300])
            {
                double expected = Math.Exp(-freedom / 2 * Math.Log(1 + 2 * x / freedom));
                if (expected > 1e-290)
                {
                    AssertNear(expected, TailProbability.Fisher(x, 2, freedom), 1e-10);
                }
                double share = freedom / 2 * Log1P(2 / (freedom * x));
                AssertNear(share < 1e-5 ? share - share * share / 2 : 1 - Math.Exp(-share), TailProbability.Fisher(x, freedom, 2), 1e-9);
            }
        }
    }

    [Fact]
    public void Fisher_equals_an_integral_of_its_density_down_to_very_small_probabilities()
    {
        double least = 1;
        foreach (double upper in (double[])[1, 2, 6, 23, 95, 335])
        {
            foreach (double lower in (double[])[3, 8, 40, 312, 1000])
            {
                foreach (double f in (double[])[.2, 1, 1.5, 3, 6, 12, 40])
                {
                    double found = TailProbability.Fisher(f, upper, lower), expected = FisherByIntegration(f, upper, lower);
                    if (expected > 1e-250)
                    {
                        AssertNear(expected, found, 1e-8);
                        least = Math.Min(least, expected);
                    }
                }
            }
        }
        Assert.True(least < 1e-100);
    }

    [Fact]
    public void Student_equals_an_integral_of_its_density_down_to_very_small_probabilities()
    {
        foreach (double freedom in (double[])[1, 3, 6, 19, 100, 700])
        {
            foreach (double t in (double[])[.1, 1, 3, 6, 8, 12])
            {
                AssertNear(FisherByIntegration(t * t, 1, freedom), TailProbability.StudentTwoSided(t, freedom), 1e-8);
            }
        }
    }

    [Fact]
    public void The_normal_tail_equals_an_integral_of_its_density()
    {
        for (double z = 0; z < 37; z += .37)
        {
            // From z on, with the density at z before the integral; past 12 / max(1, z) nothing is left.
            double rest = Simpson(s => Math.Exp(-z * s - s * s / 2), 0, 12 / Math.Max(1, z / 4));
            AssertNear(2 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * rest, TailProbability.NormalTwoSided(z), 1e-7);
            Assert.Equal(TailProbability.NormalTwoSided(z), TailProbability.NormalTwoSided(-z));
        }
    }

    [Fact]
    public void Kolmogorov_equals_its_other_series()
    {
        for (double x = .3; x < 2.5; x += .01)
        {
            double sum = 0;
            for (int k = 1; k < 40; k += 2)
            {
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            }
            Assert.Equal(1 - Math.Sqrt(2 * Math.PI) / x * sum, TailProbability.Kolmogorov(x), 12);
        }
        AssertNear(2 * Math.Exp(-2 * 25), TailProbability.Kolmogorov(5), 1e-12);
        Assert.Equal(1, TailProbability.Kolmogorov(0));
        Assert.True(TailProbability.Kolmogorov(.3) > 1 - 1e-4);
    }

    [Fact]
    public void Every_tail_is_a_probability_that_falls()
    {
        Random random = new(8);
        for (int i = 0; i < 2000; i++)
        {
            double upper = Math.Exp(random.NextDouble() * 8), lower = Math.Exp(random.NextDouble() * 8);
            double x = Math.Exp(20 * random.NextDouble() - 8), more = x * (1 + random.NextDouble());
            Assert.InRange(TailProbability.Fisher(x, upper, lower), 0, 1);
            Assert.True(TailProbability.Fisher(more, upper, lower) <= TailProbability.Fisher(x, upper, lower) * (1 + 1e-9));
            Assert.True(TailProbability.StudentTwoSided(more, lower) <= TailProbability.StudentTwoSided(x, lower) * (1 + 1e-9));
            Assert.True(TailProbability.Kolmogorov(more) <= TailProbability.Kolmogorov(x) + 1e-4);
        }
        Assert.Equal(0, TailProbability.Fisher(double.PositiveInfinity, 3, 4));
        Assert.Equal(0, TailProbability.StudentTwoSided(double.PositiveInfinity, 4));
        Assert.Equal(1, TailProbability.Fisher(0, 3, 4));
        Assert.Equal(1, TailProbability.StudentTwoSided(0, 4));
    }

    private static double Log1P(double x) => x < 1e-5 ? x - x * x / 2 + x * x * x / 3 : Math.Log(1 + x);

    private static void AssertNear(double expected, double found, double relative) =>
        Assert.True(Math.Abs(found - expected) <= relative * expected, $"expected {expected:R}, found {found:R}");

    /// <summary>With x = sin^2, the beta integrals of both distributions are of powers of sines and cosines, without any gamma function.</summary>
    private static double FisherByIntegration(double f, double upper, double lower)
    {
        double end = Math.Atan(Math.Sqrt(lower / (upper * f)));
        double Density(double angle) => Math.Pow(Math.Sin(angle), lower - 1) * Math.Pow(Math.Cos(angle), upper - 1);
        // Angle = end exp(-s): below its end the density falls like exp(-lower s), near the top like a normal one.
        double tail = Simpson(s => Density(end * Math.Exp(-s)) * end * Math.Exp(-s), 0, 80 / lower + 10 / Math.Sqrt(lower));
        return tail / (tail + Simpson(Density, end, Math.PI / 2));
    }

    private static double Simpson(Func<double, double> function, double from, double to)
    {
        const int Panels = 64;
        double width = (to - from) / Panels;
        double[] values = [.. Enumerable.Range(0, 2 * Panels + 1).Select(i => function(from + i * width / 2))];
        double close = 1e-11 * values.Sum() * width / 2, sum = 0;
        for (int i = 0; i < Panels; i++)
        {
            sum += Refined(function, from + i * width, width, values[2 * i], values[2 * i + 1], values[2 * i + 2], close, 12);
        }
        return sum;
    }

    // Halved until two halves say the same as the whole.
    private static double Refined(Func<double, double> function, double from, double width, double left, double middle, double right, double close, int depth)
    {
        double whole = width / 6 * (left + 4 * middle + right);
        double first = function(from + width / 4), second = function(from + width * 3 / 4);
        double halves = width / 12 * (left + 4 * first + 2 * middle + 4 * second + right);
        return depth == 0 || Math.Abs(halves - whole) <= close
            ? halves + (halves - whole) / 15
            : Refined(function, from, width / 2, left, first, middle, close, depth - 1)
                + Refined(function, from + width / 2, width / 2, middle, second, right, close, depth - 1);
    }
}
