using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal;
using RanCognition.Temporal.Patterns;
using static RanCognition.Tests.Patterns.Planted;

namespace RanCognition.Tests.Patterns;

public class SeasonTests
{
    private const double Strict = PatternFinder.Significance / 8;   // as the finder asks for: about eight tests a series

    [Theory]
    [InlineData(22, 110)]
    [InlineData(26, 130)]
    [InlineData(180, 1100)]
    public void A_period_near_the_calendars_is_not_taken_for_it_against_the_data(int period, int samples)
    {
        // Hourly: within half a cycle of the day or the week over so short a history.
        RandomStream random = new(9);
        double[] values = new double[samples];
        for (int t = 0; t < samples; t++)
        {
            values[t] = 50 + 10 * Math.Sin(2 * Math.PI * t / period) + 1.5 * random.NextNormal();
        }
        Season season = Assert.Single(new SeasonSearch(SimdOps.Vector).Find(values, 3600, 1e-3));
        Assert.InRange(season.Period, .99 * period, 1.01 * period);
    }

    [Fact]
    public void White_noise_has_no_season()
    {
        // Measured over 10 000 series each: .06 % of 48 samples, .04 % of 100, .03 % of 336 and of 1008.
        RandomStream random = new(61);
        SeasonSearch search = new(SimdOps.Vector);
        int found = 0;
        foreach (int n in (int[])[48, 100, 336])
        {
            for (int i = 0; i < 500; i++)
            {
                found += search.Find(PatternSeries.Make("white", n, ref random), 3600, Strict).Count > 0 ? 1 : 0;
            }
        }
        Assert.InRange(found, 0, 3);
    }

    [Theory]
    [InlineData(168, 7)]
    [InlineData(168, 12)]
    [InlineData(336, 24)]
    [InlineData(1008, 5)]
    [InlineData(1008, 24)]
    [InlineData(1008, 48)]
    [InlineData(1008, 168)]
    [InlineData(2016, 288)]
    public void A_season_as_strong_as_the_noise_is_found_whatever_its_shape(int n, double period)
    {
        RandomStream random = new(62);
        SeasonSearch search = new(SimdOps.Vector);
        foreach (string shape in PatternSeries.Shapes)
        {
            for (int i = 0; i < 4; i++)
            {
                List<Season> found = search.Find(PatternSeries.Seasonal(shape, n, period, 1, ref random), 0, Strict);
                // No estimate can do better than a fraction of a cycle over the whole series.
                Assert.True(found.Exists(s => Math.Abs(s.Period - period) <= Math.Max(.01 * period, .25 * period * period / n)),
                    $"{shape}: {string.Join(", ", found.Select(s => s.Period))}");
            }
        }
    }

    [Fact]
    public void A_strong_season_is_found_exactly_with_its_strength()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            TemporalPattern season = One(Find(Daily(seed)), PatternTypes.Seasonality);
            Assert.Equal(24, season.Parameter("period_steps"));
            Assert.Equal(24.0 * Hour, season.Parameter("period_ns"));
            Assert.Equal(28, season.Parameter("cycles"));
            Assert.Equal(112.5 / 116.5, season.Parameter("strength"), .02);   // the sine's share of the variance
            Assert.Equal((0, 671), (season.From(), season.To()));
        }
    }

    [Fact]
    public void A_week_on_daily_data_is_found()
    {
        const ulong Day = 24 * Hour;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            double[] values = [.. Noise(seed, 120).Select((v, t) => v + (t % 7 >= 5 ? -8 : 0))];
            TemporalPattern season = One(Find(Grid("m", values, Day)), PatternTypes.Seasonality);
            Assert.Equal(7, season.Parameter("period_steps"));
            Assert.Equal(7.0 * Day, season.Parameter("period_ns"));
        }
    }

    [Fact]
    public void A_day_and_a_week_are_two_seasons()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            double[] values = [.. Daily(seed, 1344).Select((v, t) => v - (t / 24 % 7 >= 5 ? 10 : 0))];
            double[] periods = [.. Find(values).Where(p => p.PatternType == PatternTypes.Seasonality).Select(p => p.Parameter("period_steps"))];
            Assert.Contains(24.0, periods);
            Assert.Contains(168.0, periods);
        }
    }

    [Fact]
    public void A_trend_an_outlier_or_a_step_neither_hides_a_season_nor_makes_one()
    {
        Func<int, double>[] disturbances = [t => .05 * t, t => t == 300 ? 1000 : 0, t => t < 350 ? 0 : 12];
        for (ulong seed = 1; seed <= 3; seed++)
        {
            foreach (Func<int, double> disturbance in disturbances)
            {
                double[] season = [.. Daily(seed).Select((v, t) => v + disturbance(t))], none = [.. Noise(seed).Select((v, t) => v + disturbance(t))];
                Assert.Contains(Find(season), p => p.PatternType == PatternTypes.Seasonality && p.Parameter("period_steps") == 24);
                Assert.DoesNotContain(Find(none), p => p.PatternType == PatternTypes.Seasonality);
            }
        }
    }

    [Fact]
    public void A_search_leaves_nothing_behind_for_the_next()
    {
        RandomStream random = new(63);
        double[][] series = [.. Enumerable.Range(0, 10).Select(i => PatternSeries.Seasonal("sawtooth", 100 + 90 * (i % 4), 7 + i, 3, ref random))];
        SeasonSearch search = new(SimdOps.Vector);
        foreach (double[] x in series.Concat(series.Reverse()))
        {
            Season[] mine = [.. search.Find(x, 0, Strict)], fresh = [.. new SeasonSearch(SimdOps.Vector).Find(x, 0, Strict)];
            Assert.Equal(fresh.Select(s => (s.Period, s.PValue, s.Strength)), mine.Select(s => (s.Period, s.PValue, s.Strength)));
        }
    }

    [Fact]
    public void One_season_is_told_once_whatever_rounding_or_a_step_leaves_of_it()
    {
        double[] exact = [.. Enumerable.Range(0, 60).Select(t => 100.0 + t + t % 7)];
        Assert.Equal(7, One(Find(exact), PatternTypes.Seasonality).Parameter("period_steps"));
        for (ulong seed = 1; seed <= 8; seed++)
        {
            double[] stepped = [.. Daily(seed, swing: 20).Select((v, t) => v + (t >= 400 ? 25 : 0))];
            Assert.Equal(24, One(Find(stepped), PatternTypes.Seasonality).Parameter("period_steps"));
        }
    }
}
