using RanCognition.Temporal.Patterns;

namespace RanCognition.Tests.Anomalies;

public sealed class AnomalyBaselineTests
{
    [Theory]
    [InlineData(1, 80)]
    [InlineData(2, 120)]
    [InlineData(24, 900)]
    [InlineData(48, 1700)]
    [InlineData(49, 1700)]
    [InlineData(96, 2500)]
    [InlineData(200, 4200)]
    public void Quartiles_equal_those_of_a_sorted_copy(int day, int n)
    {
        foreach (var missing in new[] { 0, .05, .6, .97 })
        {
            var stream = new GoldenSeries.Stream((ulong)(day * 100 + 100 * missing));
            var values = new double[n];
            var baseline = new AnomalyBaseline(day);
            for (var t = 0; t < n; t++)
            {
                var expected = Naive(values, t, day);
                var known = baseline.TryQuartiles(out var median, out var lower, out var upper);
                Assert.Equal(expected is not null, known);
                if (expected is var (m, q1, q3))
                {
                    Assert.Equal((m, q1, q3), (median, lower, upper));
                }
                values[t] = stream.Uniform() < missing ? double.NaN : Math.Floor(20 * stream.Normal()) / 10;
                baseline.Add(values[t]);
            }
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(24)]
    public void The_sorting_network_sorts_every_input_of_zeros_and_ones(int n)
    {
        // 0-1 principle: a network that sorts all of these sorts everything. For 24 lines, a random part of the 2^24.
        var network = AnomalyOrder.MergeExchange(n);
        var stream = new GoldenSeries.Stream(1);
        for (var k = 0; k < 20_000; k++)
        {
            var bits = n < 12 ? k % (1 << n) : (int)(stream.Uniform() * (1 << n));
            for (var i = 0; i < network.Length; i += 2)
            {
                var (low, high) = (bits >> network[i] & 1, bits >> network[i + 1] & 1);
                if (low > high)
                {
                    bits ^= 1 << network[i] | 1 << network[i + 1];
                }
            }
            var ones = int.PopCount(bits);
            Assert.Equal(((1 << ones) - 1) << (n - ones), bits);
        }
    }

    // The recipe word by word.
    private static (double, double, double)? Naive(double[] x, int t, int day)
    {
        var neighbour = day > 48 ? Math.Max(1, day / 96) : 0;
        var found = new List<double>();
        for (var d = 1; d <= 14 && t - d * day >= 0; d++)
        {
            var i = t - d * day;
            for (var k = 0; k < (d % 7 == 0 ? 3 : 1); k++)
            {
                found.Add(x[i]);
            }
            if (neighbour > 0)
            {
                found.Add(x[i + neighbour]);
                if (i >= neighbour)
                {
                    found.Add(x[i - neighbour]);
                }
            }
        }
        found.RemoveAll(double.IsNaN);
        if (found.Count == 0)
        {
            return null;
        }
        found.Sort();
        var n = found.Count;
        return (n % 2 == 1 ? found[n / 2] : .5 * (found[n / 2 - 1] + found[n / 2]), found[n / 4], found[n - 1 - n / 4]);
    }
}
