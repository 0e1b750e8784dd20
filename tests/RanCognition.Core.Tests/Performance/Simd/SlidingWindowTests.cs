using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Simd;

public sealed class SlidingWindowTests
{
    [Fact]
    public void Every_window_of_every_length_agrees_with_its_own_values()
    {
        var random = new Random(61);
        for (int n = 1; n < 60; n++)
        {
            double[] values = Values.Doubles(Values.Ordinary(random, n));
            for (int window = 1; window <= n; window++)
            {
                int count = n - window + 1;
                double[] means = new double[count], least = new double[count], greatest = new double[count], deviations = new double[count], ends = new double[window];
                var moments = new SlidingWindow.Moments[window];
                SlidingWindow.Deviations(values, window, moments, means, deviations);
                double[] again = new double[count];
                SlidingWindow.Means(values, window, ends, again);
                SlidingWindow.Least(values, window, ends, least);
                SlidingWindow.Greatest(values, window, ends, greatest);
                for (int i = 0; i < count; i++)
                {
                    double[] inside = values[i..(i + window)];
                    double mean = inside.Average(), scale = inside.Max(Math.Abs), deviation = Math.Sqrt(inside.Sum(v => (v - mean) * (v - mean)) / window);
                    Assert.InRange(means[i] - mean, -1e-14 * scale, 1e-14 * scale);
                    Assert.InRange(again[i] - mean, -1e-14 * scale, 1e-14 * scale);
                    Assert.InRange(deviations[i] - deviation, -1e-13 * scale, 1e-13 * scale);
                    Assert.Equal(inside.Min(), least[i]);
                    Assert.Equal(inside.Max(), greatest[i]);
                }
            }
        }
    }

    [Fact]
    public void Small_movements_on_a_large_level_keep_their_deviation()
    {
        const int window = 24;
        double[] values = new double[1000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 1e9 + i % 2;
        }
        double[] means = new double[values.Length - window + 1], deviations = new double[means.Length];
        SlidingWindow.Deviations(values, window, new SlidingWindow.Moments[window], means, deviations);
        Assert.All(deviations, d => Assert.InRange(d, .5 - 1e-6, .5 + 1e-6));
    }

    [Fact]
    public void What_left_the_window_leaves_no_trace()
    {
        double[] values = new double[100];
        values[10] = 1e300;
        values[30] = double.NaN;
        double[] means = new double[91], least = new double[91], greatest = new double[91], ends = new double[10];
        SlidingWindow.Means(values, 10, ends, means);
        SlidingWindow.Least(values, 10, ends, least);
        SlidingWindow.Greatest(values, 10, ends, greatest);
        for (int i = 0; i < means.Length; i++)
        {
            Assert.Equal(i is > 20 and <= 30 ? double.NaN : i is >= 1 and <= 10 ? 1e299 : 0, means[i]);
            Assert.Equal(0, least[i]);
            Assert.Equal(i is >= 1 and <= 10 ? 1e300 : 0, greatest[i]);
        }
    }

    [Fact]
    public void A_window_that_does_not_fit_is_refused()
    {
        double[] ten = new double[10];
        Assert.Throws<ArgumentOutOfRangeException>(() => SlidingWindow.Means(ten, 0, ten, ten));
        Assert.Throws<ArgumentOutOfRangeException>(() => SlidingWindow.Means(ten, 11, new double[11], ten));
        Assert.Throws<ArgumentOutOfRangeException>(() => SlidingWindow.Means(ten, 3, new double[2], new double[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SlidingWindow.Means(ten, 3, new double[3], new double[9]));
    }
}
