using RanCognition.Numerics;

namespace RanCognition.Tests.Anomalies;

public sealed class RunningMedianTests
{
    [Fact]
    public void Equals_the_median_of_each_sorted_window()
    {
        var stream = new GoldenSeries.Stream(1);
        foreach (var n in new[] { 0, 1, 2, 3, 10, 63, 64, 65, 200, 5000 })
        {
            foreach (var half in new[] { 0, 1, 2, 3, 12, 168, 10_000, int.MaxValue })
            {
                foreach (var coarse in new[] { 1e9, 3.0 })
                {
                    var x = Enumerable.Range(0, n).Select(_ => Math.Floor(stream.Normal() * coarse) / coarse).ToArray();
                    var medians = new double[n];
                    RunningMedian.Compute(x, half, medians);
                    for (var i = 0; i < n; i += n > 1000 ? 331 : 1)
                    {
                        Assert.Equal(Naive(x, i, half), medians[i]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Refuses_what_cannot_be()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RunningMedian.Compute([1], -1, new double[1]));
        Assert.Throws<ArgumentException>(() => RunningMedian.Compute([1], 1, new double[2]));
    }

    private static double Naive(double[] x, int i, int half)
    {
        var from = (int)Math.Max(0, i - (long)half);
        var to = (int)Math.Min(x.Length, i + (long)half + 1);
        var window = x[from..to];
        Array.Sort(window);
        var n = window.Length;
        return n % 2 == 1 ? window[n / 2] : .5 * (window[n / 2 - 1] + window[n / 2]);
    }
}
