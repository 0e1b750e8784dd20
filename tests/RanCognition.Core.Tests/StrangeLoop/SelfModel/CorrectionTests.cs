using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

public sealed class CorrectionTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    [InlineData(1e100)]
    [InlineData(1e-120)]
    public void Constant_error_becomes_bias_whatever_the_unit(double unit)
    {
        Random random = new(1);
        MetricCorrection correction = After(60, unit, 10, () => 50 + 3 * LoopSpeech.Normal(random), x => x + 5 + LoopSpeech.Normal(random));
        Assert.InRange(correction.Bias / unit, 4.6, 5.4);
        Assert.InRange(correction.Gain, .99, 1.01);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void Wrong_scale_becomes_gain_whatever_the_unit(double unit)
    {
        Random random = new(2);
        MetricCorrection correction = After(60, unit, 50, () => 50 + 20 * LoopSpeech.Normal(random), x => 2 * x + LoopSpeech.Normal(random));
        Assert.InRange(correction.Gain, 1.97, 2.03);
        Assert.InRange(correction.Bias / unit, -2, 2);
    }

    [Theory]
    [InlineData(7.4, .26, 3.9)]
    [InlineData(-1.0, 0.0, 2.0)]
    public void A_mean_may_lie_outside_of_its_interval(double mean, double lower, double upper)
    {
        LoopBook book = new(new StrangeLoopOptions());
        LoopForecast forecast = LoopSpeech.Forecast(mean, lower, upper, .5);
        CorrectedForecast corrected = Assert.Single(book.Observe(LoopSpeech.Say(null, forecast), 0).Corrected);
        Assert.Equal(mean, corrected.Mean);
        Assert.Equal(lower, corrected.Lower!.Value, 1e-12);
        Assert.Equal(upper, corrected.Upper!.Value, 1e-12);
        double outcome = lower + 0.25 * (upper - lower);   // as often within the interval as outside of it
        Random random = new(3);
        for (int t = 0; t < 400; t++)
        {
            corrected = Assert.Single(book.Observe(LoopSpeech.Say(random.NextDouble() < .5 ? outcome : upper + random.NextDouble() * (upper - lower), forecast), 0).Corrected);
            Assert.True(corrected.Lower <= corrected.Upper);
        }
        Assert.Equal(.5, book.State()[0].Metrics[0].Coverage!.Covered / 400.0, .06);
    }

    [Fact]
    public void Errors_without_noise_are_corrected_exactly()
    {
        Random random = new(3);
        MetricCorrection bias = After(40, 1, 10, () => 50 + 3 * LoopSpeech.Normal(random), x => x + 5);
        Assert.Equal(5, bias.Bias, 1e-6);
        Assert.Equal(1, bias.Gain, 1e-9);
        MetricCorrection gain = After(40, 1, 10, () => 50 + 3 * LoopSpeech.Normal(random), x => 2 * x);
        Assert.Equal(2, gain.Gain, 1e-6);
        Assert.Equal(0, gain.Bias, 1e-4);
    }

    [Fact]
    public void Constant_predictions_leave_the_gain_alone()
    {
        Random random = new(4);
        MetricCorrection correction = After(100, 1, 10, () => 50, x => 2 * x + LoopSpeech.Normal(random));
        Assert.Equal(1, correction.Gain);
        Assert.InRange(correction.Bias, 49.5, 50.5);
    }

    [Fact]
    public void Good_predictions_are_not_made_worse()
    {
        double corrected = 0, plain = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(100 + seed);
            LoopBook book = new(new StrangeLoopOptions());
            double? observed = null;
            for (int t = 0; t < 500; t++)
            {
                double mean = 20 + 5 * LoopSpeech.Normal(random);
                double made = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(mean, mean - 2, mean + 2)), 0).Corrected[0].Mean!.Value;
                observed = mean + LoopSpeech.Normal(random);
                corrected += Math.Abs(made - observed.Value);
                plain += Math.Abs(mean - observed.Value);
            }
        }
        Assert.InRange(corrected / plain, .98, 1.003);
    }

    [Fact]
    public void One_outlier_moves_little()
    {
        Random random = new(5);
        int step = 0;
        MetricCorrection correction = After(80, 1, 3, () => 50 + LoopSpeech.Normal(random), x => x + LoopSpeech.Normal(random) + (step++ == 70 ? 1e6 : 0));
        Assert.InRange(correction.Bias, -1, 1);
        Assert.InRange(correction.Gain, .8, 1.2);
    }

    [Fact]
    public void World_that_changed_is_no_outlier()
    {
        Random random = new(6);
        int step = 0;
        MetricCorrection correction = After(300, 1, 3, () => 50, x => x + LoopSpeech.Normal(random) + (step++ >= 150 ? 100 : 0));
        Assert.InRange(correction.Bias, 85, 101);
    }

    [Fact]
    public void Level_0_leaves_means_as_they_are()
    {
        LoopBook book = new(new StrangeLoopOptions { Levels = 0 });
        double? observed = null;
        for (int t = 0; t < 50; t++)
        {
            LoopReply reply = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(t, t - 1, t + 1)), 0);
            Assert.Equal((t, 0), (reply.Corrected[0].Mean, reply.Level));
            Assert.Equal((0, 1), (reply.Corrections[0].Bias, reply.Corrections[0].Gain));
            observed = t + 7;
        }
        Assert.Equal(49UL, book.State()[0].Metrics[0].Coverage!.Steps);
    }

    [Fact]
    public void Corrected_mean_is_gain_times_mean_plus_bias()
    {
        Random random = new(8);
        LoopBook book = new(new StrangeLoopOptions());
        double? observed = null;
        for (int t = 0; t < 300; t++)
        {
            double mean = 10 * random.NextDouble();
            LoopReply reply = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(mean, mean - 1, mean + 1)), 0);
            Assert.Equal(reply.Corrections[0].Gain * mean + reply.Corrections[0].Bias, reply.Corrected[0].Mean!.Value);
            if (reply.Corrections[0].IntervalScale is { } scale && !reply.Corrected[0].Empty)
            {
                Assert.Equal(2 * scale, reply.Corrected[0].Upper!.Value - reply.Corrected[0].Lower!.Value, 1e-9);
            }
            observed = 3 * mean + LoopSpeech.Normal(random);
        }
    }

    [Fact]
    public void Largest_numbers_give_numbers()
    {
        foreach (double[] values in new[] { new[] { 1e150, -9e149 }, [1e-300, 1e150], [0, 1e-320], [1e150, 1e150], [5, 1e150] })
        {
            LoopBook book = new(new StrangeLoopOptions { Levels = 3 });
            Random random = new(9);
            double? observed = null;
            for (int t = 0; t < 400; t++)
            {
                double mean = values[random.Next(2)];
                LoopReply reply = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(mean, mean - Math.Abs(mean) * 1e-3, mean)), 0);
                Assert.True(double.IsFinite(reply.Corrected[0].Mean!.Value));
                Assert.DoesNotContain("NaN", LoopSpeech.TextOf(reply));
                Assert.DoesNotContain("Infinity", LoopSpeech.TextOf(reply));
                observed = values[random.Next(2)];
            }
            string state = LoopSpeech.TextOf(book.State());
            Assert.DoesNotContain("NaN", state);
            Assert.DoesNotContain("Infinity", state);
            new LoopBook(new StrangeLoopOptions()).Restore(LoopSpeech.StateOf(book), "state");
        }
    }

    private static MetricCorrection After(int steps, double unit, double half, Func<double> forecast, Func<double, double> outcome)
    {
        LoopBook book = new(new StrangeLoopOptions());
        double? observed = null;
        LoopReply? reply = null;
        for (int t = 0; t <= steps; t++)
        {
            double mean = forecast();
            reply = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(unit * mean, unit * (mean - half), unit * (mean + half))), 0);
            observed = unit * outcome(mean);
        }
        return reply!.Corrections[0];
    }
}
