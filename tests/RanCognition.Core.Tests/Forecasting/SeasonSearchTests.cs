using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;
using RanCognition.Tests.Anomalies;

namespace RanCognition.Tests.Forecasting;

/// <summary>Seasons of series whose step is unknown.</summary>
public sealed class SeasonSearchTests
{
    private readonly SeasonFinder _finder = new(SimdOps.Vector, new RankSelector(SimdOps.Vector));

    [Theory]
    [InlineData("sine")]
    [InlineData("triangle")]
    [InlineData("sawtooth")]
    [InlineData("square")]
    [InlineData("pulse")]
    public void A_season_as_strong_as_the_noise_is_found_exactly(string shape)
    {
        var random = new RandomStream(41);
        foreach (var day in new[] { 4, 5, 7, 12, 24, 30, 48, 52, 60, 96 })
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal((day, 1), Find(SimulatedSeries.InNoise(ref random, shape, 1008, day, 1)));
            }
        }
    }

    [Theory]
    [InlineData(24)]
    [InlineData(100)]
    [InlineData(336)]
    [InlineData(1008)]
    public void White_noise_has_no_season(int n)
    {
        var random = new RandomStream(42);
        for (var i = 0; i < 60_000 / n; i++)
        {
            Assert.Equal((1, 1), Find(SimulatedSeries.Noise(ref random, n)));
        }
    }

    [Fact]
    public void Random_walks_and_correlated_noise_have_no_season()
    {
        var random = new RandomStream(43);
        for (var i = 0; i < 100; i++)
        {
            var noise = SimulatedSeries.Noise(ref random, 700);
            var walk = (double[])noise.Clone();
            var correlated = (double[])noise.Clone();
            for (var t = 1; t < noise.Length; t++)
            {
                walk[t] += walk[t - 1];
                correlated[t] += .8 * correlated[t - 1];
            }
            Assert.Equal((1, 1), Find(walk));
            Assert.Equal((1, 1), Find(correlated));
        }
    }

    [Fact]
    public void A_day_and_a_week_are_both_found()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Assert.Equal((24, 168), Find(ForecastSeries.Make("weekend", 1008, 24, 168, seed)));
        }
    }

    [Fact]
    public void A_trend_a_spike_or_a_level_shift_hides_no_season_and_makes_none()
    {
        var random = new RandomStream(44);
        for (var i = 0; i < 20; i++)
        {
            var season = SimulatedSeries.InNoise(ref random, "triangle", 600, 24, 2);
            var noise = SimulatedSeries.Noise(ref random, 600);
            foreach (Func<int, double> disturbance in new Func<int, double>[] { t => .05 * t, t => t == 300 ? 1000 : 0, t => t < 350 ? 0 : 6 })
            {
                Assert.Equal((24, 1), Find([.. season.Select((v, t) => v + disturbance(t))]));
                Assert.Equal((1, 1), Find([.. noise.Select((v, t) => v + disturbance(t))]));
            }
        }
    }

    [Fact]
    public void A_season_must_have_been_seen_three_times()
    {
        var values = ForecastSeries.Make("pure", 72, 24, 24, 1);
        Assert.Equal(24, Find(values).Season);
        for (var n = 0; n < 72; n++)
        {
            Assert.InRange(Find(values[..n]).Season, 1, 23);
        }
    }

    [Fact]
    public void Hostile_series_give_seasons_that_were_seen_three_times()
    {
        foreach (var name in HostileSeries.Names)
        {
            var values = HostileSeries.Make(name);
            var result = new Forecaster(SimdOps.Vector).Forecast(values, 0, 5);
            Assert.True(result.Season == 1 || 3 * result.Season <= values.Length, name);
            Assert.True(result.LongSeason == 1 || (3 * result.LongSeason <= values.Length && result.LongSeason % result.Season == 0), name);
        }
    }

    [Fact]
    public void A_search_leaves_nothing_behind_for_the_next()
    {
        var random = new RandomStream(45);
        var series = Enumerable.Range(0, 12).Select(i => SimulatedSeries.InNoise(ref random, "sawtooth", 100 + 90 * (i % 4), 7 + i, .3)).ToList();
        foreach (var values in series.Concat(series.AsEnumerable().Reverse()))
        {
            Assert.Equal(Find(values, new SeasonFinder(SimdOps.Vector, new RankSelector(SimdOps.Vector))), Find(values));
        }
    }

    private (int Season, int LongSeason) Find(double[] values) => Find(values, _finder);

    private static unsafe (int, int) Find(double[] values, SeasonFinder finder)
    {
        var buffer = new ScratchBuffer();
        var x = buffer.Ensure(values.Length);
        values.CopyTo(new Span<double>(x, values.Length));
        var found = finder.Find(x, values.Length);
        GC.KeepAlive(buffer);
        return found;
    }
}
