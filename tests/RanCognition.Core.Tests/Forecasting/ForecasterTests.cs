using FsCheck;
using FsCheck.Fluent;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;
using RanCognition.Tests.Anomalies;

namespace RanCognition.Tests.Forecasting;

public sealed class ForecasterTests
{
    private static readonly double[] Steps = [0, 1e-9, 1, 60, 300, 900, 3600, 5000, 21600, 86400, 604800, 2629800, 1e9, 1e300];
    private static readonly string[] Kinds =
    [
        "seasonal", "trend", "weekend", "level_shift", "night_zeros", "sparse", "bursts", "near_zero", "integers", "signed_integers", "negative", "around_zero", "gaps",
        "outage", "infinities", "spike", "walk", "noise", "line", "constant",
    ];

    public static TheoryData<string> Hostile => [.. HostileSeries.Names];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_series_give_finite_ordered_answers_at_every_step_and_coverage(string name)
    {
        var values = HostileSeries.Make(name);
        var forecaster = new Forecaster(SimdOps.Vector);
        foreach (var step in Steps)
        {
            foreach (var (h, coverage, effort) in new[] { (1, .95, 1.0), (30, .95, 1), (700, .5, 0), (30, 1e-9, 1), (30, 1 - 1e-16, 1) })
            {
                AssertOrdered(forecaster.Forecast(values, step, h, coverage, effort), h);
            }
        }
    }

