using FsCheck;
using FsCheck.Fluent;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;
using RanCognition.Tests.Anomalies;

namespace RanCognition.Tests.Forecasting;

public sealed class PredictiveDistributionTests
{
    private const int Horizon = 12;
    private static readonly double[] Probabilities = [1e-300, 1e-9, .001, .025, .05, .1, .25, .4, .5, .6, .75, .9, .95, .975, .999, 1 - 1e-9];

    /// <summary>Histories of every kind and length, with steps that give a day, a week or none.</summary>
    private static readonly Gen<ForecastResult> Forecasts =
        from kind in Gen.Elements(
            "seasonal", "trend", "level_shift", "night_zeros", "sparse", "bursts", "near_zero", "integers", "signed_integers", "negative", "around_zero", "gaps",
            "infinities", "huge", "huge_negative", "tiny", "spike", "walk", "noise", "line", "constant", "zeros")
        from seed in Gen.Choose(1, 1_000_000)
        from n in Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(40, 500))
        from step in Gen.Elements(1.0, 3600, 86400)
        select new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make(kind, n, 24, 168, (ulong)seed), step, Horizon);

    [Fact]
    public void Quantiles_are_finite_and_never_fall_with_the_probability()
        => ForAll(200, result =>
        {
            for (var j = 0; j < Horizon; j++)
            {
                var before = double.NegativeInfinity;
                foreach (var p in Probabilities)
                {
                    var q = result.Distribution.Quantile(j, p);
                    Assert.True(double.IsFinite(q) && q >= before, $"lead {j}: quantile {p} is {q}, below {before}");
                    before = q;
                }
                Assert.Equal(result.Mean[j], result.Distribution.Quantile(j, .5));
            }
        });

    [Fact]
    public void The_ends_of_the_interval_are_quantiles()
        => ForAll(200, result =>
        {
            for (var j = 0; j < Horizon; j++)
            {
                var slack = 1e-9 * Math.Max(Math.Abs(result.Upper[j]), Math.Abs(result.Lower[j]));
                Assert.Equal(result.Lower[j], result.Distribution.Quantile(j, .025), slack);
                Assert.Equal(result.Upper[j], result.Distribution.Quantile(j, .975), slack);
            }
        });

    [Fact]
    public void Probabilities_are_in_range_and_never_fall_with_the_tolerance()
        => ForAll(200, result =>
        {
            var distribution = result.Distribution;
            for (var j = 0; j < Horizon; j++)
            {
                if (!distribution.IsKnown)
                {
                    Assert.True(double.IsNaN(distribution.Cdf(j, 0)) && double.IsNaN(distribution.ProbabilityWithin(j, 0, 1)));
                    continue;
                }
                Assert.Equal(0, distribution.ProbabilityWithin(j, result.Mean[j], -1));
                var explained = distribution.ExplainedVariance(j);
                Assert.Equal(result.Source.HasErrors, explained is >= 0 and <= 1);   // NaN without a backtest
                double width = result.Upper[j] - result.Lower[j], before = 0, below = 0;
                foreach (var share in new[] { 0, 1e-9, .01, .1, .3, .5, 1, 3, 100 })
                {
                    var p = distribution.ProbabilityWithin(j, result.Mean[j], share * width);
                    Assert.InRange(p, before, 1);
                    before = p;
                }
                foreach (var p in Probabilities)
                {
                    var c = distribution.Cdf(j, distribution.Quantile(j, p));
                    Assert.InRange(c, below, 1);
                    below = c;
                }
                Assert.Equal(0, distribution.Cdf(j, double.NegativeInfinity));
                Assert.Equal(1, distribution.Cdf(j, double.PositiveInfinity));
            }
        });

    [Fact]
    public void Probability_and_quantile_are_each_others_inverse_where_outcomes_are_not_discrete()
    {
        foreach (var kind in new[] { "seasonal", "negative", "around_zero", "gaps", "walk", "huge", "tiny" })
        {
            foreach (var n in new[] { 8, 400 })
            {
                var result = new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make(kind, n, 24, 168, 6), 3600, Horizon);
                var distribution = result.Distribution;
                for (var j = 0; j < Horizon; j++)
                {
                    foreach (var p in new[] { .01, .1, .3, .7, .9, .99 })
                    {
                        Assert.Equal(p, distribution.Cdf(j, distribution.Quantile(j, p)), 1e-6);
                    }
                    double low = distribution.Quantile(j, .2), high = distribution.Quantile(j, .9);
                    Assert.Equal(.7, distribution.ProbabilityWithin(j, low / 2 + high / 2, high / 2 - low / 2), 1e-6);
                }
            }
        }
    }

    [Fact]
    public void An_outcome_that_is_certain_has_probability_1_and_others_0()
    {
        var distribution = new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make("constant", 300, 24, 168, 1), 3600, Horizon).Distribution;
        for (var j = 0; j < Horizon; j++)
        {
            Assert.Equal(1, distribution.ProbabilityWithin(j, 7.25, 0));
            Assert.Equal(1, distribution.Cdf(j, 7.25));
            Assert.Equal(0, distribution.Cdf(j, 7.2));
            Assert.Equal(0, distribution.ProbabilityWithin(j, 7, .2));
        }
    }

    [Fact]
    public void Whole_numbers_share_all_the_probability()
    {
        var result = new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make("integers", 500, 24, 168, 7), 3600, Horizon);
        for (var j = 0; j < Horizon; j++)
        {
            var total = 0.0;
            for (var value = 0; value <= 60; value++)
            {
                total += result.Distribution.ProbabilityWithin(j, value, 0);
            }
            Assert.Equal(1, total, 1e-9);
            Assert.Equal(0, result.Distribution.ProbabilityWithin(j, 2.5, .4));
            Assert.Equal(0, result.Distribution.ProbabilityWithin(j, -3, 2.5));
        }
    }

    [Theory]
    [InlineData("seasonal", 700)]
    [InlineData("gaps", 700)]
    [InlineData("around_zero", 700)]
    [InlineData("integers", 700)]
    [InlineData("night_zeros", 700)]
    [InlineData("seasonal", 10)]
    public void Sampled_paths_reproduce_the_quantiles(string kind, int n)
    {
        const int paths = 4000;
        var result = new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make(kind, n, 24, 168, 8), 3600, Horizon);
        var random = new RandomStream(9);
        var outcomes = new double[Horizon][];
        for (var j = 0; j < Horizon; j++)
        {
            outcomes[j] = new double[paths];
        }
        var path = new double[Horizon];
        for (var i = 0; i < paths; i++)
        {
            result.Distribution.SamplePath(ref random, path);
            for (var j = 0; j < Horizon; j++)
            {
                outcomes[j][i] = path[j];
            }
        }
        for (var j = 0; j < Horizon; j++)
        {
            foreach (var p in new[] { .05, .25, .6, .9 })
            {
                // Discrete outcomes: the share below the next value lies on the other side of p.
                var q = result.Distribution.Quantile(j, p);
                Assert.Equal(result.Distribution.Cdf(j, q), outcomes[j].Count(v => v <= q) / (double)paths, .035);
            }
        }
    }

    [Theory]
    [InlineData(0.0, 0.0, .15)]
    [InlineData(.9, .8, .97)]
    public void Neighbouring_leads_of_a_path_are_as_correlated_as_the_errors_of_the_past(double phi, double least, double most)
    {
        const int paths = 4000;
        var random = new RandomStream(18);
        double stated = 0, sampled = 0;
        var path = new double[Horizon];
        for (var i = 0; i < 10; i++)
        {
            var distribution = new Forecaster(SimdOps.Vector).Forecast(SimulatedSeries.Seasonal(ref random, 700, phi, 0), 3600, Horizon).Distribution;
            stated += distribution.LeadCorrelation / 10;
            double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
            for (var k = 0; k < paths; k++)
            {
                distribution.SamplePath(ref random, path);
                a += path[5] / paths;
                b += path[6] / paths;
                aa += path[5] * path[5] / paths;
                bb += path[6] * path[6] / paths;
                ab += path[5] * path[6] / paths;
            }
            sampled += (ab - a * b) / Math.Sqrt((aa - a * a) * (bb - b * b)) / 10;
        }
        Assert.InRange(stated, least, most);
        Assert.Equal(stated, sampled, .03);
    }

    [Fact]
    public void Paths_depend_on_the_generator_alone_and_may_stop_early()
    {
        var distribution = new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make("seasonal", 400, 24, 168, 10), 3600, Horizon).Distribution;
        RandomStream first = new(3), second = new(3), other = new(4);
        double[] whole = new double[Horizon], again = new double[5], different = new double[Horizon];
        distribution.SamplePath(ref first, whole);
        distribution.SamplePath(ref second, again);
        distribution.SamplePath(ref other, different);
        Assert.Equal(whole[..5], again);
        Assert.NotEqual(whole, different);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            var random = new RandomStream(1);
            distribution.SamplePath(ref random, new double[Horizon + 1]);
        });
    }

    [Fact]
    public void Impossible_probabilities_are_refused()
    {
        var distribution = new Forecaster(SimdOps.Vector).Forecast([1, 2, 3], 3600, 2).Distribution;
        foreach (var p in new[] { 0, 1, -.1, 1.1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => distribution.Quantile(0, p));
        }
    }

    [Fact]
    public void Hostile_histories_give_usable_distributions()
    {
        foreach (var name in HostileSeries.Names)
        {
            var result = new Forecaster(SimdOps.Vector).Forecast(HostileSeries.Make(name), 3600, Horizon);
            var random = new RandomStream(1);
            var path = new double[Horizon];
            result.Distribution.SamplePath(ref random, path);
            for (var j = 0; j < Horizon; j++)
            {
                Assert.True(double.IsFinite(path[j]), name);
                Assert.True(Probabilities.All(p => double.IsFinite(result.Distribution.Quantile(j, p))), name);
                var p = result.Distribution.ProbabilityWithin(j, result.Mean[j], 1);
                Assert.True(result.Distribution.IsKnown ? p is >= 0 and <= 1 : double.IsNaN(p), name);
            }
        }
    }

    private static void ForAll(int tests, Action<ForecastResult> check)
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(Forecasts.ToArbitrary(), check));
}
