using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal;
using static RanCognition.Tests.Patterns.Planted;

namespace RanCognition.Tests.Patterns;

/// <summary>What was planted is found: its type, place and numbers, in several series each.</summary>
public class PlantedFaultTests
{
    private const ulong Day = 24 * Hour;

    public static TheoryData<ulong> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_change_of_level_is_found_with_the_levels_before_and_after(ulong seed)
    {
        foreach (double[] series in (double[][])[Noise(seed), Daily(seed)])
        {
            double[] values = [.. series.Select((v, t) => v + (t >= 400 ? 12 : 0))];
            TemporalPattern shift = One(Find(values), PatternTypes.LevelShift);
            Assert.InRange(shift.From(), 397, 403);
            Assert.Equal(671, shift.To());
            Assert.Equal(50, shift.Parameter("before"), 2.5);
            Assert.Equal(62, shift.Parameter("after"), 2.5);
        }
    }

    [Fact]
    public void Two_changes_of_level_are_both_found_each_up_to_the_next()
    {
        int both = 0;
        for (ulong seed = 1; seed <= 12; seed++)
        {
            double[] values = [.. Noise(seed).Select((v, t) => v + (t >= 450 ? -5 : t >= 220 ? 10 : 0))];
            TemporalPattern[] shifts = [.. Find(values).Where(p => p.PatternType == PatternTypes.LevelShift)];
            if (shifts.Length != 2)
            {
                continue;
            }
            both++;
            Assert.InRange(shifts[0].From(), 218, 222);
            Assert.Equal(shifts[1].From() - 1, shifts[0].To());
            Assert.InRange(shifts[1].From(), 448, 452);
            Assert.True(shifts[0].Parameter("after") > shifts[0].Parameter("before"));
            Assert.True(shifts[1].Parameter("after") < shifts[1].Parameter("before"));
        }
        Assert.InRange(both, 11, 12);   // now and then a slope is taken for the first two levels
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_trend_is_found_over_the_whole_history_with_its_slope_a_day(ulong seed)
    {
        foreach (double[] series in (double[][])[Noise(seed), Daily(seed)])
        {
            double[] values = [.. series.Select((v, t) => v + .6 * t / 24)];
            TemporalPattern trend = One(Find(values), PatternTypes.Trend);
            Assert.Equal((0, 671), (trend.From(), trend.To()));
            Assert.Equal(.6, trend.Parameter("slope_per_day"), .06);
            Assert.Equal(.6 * 28, trend.Parameter("change"), 2.0);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_drift_in_the_last_part_is_found_there(ulong seed)
    {
        double[] values = [.. Noise(seed).Select((v, t) => v + (t > 450 ? .1 * (t - 450) : 0))];
        List<TemporalPattern> found = Find(values);
        TemporalPattern drift = One(found, PatternTypes.Drift);
        Assert.InRange(drift.From(), 400, 500);
        Assert.Equal(671, drift.To());
        Assert.Equal(2.4, drift.Parameter("slope_per_day"), .5);
        Assert.DoesNotContain(found, p => p.PatternType == PatternTypes.Trend);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_change_of_spread_is_found_with_both_spreads(ulong seed)
    {
        double[] values = [.. Noise(seed, deviation: 1, carry: 0).Select((v, t) => t >= 350 ? 50 + 3 * (v - 50) : v)];
        TemporalPattern shift = One(Find(values), PatternTypes.VarianceShift);
        Assert.InRange(shift.From(), 330, 370);
        Assert.Equal(1, shift.Parameter("before"), .2);
        Assert.Equal(3, shift.Parameter("after"), .5);
        Assert.Equal(3, shift.Parameter("ratio"), .7);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_outage_is_found_from_its_first_to_its_last_sample(ulong seed)
    {
        double[] values = [.. Daily(seed).Select((v, t) => t is >= 500 and < 506 ? 0 : v)];
        TemporalPattern outage = One(Find(values), PatternTypes.Outage);
        Assert.InRange(outage.From(), 499, 501);
        Assert.InRange(outage.To(), 504, 506);
        Assert.Equal(0, outage.Parameter("value"));
        Assert.InRange(outage.Parameter("expected"), 25, 75);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_spike_a_dip_and_a_surge_are_told_apart(ulong seed)
    {
        // Each in a series of its own: a surge of half a day may be told as two changes of level, and then lends its size to what is usual.
        double[] values = [.. Daily(seed).Select((v, t) => v + (t == 400 ? 40 : 0))];
        TemporalPattern spike = One(Find(values), PatternTypes.Spike);
        TemporalPattern dip = One(Find([.. Daily(seed).Select((v, t) => v + (t is >= 500 and < 504 ? -28 : 0))]), PatternTypes.Dip);
        TemporalPattern surge = One(Find([.. Daily(seed).Select((v, t) => v + (t is >= 600 and < 608 ? 35 : 0))]), PatternTypes.Surge);
        Assert.InRange(spike.From(), 399, 400);
        Assert.InRange(spike.To(), 400, 401);
        Assert.InRange(dip.From(), 499, 501);
        Assert.InRange(dip.To(), 502, 505);
        Assert.InRange(surge.From(), 598, 602);
        Assert.InRange(surge.To(), 603, 609);
        Assert.Equal(values[400], spike.Parameter("value"));
        Assert.True(spike.Parameter("deviation") > 5 && dip.Parameter("deviation") < -3 && surge.Parameter("deviation") > 5);
        Assert.Equal(spike.To() - spike.From() + 1, spike.Parameter("samples"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_line_that_stands_still_is_found_whole(ulong seed)
    {
        double[] values = [.. Daily(seed)];
        Array.Fill(values, values[450], 450, 14);
        TemporalPattern flat = One(Find(values), PatternTypes.Flatline);
        Assert.Equal((450, 463), (flat.From(), flat.To()));
        Assert.Equal(values[450], flat.Parameter("value"));
        Assert.Equal(14, flat.Parameter("samples"));
    }

    [Fact]
    public void A_shape_that_comes_again_without_a_season_is_found()
    {
        // One code of ups and downs at 130, 360 and 600. A smooth hump is not found as a motif: it is taken for changes of level.
        int[] code = [1, -1, -1, 1, 1, 1, -1, 1, -1, -1, 1, -1, 1, 1, -1, -1, 1, -1];
        int found = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            double[] values = Noise(seed, deviation: 1, carry: 0);
            foreach (int place in (int[])[130, 360, 600])
            {
                for (int k = 0; k < 54; k++)
                {
                    values[place + k] += 5 * code[k / 3];
                }
            }
            if (Find(values).Find(p => p.PatternType == PatternTypes.Motif) is not { } motif)
            {
                continue;
            }
            found++;
            int length = (int)motif.Parameter("length_steps"), apart = (int)motif.Parameter("second_after_steps");
            Assert.InRange(motif.Parameter("correlation"), .8, 1);
            Assert.Contains((int[])[230, 240, 470], distance => Math.Abs(apart - distance) <= 3);
            Assert.Contains((int[])[130, 360], place => motif.From() < place + 54 && motif.From() + length > place);
            Assert.Equal(motif.From() + apart + length - 1, motif.To());
            Assert.InRange(motif.Parameter("occurrences"), 2, 3);
        }
        Assert.InRange(found, 8, 10);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, -3)]
    [InlineData(3, 10)]
    [InlineData(4, -1)]
    public void A_metric_that_runs_ahead_is_named_with_its_lag(ulong seed, int lag)
    {
        double[] first = Noise(seed, 700), second = Noise(seed + 50, 700, level: 20);
        int early = Math.Abs(lag);
        double[] leader = first[early..], follower = [.. second[early..].Select((v, t) => v + 1.5 * (first[t] - 50))];
        // Positive: the metric given first is ahead.
        MetricGrid[] grids = lag > 0 ? [Grid("lead", leader), Grid("follow", follower)] : [Grid("follow", follower), Grid("lead", leader)];
        TemporalPattern found = One(Find(grids), PatternTypes.LeadLag);
        Assert.Equal(("lead", "follow"), (found.Metric, found.OtherMetric));
        Assert.Equal(early, found.Parameter("lag_steps"));
        Assert.Equal(early * (double)Hour, found.Parameter("lag_ns"));
        Assert.InRange(found.Parameter("correlation"), .5, 1);
    }

    [Fact]
    public void The_lag_is_one_of_time_not_of_places_where_grids_begin_at_different_times()
    {
        double[] first = Noise(7, 700), second = Noise(57, 700, level: 20);
        double[] leader = first[3..], follower = [.. second[3..].Select((v, t) => v + 1.5 * (first[t] - 50))];
        foreach ((int a, int b) in ((int, int)[])[(0, 40), (40, 0), (100, 7)])
        {
            TemporalPattern found = One(Find(Grid("lead", leader[a..], start: Start + (ulong)a * Hour), Grid("follow", follower[b..], start: Start + (ulong)b * Hour)), PatternTypes.LeadLag);
            Assert.Equal(("lead", "follow", 3), (found.Metric, found.OtherMetric, found.Parameter("lag_steps")));
        }
        // Between each other's samples, or at another step: not compared.
        Assert.DoesNotContain(Find(Grid("lead", leader), Grid("follow", follower, start: Start + Hour / 2)), p => p.PatternType == PatternTypes.LeadLag);
        Assert.DoesNotContain(Find(Grid("lead", leader), Grid("follow", follower, step: Day)), p => p.PatternType == PatternTypes.LeadLag);
    }

    [Fact]
    public void Metrics_that_move_at_the_same_time_lead_nothing()
    {
        double[] first = Noise(8), second = [.. Noise(58).Select((v, t) => v + 2 * first[t])];
        Assert.DoesNotContain(Find(Grid("a", first), Grid("b", second)), p => p.PatternType == PatternTypes.LeadLag);
    }

    [Theory]
    [InlineData("m <= 70", null)]
    [InlineData("m >= 20", null)]
    [InlineData("rate(m) <= 0.01", null)]
    [InlineData("m / n <= 0.7", "n")]
    public void Runs_that_broke_a_limit_are_facts(string text, string? other)
    {
        double[] values = Noise(3, 300, deviation: .5);
        foreach (int at in (int[])[100, 101, 102, 250])
        {
            values[at] = text.Contains(">=", StringComparison.Ordinal) ? 10 : at == 250 ? 88 : 80;
        }
        ConstraintSet constraints = new();
        constraints.AddTexts([text]);
        double[] hundred = [.. Enumerable.Repeat(100.0, 300)];
        TemporalPattern[] found = [.. Find(constraints, Grid("m", values), Grid("n", hundred)).Where(p => p.PatternType == PatternTypes.ConstraintViolation)];
        bool isRate = text.StartsWith("rate", StringComparison.Ordinal);   // (80 - 50) / 3600 s is .0083; 38 / 3600 s, up and down again, is .0106
        Assert.Equal(isRate ? 1 : 2, found.Length);
        Assert.All(found, p => Assert.Equal(("m", other, text, 0.0, 1.0), (p.Metric, p.OtherMetric, p.Constraint, p.PValue, p.Confidence)));
        Assert.Equal(isRate ? [(250, 251)] : [(100, 102), (250, 250)], found.Select(p => (p.From(), p.To())));
        Assert.All(found, p => Assert.True(p.Parameter("worst_excess") > 0));
        Assert.Equal(found[^1].To() - found[^1].From() + 1, found[^1].Parameter("samples"));
    }

    [Fact]
    public void The_twenty_worst_runs_of_a_constraint_are_kept_in_order_of_time()
    {
        double[] values = Noise(4, 300, deviation: .5);
        for (int i = 0; i < 40; i++)
        {
            values[7 * i + 3] = 70 + i % 20 + i / 20 * .5;
        }
        ConstraintSet constraints = new();
        constraints.AddTexts(["m <= 60"]);
        TemporalPattern[] found = [.. Find(constraints, Grid("m", values)).Where(p => p.PatternType == PatternTypes.ConstraintViolation)];
        Assert.Equal(20, found.Length);
        Assert.Equal(found.OrderBy(p => p.StartTime), found);
        Assert.All(found, p => Assert.True(p.Parameter("worst_value") >= 80));
    }

    [Fact]
    public void A_quotient_is_judged_at_equal_times_or_not_at_all()
    {
        double[] values = Noise(5, 300, deviation: .5), hundred = [.. Enumerable.Repeat(100.0, 300)];
        values[120] = 95;
        ConstraintSet constraints = new();
        constraints.AddTexts(["m / n <= 0.7"]);
        foreach (MetricGrid below in (MetricGrid[])[Grid("n", hundred), Grid("n", hundred[20..], start: Start + 20 * Hour), Grid("n", hundred[..130])])
        {
            TemporalPattern run = One(Find(constraints, Grid("m", values), below), PatternTypes.ConstraintViolation);
            Assert.Equal((120, 120, .95), (run.From(), run.To(), run.Parameter("worst_value")));
        }
        Assert.DoesNotContain(Find(constraints, Grid("m", values), Grid("n", hundred[..120])), p => p.PatternType == PatternTypes.ConstraintViolation);
        Assert.DoesNotContain(
            Find(constraints, Grid("m", values), Grid("n", hundred, start: Start + Hour / 2)), p => p.PatternType == PatternTypes.ConstraintViolation);
    }
}