    [Fact]
    public void Random_series_of_wild_values_give_finite_ordered_answers()
    {
        var value = Gen.Frequency(
            (6, Gen.Choose(-50, 50).Select(v => (double)v)),
            (3, ArbMap.Default.GeneratorFor<double>()),
            (1, Gen.Elements(0, double.NaN, double.PositiveInfinity, double.MaxValue, -double.MaxValue, double.Epsilon, 1e300, -1e-300)));
        var cases = from n in Gen.Choose(0, 220)
                    from values in value.ArrayOf(n)
                    from h in Gen.Choose(1, 60)
                    from step in Gen.Elements(Steps)
                    from coverage in Gen.Elements(.5, .8, .95, .99)
                    from effort in Gen.Elements(0, .3, .7, 1.0)
                    select (values, h, step, coverage, effort);
        var forecaster = new Forecaster(SimdOps.Vector);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(cases.ToArbitrary(),
            c => AssertOrdered(forecaster.Forecast(c.values, c.step, c.h, c.coverage, c.effort), c.h)));
    }

    [Fact]
    public void A_series_in_other_units_gives_the_same_forecast_in_those_units()
    {
        // No rule of whole numbers may apply; log and roots of other units round differently, so the forecasts are equal to rounding only.
        var cases = from kind in Gen.Elements("seasonal", "weekend", "night_zeros", "sparse", "near_zero", "negative", "around_zero", "gaps", "walk", "level_shift")
                    from seed in Gen.Choose(1, 1_000_000)
                    from n in Gen.Choose(1, 600)
                    from power in Gen.Choose(-40, 40)
                    select (kind, seed, n, factor: Math.ScaleB(1, power));
        var forecaster = new Forecaster(SimdOps.Vector);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var values = ForecastSeries.Make(c.kind, c.n, 24, 168, (ulong)c.seed);
            var plain = forecaster.Forecast(values, 3600, 20);
            var scaled = forecaster.Forecast([.. values.Select(v => v * c.factor)], 3600, 20);
            var size = 1e-9 * values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (var j = 0; j < 20; j++)
            {
                Assert.Equal(plain.Mean[j], scaled.Mean[j] / c.factor, size);
                Assert.Equal(plain.Lower[j], scaled.Lower[j] / c.factor, size);
                Assert.Equal(plain.Upper[j], scaled.Upper[j] / c.factor, size);
            }
        }));
    }

    [Fact]
    public void A_larger_coverage_gives_an_interval_that_holds_the_smaller_one()
    {
        double[] coverages = [1e-6, .01, .1, .3, .5, .68, .8, .9, .94, .95, .96, .99, .999, .999999];
        var cases = from kind in Gen.Elements(Kinds)
                    from seed in Gen.Choose(1, 1_000_000)
                    from n in Gen.Choose(1, 500)
                    from step in Gen.Elements(1.0, 3600, 86400)
                    select (kind, seed, n, step);
        var forecaster = new Forecaster(SimdOps.Vector);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var values = ForecastSeries.Make(c.kind, c.n, 24, 168, (ulong)c.seed);
            var results = coverages.Select(p => forecaster.Forecast(values, c.step, 12, p)).ToList();
            for (var i = 1; i < results.Count; i++)
            {
                Assert.Equal(results[0].Mean, results[i].Mean);
                for (var j = 0; j < 12; j++)
                {
                    var slack = 1e-12 * (Math.Abs(results[i].Lower[j]) + Math.Abs(results[i].Upper[j]));
                    Assert.True(results[i].Lower[j] <= results[i - 1].Lower[j] + slack && results[i].Upper[j] >= results[i - 1].Upper[j] - slack,
                        $"{coverages[i - 1]} is not inside {coverages[i]} at lead {j}");
                }
            }
        }));
    }

    [Fact]
    public void An_instance_that_has_seen_other_series_answers_bit_for_bit_like_a_new_one()
    {
        var call = from kind in Gen.Elements(Kinds)
                   from seed in Gen.Choose(1, 1_000_000)
                   from n in Gen.OneOf(Gen.Choose(0, 30), Gen.Choose(0, 1200), Gen.Constant(4200))
                   from h in Gen.OneOf(Gen.Choose(1, 60), Gen.Constant(400))
                   from step in Gen.Elements(Steps)
                   from coverage in Gen.Elements(.95, .8)
                   from effort in Gen.Elements(1.0, .5, 0)
                   select (kind, seed, n, h, step, coverage, effort);
        var used = new Forecaster(SimdOps.Vector);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(call.ToArbitrary(), c =>
        {
            var values = ForecastSeries.Make(c.kind, c.n, 24, 168, (ulong)c.seed);
            var mine = used.Forecast(values, c.step, c.h, c.coverage, c.effort);
            var fresh = new Forecaster(SimdOps.Vector).Forecast(values, c.step, c.h, c.coverage, c.effort);
            Assert.Equal(fresh.Mean, mine.Mean);
            Assert.Equal(fresh.Lower, mine.Lower);
            Assert.Equal(fresh.Upper, mine.Upper);
            Assert.Equal(fresh.MemberWeights, mine.MemberWeights);
            Assert.Equal((fresh.Season, fresh.LongSeason, fresh.Transform), (mine.Season, mine.LongSeason, mine.Transform));
        }));
    }

    [Fact]
    public void Effort_sets_how_many_members_are_used()
    {
        var values = ForecastSeries.Make("seasonal", 500, 24, 168, 1);
        var forecaster = new Forecaster(SimdOps.Vector);
        foreach (var (effort, count) in new[] { (0.0, 4), (.25, 4), (.5, 6), (.75, 8), (1.0, 11) })
        {
            var result = forecaster.Forecast(values, 3600, 24, effort: effort);
            Assert.Equal(count, result.MemberNames.Distinct().Count());
            Assert.Equal(count, result.MemberWeights.Length);
            Assert.Equal(1, result.MemberWeights.Sum(), 1e-12);
            Assert.Equal("ensemble", result.Model);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void Less_effort_still_forecasts_better_than_repeating_yesterday(double effort)
    {
        double mine = 0, yesterday = 0;
        var forecaster = new Forecaster(SimdOps.Vector);
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var values = ForecastSeries.Make("weekend", 624, 24, 168, seed);
            var mean = forecaster.Forecast(values.AsSpan(0, 600), 3600, 24, effort: effort).Mean;
            for (var j = 0; j < 24; j++)
            {
                mine += Math.Abs(values[600 + j] - mean[j]);
                yesterday += Math.Abs(values[600 + j] - values[576 + j]);
            }
        }
        Assert.InRange(mine / yesterday, 0, .85);
    }

    [Fact]
    public void The_result_tells_what_it_rests_on()
    {
        var values = ForecastSeries.Make("gaps", 700, 24, 168, 3);
        var result = new Forecaster(SimdOps.Vector).Forecast(values, 3600, 24);
        var first = Array.FindIndex(values, double.IsFinite);
        Assert.Equal((24, 168, "log", "ensemble", 700 - first), (result.Season, result.LongSeason, result.Transform, result.Model, result.HistoryUsed));
        Assert.Equal(16, result.Origins.Length);
        for (var k = 0; k < result.Origins.Length; k++)
        {
            Assert.InRange(result.Origins[k], k == 0 ? 1 : result.Origins[k - 1] + 1, result.HistoryUsed - 24);
            for (var j = 0; j < 24; j++)
            {
                var actual = values[first + result.Origins[k] + j];
                Assert.Equal(actual, result.BacktestActuals[k * 24 + j]);
                Assert.True(double.IsFinite(result.Backtest[k * 24 + j]));
            }
        }
        Assert.Equal("last_value", new Forecaster(SimdOps.Vector).Forecast(values.AsSpan(0, 11), 3600, 5).Model);
        Assert.Equal("none", new Forecaster(SimdOps.Vector).Forecast([double.NaN], 3600, 5).Model);
    }

    [Fact]
    public void Only_the_last_4096_points_count()
    {
        var values = ForecastSeries.Make("seasonal", 5000, 24, 168, 4);
        var whole = new Forecaster(SimdOps.Vector).Forecast(values, 3600, 24);
        Assert.Equal(new Forecaster(SimdOps.Vector).Forecast(values.AsSpan(904), 3600, 24).Mean, whole.Mean);
        Assert.Equal(Forecaster.HistoryMax, whole.HistoryUsed);
    }

    [Theory]
    [InlineData(-1.0, 5, .95, 1.0)]
    [InlineData(double.NaN, 5, .95, 1.0)]
    [InlineData(double.PositiveInfinity, 5, .95, 1.0)]
    [InlineData(3600.0, 0, .95, 1.0)]
    [InlineData(3600.0, 100_001, .95, 1.0)]
    [InlineData(3600.0, 5, 0.0, 1.0)]
    [InlineData(3600.0, 5, 1.0, 1.0)]
    [InlineData(3600.0, 5, double.NaN, 1.0)]
    [InlineData(3600.0, 5, .95, -.1)]
    [InlineData(3600.0, 5, .95, 1.1)]
    [InlineData(3600.0, 5, .95, double.NaN)]
    public void Impossible_arguments_are_refused(double step, int horizon, double coverage, double effort)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new Forecaster(SimdOps.Vector).Forecast([1, 2, 3], step, horizon, coverage, effort));

    [Fact]
    public void The_largest_horizon_works()
        => AssertOrdered(new Forecaster(SimdOps.Vector).Forecast(ForecastSeries.Make("seasonal", 1000, 24, 168, 5), 3600, Forecaster.HorizonMax), Forecaster.HorizonMax);

    private static void AssertOrdered(ForecastResult result, int horizon)
    {
        Assert.Equal(horizon, result.Mean.Length);
        for (var j = 0; j < horizon; j++)
        {
            double lower = result.Lower[j], mean = result.Mean[j], upper = result.Upper[j];
            Assert.True(double.IsFinite(lower) && double.IsFinite(mean) && double.IsFinite(upper) && lower <= mean && mean <= upper, $"lead {j}: {lower} {mean} {upper}");
        }
    }
}
