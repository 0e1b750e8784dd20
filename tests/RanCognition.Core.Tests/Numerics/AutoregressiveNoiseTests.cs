using RanCognition.Numerics;

namespace RanCognition.Tests.Numerics;

public class AutoregressiveNoiseTests
{
    private const int Samples = 4000;

    [Theory]
    [InlineData(.5)]
    [InlineData(-.6)]
    [InlineData(.95)]
    [InlineData(.5, .3)]
    [InlineData(1.2, -.5)]
    [InlineData(0, .7)]
    public void The_coefficients_of_a_process_are_recovered_and_its_innovations_are_white(params double[] coefficients)
    {
        RandomStream random = new(11);
        for (int round = 0; round < 10; round++)
        {
            double[] x = Process(coefficients, ref random);
            AutoregressiveNoise noise = AutoregressiveNoise.Fit(x, 12);
            double[] found = Coefficients(noise);
            Assert.InRange(found.Length, coefficients.Length, coefficients.Length + 3);
            for (int i = 0; i < found.Length; i++)
            {
                // Four standard errors, about 1 / sqrt(n) each.
                Assert.Equal(i < coefficients.Length ? coefficients[i] : 0, found[i], 4 / Math.Sqrt(Samples));
            }
            double[] white = noise.Innovations(x);
            Assert.Equal(Samples - noise.Order, white.Length);
            Assert.InRange(white.Average(v => v * v), .9, 1.1);
            for (int lag = 1; lag <= 10; lag++)
            {
                Assert.InRange(Correlation(white, lag), -4.5 / Math.Sqrt(Samples), 4.5 / Math.Sqrt(Samples));
            }
        }
    }

    [Fact]
    public void White_noise_is_left_as_it_is()
    {
        RandomStream random = new(12);
        int orders = 0;
        for (int round = 0; round < 200; round++)
        {
            double[] x = Process([], ref random);
            AutoregressiveNoise noise = AutoregressiveNoise.Fit(x, 12);
            orders += noise.Order > 0 ? 1 : 0;
            if (noise.Order == 0)
            {
                Assert.Equal(x, noise.Innovations(x));
            }
        }
        Assert.InRange(orders, 0, 4);   // Schwarz's criterion: a coefficient passes with probability P(chi2 > log n), .4 % here
    }

    [Fact]
    public void Short_constant_and_huge_series_give_finite_innovations()
    {
        foreach (double[] x in (double[][])[[], [1], [0, 0], [0, 0, 0, 0, 0, 0, 0, 0], [1, -1, 1, -1, 1, -1, 1, -1], [1e100, -1e100, 1e100, 3e99, 0, 0, 7e99, 1]])
        {
            AutoregressiveNoise noise = AutoregressiveNoise.Fit(x, 12);
            Assert.InRange(noise.Order, 0, Math.Max(0, x.Length / 2));
            Assert.Equal(Math.Max(0, x.Length - noise.Order), noise.Innovations(x).Length);
            Assert.All(noise.Innovations(x), value => Assert.True(double.IsFinite(value)));
        }
        Assert.Empty(AutoregressiveNoise.Fit(Enumerable.Range(0, 100).Select(t => Math.Sin(t)).ToArray(), 4).Innovations([1]));
    }

    [Fact]
    public void The_unit_of_the_series_does_not_matter()
    {
        RandomStream random = new(13);
        double[] x = Process([.8, -.2], ref random);
        double[] thousandfold = [.. x.Select(v => v * 1024)];
        Assert.Equal(Coefficients(AutoregressiveNoise.Fit(x, 6)), Coefficients(AutoregressiveNoise.Fit(thousandfold, 6)));
    }

    /// <summary>The answer to one unit sample is 1 and then the coefficients with a minus.</summary>
    private static double[] Coefficients(AutoregressiveNoise noise)
    {
        double[] impulse = new double[2 * noise.Order + 1];
        impulse[noise.Order] = 1;
        return [.. noise.Innovations(impulse).Skip(1).Select(v => -v)];
    }

    private static double[] Process(double[] coefficients, ref RandomStream random)
    {
        double[] x = new double[Samples + 500];
        for (int t = 0; t < x.Length; t++)
        {
            x[t] = random.NextNormal();
            for (int i = 0; i < coefficients.Length && i < t; i++)
            {
                x[t] += coefficients[i] * x[t - 1 - i];
            }
        }
        return x[500..];
    }

    private static double Correlation(double[] x, int lag)
    {
        double products = 0;
        for (int t = lag; t < x.Length; t++)
        {
            products += x[t] * x[t - lag];
        }
        return products / x.Sum(v => v * v);
    }
}
