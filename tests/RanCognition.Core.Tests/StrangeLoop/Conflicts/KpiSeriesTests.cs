using RanCognition.Contracts;
using RanCognition.StrangeLoop.Conflicts;

namespace RanCognition.Tests.StrangeLoop;

public sealed class KpiSeriesTests
{
    [Fact]
    public void Welchs_test_has_its_closed_forms()
    {
        // Two and two samples of equal variance: 2 degrees of freedom, P(T > t) = 1/2 - t / (2 sqrt(2 + t^2)).
        double t = 3 / Math.Sqrt(.5 + .5);
        AssertNear(.5 - t / (2 * Math.Sqrt(2 + t * t)), Below([0, Math.Sqrt(2)], [3, 3 + Math.Sqrt(2)]));
        // One of the two without variance: the other's degree of freedom, Cauchy's distribution.
        AssertNear(.5 - Math.Atan(4 / Math.Sqrt(1)) / Math.PI, Below([0, 0, 0], [3, 5]));
        // Three and three of equal variance: 4 degrees of freedom.
        t = 2 / Math.Sqrt(1 / 3.0 + 1 / 3.0);
        double part = t / Math.Sqrt(1 + t * t / 4);
        AssertNear(.5 - 3 / 8.0 * part * (1 - part * part / 12), Below([0, 1, 2], [2, 3, 4]));
        Assert.Equal(0, Below([1, 1], [1.0000001, 1.0000001]));
        Assert.Equal(1, Below([1, 1], [1, 1]));
        Assert.Equal(1, Below([1, 3], [0, 2]));
    }

    [Fact]
    public void Welchs_test_is_the_integral_of_the_density()
    {
        var random = new Random(1);
        for (int round = 0; round < 500; round++)
        {
            double[] samples = Draw(random.Next(5, 20)), reference = Draw(random.Next(5, 20)).Select(value => value + 2).ToArray();
            if (samples.Average() < reference.Average())
            {
                double expected = PlainConflicts.Below(samples, reference);
                Assert.InRange(Below(samples, reference), expected * (1 - 1e-6) - 1e-12, expected * (1 + 1e-6) + 1e-12);
            }
        }

        double[] Draw(int count)
        {
            double scale = Math.Pow(10, random.Next(-1, 2));
            return Enumerable.Range(0, count).Select(_ => scale * random.NextDouble()).ToArray();
        }
    }

    [Fact]
    public void Any_window_has_the_mean_and_variance_of_its_samples()
    {
        var random = new Random(2);
        foreach (int n in (int[])[15, 16, 17, 100, 255, 1000])
        {
            // An outlier a million times as large must not spoil the windows without it.
            double[] values = Enumerable.Range(0, n).Select(i => i == n / 2 ? 1e9 : 1000 + random.NextDouble()).ToArray();
            KpiSeries series = Series(values);
            double scale = Math.ScaleB(1, Math.ILogB(1e9));
            for (int round = 0; round < 300; round++)
            {
                int from = random.Next(n), to = random.Next(from + 1, n + 1);
                double[] window = values[from..to];
                double mean = window.Average(), squares = window.Sum(value => (value - mean) * (value - mean));
                Assert.InRange(series.Mean(from, to) / mean, 1 - 1e-13, 1 + 1e-13);
                WindowStatistics found = series.Window(from, to);
                Assert.Equal(to - from, found.Count);
                Assert.InRange(found.Squares * scale * scale, squares * (1 - 1e-7) - 1e-15, squares * (1 + 1e-7) + 1e-15);
            }
        }
    }

    [Fact]
    public void Windows_of_one_value_have_no_variance_and_no_difference()
    {
        // 0.1 is no binary number: sums of it are rounded.
        double[] values = Enumerable.Range(0, 999).Select(i => i < 700 ? .1 : .3).ToArray();
        KpiSeries series = Series(values);
        Assert.Equal(0, series.Window(3, 698).Squares);
        Assert.Equal(.1, series.Mean(3, 698));
        Assert.Equal(1, series.PValue(33, 77, 691));
        Assert.Equal(1, series.PValue(720, 777, 991));
        double[] fallen = values.Reverse().ToArray();
        Assert.Equal(0, Series(fallen).PValue(100, 299, 991));
        Assert.Equal(1, Series(fallen).PValue(299, 400, 991));   // had fallen while only the earlier one was in force
    }

    [Fact]
    public void Five_samples_are_enough_and_four_are_not()
    {
        double[] values = [9, 9.1, 9, 9.1, 9, 9, 9.1, 9, 9.1, 9, 1, 1.1, 1, 1.1, 1];
        KpiSeries series = Series(values);
        Assert.InRange(series.PValue(5, 10, 15), 1e-30, 1e-6);
        Assert.Equal(1, series.PValue(4, 10, 15));
        Assert.Equal(1, series.PValue(6, 10, 15));
        Assert.Equal(1, series.PValue(5, 10, 14));
        Assert.Equal(1, Series(values, lowIsBetter: true).PValue(5, 10, 15));
        Assert.InRange(Series(values.Select(value => -value).ToArray(), lowIsBetter: true).PValue(5, 10, 15), 1e-30, 1e-6);
        Assert.InRange(Series(values.Select(value => value * 1e300).ToArray()).PValue(5, 10, 15), 1e-30, 1e-6);
        Assert.InRange(Series(values.Select(value => value * 1e-300).ToArray()).PValue(5, 10, 15), 1e-30, 1e-6);
    }

    [Fact]
    public void The_quick_look_never_hides_a_significant_window()
    {
        var random = new Random(3);
        int significant = 0;
        for (int round = 0; round < 400; round++)
        {
            int n = random.Next(15, 400);
            double offset = Math.Pow(10, random.Next(-2, 9)), level = 0;
            double[] values = new double[n];
            for (int i = 0; i < n; i++)
            {
                level += random.Next(20) == 0 ? 2 * random.NextDouble() - 1 : 0;
                values[i] = offset + level + random.NextDouble();
            }
            KpiSeries series = Series(values);
            for (int one = 0; one < 30; one++)
            {
                int first = random.Next(5, n - 9), second = random.Next(first + 5, n - 4), end = random.Next(second + 5, n + 1);
                double before = WelchTest.Below(series.Window(second, end), series.Window(0, first)), only = WelchTest.Below(series.Window(second, end), series.Window(first, second));
                double expected = Math.Max(before, only) < .001 ? Math.Max(before, only) : 1;
                Assert.Equal(expected, series.PValue(first, second, end));
                significant += expected < 1 ? 1 : 0;
            }
        }
        Assert.True(significant > 300, $"{significant}");
    }

    private static KpiSeries Series(double[] values, bool lowIsBetter = false)
        => new(values.Select((value, i) => new KpiSample("c", "m", (ulong)i, value, lowIsBetter)).ToArray());

    private static double Below(double[] samples, double[] reference) => WelchTest.Below(Statistics(samples), Statistics(reference));

    private static WindowStatistics Statistics(double[] values)
    {
        double mean = values.Average();
        return new WindowStatistics(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)));
    }

    private static void AssertNear(double expected, double found) => Assert.InRange(found / expected, 1 - 1e-12, 1 + 1e-12);
}
