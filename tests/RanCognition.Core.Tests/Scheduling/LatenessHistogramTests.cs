using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

public sealed class LatenessHistogramTests
{
    private const double RelativeErrorMax = 1.0 / 32;
    private static readonly double[] Probabilities = [0, .001, .01, .1, .25, .5, .75, .9, .99, .999, .9999, 1];

    [Fact]
    public void Quantiles_are_near_the_exact_ones()
    {
        var random = new Random(11);
        foreach (Func<ulong> draw in new Func<ulong>[]
        {
            () => (ulong)random.Next(20),
            () => (ulong)random.Next(1_000_000),
            () => (ulong)Math.Pow(2, random.NextDouble() * 63.9),
            () => (ulong)(-Math.Log(1 - random.NextDouble()) * 50_000),
            () => (1UL << random.Next(64)) - (ulong)random.Next(2),
            () => random.Next(1000) == 0 ? ulong.MaxValue - 1 : 120,
            () => 7,
        })
        {
            foreach (int count in new[] { 1, 2, 10, 1000, 50_000 })
            {
                ulong[] values = [.. Enumerable.Range(0, count).Select(_ => draw())];
                AssertQuantiles(values);
            }
        }
    }

    [Fact]
    public void An_empty_one_has_zeros()
    {
        var histogram = new LatenessHistogram();
        Assert.Equal((0ul, 0ul), (histogram.Count, histogram.Max));
        Assert.Equal(0ul, histogram.Quantile(.5));
    }

    [Fact]
    public void It_takes_every_number()
    {
        var histogram = new LatenessHistogram();
        histogram.Record(0);
        Assert.Equal((1ul, 0ul, 0ul), (histogram.Count, histogram.Max, histogram.Quantile(1)));
        histogram.Record(ulong.MaxValue);
        Assert.Equal((2ul, ulong.MaxValue), (histogram.Count, histogram.Max));
        Assert.Equal(0ul, histogram.Quantile(.5));
        Assert.InRange(histogram.Quantile(1), (ulong)(ulong.MaxValue * (1 - RelativeErrorMax)), ulong.MaxValue);
    }

    private static void AssertQuantiles(ulong[] values)
    {
        var histogram = new LatenessHistogram();
        foreach (ulong value in values)
        {
            histogram.Record(value);
        }
        Array.Sort(values);
        Assert.Equal((ulong)values.Length, histogram.Count);
        Assert.Equal(values[^1], histogram.Max);
        ulong before = 0;
        foreach (double p in Probabilities)
        {
            // The smallest value that at least p of all do not exceed.
            ulong exact = values[Math.Max(0, (int)Math.Ceiling(p * values.Length) - 1)];
            ulong found = histogram.Quantile(p);
            double error = Math.Abs((double)found - exact);
            Assert.True(error <= exact * RelativeErrorMax, $"quantile {p} of {values.Length}: {found} for {exact}");
            Assert.True(found >= before && found <= histogram.Max, $"quantile {p}: {found} after {before}, max {histogram.Max}");
            before = found;
        }
    }
}
