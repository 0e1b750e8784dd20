using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

public sealed class ConformalRecursionTests
{
    [Theory]
    [InlineData(.5, .5)]
    [InlineData(.9, .05)]
    [InlineData(.99, .3)]
    [InlineData(.95, 1)]
    public void Level_follows_the_recursion_and_bounds_say_where_it_left_0_to_1(double coverage, double step)
    {
        LoopBook book = new(new StrangeLoopOptions { AciStep = step });
        Random random = new(7);
        double level = 1 - coverage;
        int unbounded = 0, empty = 0;
        CorrectedForecast open = book.Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(0, -1, 1, coverage)), 0).Corrected[0];
        for (int t = 0; t < 3000; t++)
        {
            Assert.Equal(level >= 1, open.Empty);
            Assert.Equal(level is <= 0 or >= 1, open.Lower is null);
            Assert.Equal(level is <= 0 or >= 1, open.Upper is null);
            unbounded += level <= 0 ? 1 : 0;
            empty += level >= 1 ? 1 : 0;
            double observed = t / 100 % 3 == 0 ? 0 : t / 100 % 3 == 1 ? 1e6 * random.NextDouble() : LoopSpeech.Normal(random);
            bool missed = open.Empty || observed < open.Lower || observed > open.Upper;
            level += step * (1 - coverage - (missed ? 1 : 0));
            open = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(0, -1, 1, coverage)), 0).Corrected[0];
            Assert.Equal(level, book.State()[0].Metrics[0].Coverage!.Miscoverage);
        }
        Assert.True(unbounded > 0);
        Assert.True(coverage > .8 || empty > 0);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("other")]
    public void Target_is_the_coverage_as_it_was_given(string second)
    {
        LoopBook book = new(new StrangeLoopOptions());
        for (int t = 0; t < 50; t++)
        {
            LoopForecast[] forecasts = second == "m" ? [LoopSpeech.Forecast(0, -1, 1)] : [LoopSpeech.Forecast(0, -1, 1), LoopSpeech.Forecast(0, -1, 1, metric: second)];
            LoopReply reply = book.Observe(LoopSpeech.Say(t == 0 ? null : t % 3, forecasts), 0);
            Assert.Equal(t == 0 ? null : .9, reply.Coverage?.Target);
        }
    }

    [Fact]
    public void First_interval_is_the_one_that_was_given()
    {
        CorrectedForecast first = new LoopBook(new StrangeLoopOptions()).Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(10, 7, 12, .8)), 0).Corrected[0];
        Assert.Equal(10, first.Mean);
        Assert.Equal(7, first.Lower!.Value, 1e-12);
        Assert.Equal(12, first.Upper!.Value, 1e-12);
        Assert.False(first.Empty);
    }

    [Theory]
    [InlineData(.2, 5)]
    [InlineData(5, .2)]
    public void Width_that_was_given_wrong_becomes_right(double half, double factor)
    {
        LoopBook book = new(new StrangeLoopOptions());
        Random random = new(11);
        double? observed = null;
        double scales = 0, covered = 0;
        for (int t = 0; t < 2000; t++)
        {
            // Standard normal errors: 90 % lie within 1.645.
            LoopReply reply = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(0, -1.645 * half, 1.645 * half)), 0);
            observed = LoopSpeech.Normal(random);
            CorrectedForecast open = reply.Corrected[0];
            if (t >= 500)
            {
                scales += (reply.Corrections[0].IntervalScale ?? 2 * factor) / 1500;
                covered += (!open.Empty && !(observed < open.Lower) && !(observed > open.Upper) ? 1.0 : 0) / 1500;
            }
        }
        Assert.InRange(scales, .75 * factor, 1.4 * factor);
        Assert.InRange(covered, .88, .92);
    }

    [Fact]
    public void One_bound_alone_is_corrected_alone()
    {
        LoopBook book = new(new StrangeLoopOptions());
        Random random = new(3);
        double? observed = null;
        int missed = 0;
        for (int t = 0; t < 1000; t++)
        {
            CorrectedForecast open = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(0, null, .1)), 0).Corrected[0];
            Assert.Null(open.Lower);
            observed = LoopSpeech.Normal(random);
            missed += open.Empty || observed > open.Upper ? 1 : 0;
        }
        Assert.InRange(missed, 80, 120);
    }

    [Fact]
    public void Interval_without_width_learns_to_have_one()
    {
        LoopBook book = new(new StrangeLoopOptions());
        Random random = new(5);
        double? observed = null;
        int missed = 0;
        for (int t = 0; t < 1000; t++)
        {
            CorrectedForecast open = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(3, 3, 3)), 0).Corrected[0];
            Assert.True(double.IsFinite(open.Lower ?? 0) && double.IsFinite(open.Upper ?? 0));
            missed += observed is null ? 0 : open.Upper is { } upper && upper > 30 ? 1 : 0;
            observed = 3 + LoopSpeech.Normal(random);
        }
        Assert.InRange(missed, 0, 100);   // widths stay of the order of the errors
        CoverageReport coverage = book.Observe(LoopSpeech.Say(observed), 0).Coverage!;
        Assert.InRange(coverage.Value, .88, .92);
    }

    [Fact]
    public void Another_coverage_begins_another_record()
    {
        LoopBook book = new(new StrangeLoopOptions());
        book.Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(0, -1, 1)), 0);
        Assert.Equal(1UL, book.Observe(LoopSpeech.Say(0, LoopSpeech.Forecast(0, -1, 1)), 0).Coverage!.Steps);
        Assert.Null(book.Observe(LoopSpeech.Say(0, LoopSpeech.Forecast(0, -1, 1, .5)), 0).Coverage);
        CoverageReport report = book.Observe(LoopSpeech.Say(0), 0).Coverage!;
        Assert.Equal((1UL, .5), (report.Steps, report.Target));
    }

    [Fact]
    public void Quantile_is_that_of_a_plain_count_of_scores_and_prior()
    {
        Random random = new(13);
        ScoreWindow window = new(32);
        List<double> scores = [];
        for (int t = 0; t < 200; t++)
        {
            double score = random.Next(4) == 0 ? random.Next(3) : 3 * random.NextDouble(), share = random.NextDouble(), z = .2 + 2 * random.NextDouble();
            window.Add(score);
            scores.Add(score);
            List<double> kept = scores.TakeLast(32).ToList();
            Assert.Equal(kept, window.OldestFirst());
            double low = 0, high = 100;   // the least scale with enough below it, by halving
            for (int i = 0; i < 200; i++)
            {
                double middle = (low + high) / 2;
                double below = kept.Count(s => s <= middle) + 20 * (2 * RanCognition.Numerics.NormalQuantiles.Cdf(middle * z) - 1);
                (low, high) = below >= share * (kept.Count + 20) ? (low, middle) : (middle, high);
            }
            Assert.Equal(high, window.Quantile(share, z), 1e-7);
        }
    }
}
