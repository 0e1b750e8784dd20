using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

public sealed class SelfTuningTests
{
    private static readonly LoopSetting AtFirst = new(64, 1, 64);

    [Fact]
    public void Where_errors_drift_the_loop_shortens_its_memory_and_errs_less_on_fresh_data()
    {
        double tuned = 0, plain = 0;
        int shorter = 0, better = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            (double own, LoopState state) = ErrorOnSecondHalf(2, seed, Drifting);
            (double other, _) = ErrorOnSecondHalf(1, seed, Drifting);
            tuned += own;
            plain += other;
            better += own < other ? 1 : 0;
            shorter += state.Metrics[0].Setting.Memory < 64 ? 1 : 0;
        }
        Assert.True(tuned < .8 * plain, $"{tuned} against {plain}");
        Assert.True(shorter >= 48 && better >= 48, $"{shorter} shorter, {better} better of 50");
    }

    [Fact]
    public void Where_errors_swing_fast_the_shortest_memory_is_found()
    {
        double tuned = 0, plain = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            (double own, LoopState state) = ErrorOnSecondHalf(2, seed, Swinging);
            (double other, _) = ErrorOnSecondHalf(1, seed, Swinging);
            tuned += own;
            plain += other;
            Assert.Equal(8, state.Metrics[0].Setting.Memory);
        }
        Assert.True(tuned < .6 * plain, $"{tuned} against {plain}");
    }

    [Fact]
    public void Where_nothing_is_to_be_gained_hardly_anything_changes()
    {
        double tuned = 0, plain = 0;
        ulong adopted = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            (double own, LoopState state) = ErrorOnSecondHalf(2, seed, Steady);
            (double other, _) = ErrorOnSecondHalf(1, seed, Steady);
            tuned += own;
            plain += other;
            adopted += state.Metrics[0].Tuning!.Adopted;
        }
        // 50 loops with some ten tests each.
        Assert.InRange(adopted, 0UL, 2UL);
        Assert.InRange(tuned / plain, .99, 1.005);
    }

    [Theory]
    [InlineData(8, 1, 64)]
    [InlineData(64, 0, 64)]
    public void Planted_change_that_hurts_is_rolled_back_recorded_and_rests(double memory, double damping, int window)
    {
        int rolledBack = 0;
        LoopSetting planted = new(memory, damping, window);
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(500 + seed);
            LoopBook book = new(new StrangeLoopOptions());
            double? observed = Talk(book, random, null, 200, 0);
            Plant(book, planted);
            observed = Talk(book, random, observed, 100 * 8, 200);
            TuningState tuning = book.State()[0].Metrics[0].Tuning!;
            LoopChange? back = tuning.Changes.FirstOrDefault(c => c.IsRollback);
            if (back is not null)
            {
                rolledBack++;
                Assert.Equal((planted, AtFirst), (back.Before, back.After));
                Assert.True(back.LossAfter <= .98 * back.LossBefore);
                Assert.InRange(back.PValue, 0, .05);
                Assert.True(back.Steps >= 96 && back.TimeNs > 200);
                Assert.Equal(1UL, tuning.RolledBack);
                Assert.Single(tuning.Changes, c => !c.IsRollback && c.After == planted);   // the planted one
            }
        }
        Assert.True(rolledBack >= 19, $"{rolledBack} of 20");
    }

    [Fact]
    public void Change_says_what_it_was_and_how_it_was_tested()
    {
        int changes = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            foreach (LoopChange change in ErrorOnSecondHalf(2, seed, Drifting).State.Metrics[0].Tuning!.Changes)
            {
                changes++;
                Assert.NotEqual(change.Before, change.After);
                Assert.True(change.LossAfter <= .98 * change.LossBefore);
                Assert.InRange(change.PValue, 0, change.IsRollback ? .05 : .01);
                Assert.Equal(96, change.Steps);
            }
        }
        Assert.True(changes >= 10);
    }

    [Fact]
    public void Level_of_a_reply_is_the_deepest_that_had_a_part()
    {
        Random random = new(1);
        LoopBook book = new(new StrangeLoopOptions());
        Assert.Equal(0, book.Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(0, -1, 1)), 0).Level);
        Assert.Equal(1, book.Observe(LoopSpeech.Say(0, LoopSpeech.Forecast(0, -1, 1)), 0).Level);
        double? observed = Talk(book, random, 0, 100, 0);
        Plant(book, new LoopSetting(16, 1, 64));
        Assert.Equal(2, book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(0, -1, 1)) with { TimeNs = null }, 0).Level);
    }

    [Fact]
    public void Level_3_tests_longer_after_a_rollback()
    {
        Random random = new(3);
        LoopBook book = new(new StrangeLoopOptions { Levels = 3 });
        double? observed = Talk(book, random, null, 100, 0);
        Plant(book, new LoopSetting(64, 0, 64));
        Talk(book, random, observed, 900, 100);
        TuningState tuning = book.State()[0].Metrics[0].Tuning!;
        Assert.Equal((1UL, 192), (tuning.RolledBack, tuning.Patience));
        Assert.Equal(1, book.Observe(LoopSpeech.Say(null, LoopSpeech.Forecast(0, -1, 1)) with { TimeNs = null }, 0).Level);
    }

    [Fact]
    public void Paired_test_rejects_equals_as_seldom_as_it_says()
    {
        int wins = 0;
        Random random = new(17);
        for (int trial = 0; trial < 20_000; trial++)
        {
            Shadow shadow = new(AtFirst, new ScoreWindow(16));
            for (int t = 0; t < 96; t++)
            {
                shadow.Compare(Math.Abs(LoopSpeech.Normal(random)), Math.Abs(LoopSpeech.Normal(random)));
            }
            wins += shadow.Wins(-10, .05, out _) ? 1 : 0;
        }
        Assert.InRange(wins, 800, 1200);   // 1000 +- 6 standard errors
    }

    private static (double Mean, double Outcome) Drifting(Random random, ref double hidden)
    {
        double mean = 50 + 3 * LoopSpeech.Normal(random);
        hidden += .5 * LoopSpeech.Normal(random);
        return (mean, mean + hidden + LoopSpeech.Normal(random));
    }

    private static (double Mean, double Outcome) Swinging(Random random, ref double hidden)
    {
        hidden += 1 / 15.0;
        return (50, 50 + 20 * Math.Sin(hidden) + .5 * LoopSpeech.Normal(random));
    }

    private static (double Mean, double Outcome) Steady(Random random, ref double hidden)
    {
        double mean = 50 + 3 * LoopSpeech.Normal(random);
        return (mean, mean + 4 + LoopSpeech.Normal(random));
    }

    private delegate (double Mean, double Outcome) World(Random random, ref double hidden);

    private static (double Error, LoopState State) ErrorOnSecondHalf(int levels, int seed, World world)
    {
        Random random = new(seed);
        LoopBook book = new(new StrangeLoopOptions { Levels = levels });
        double? observed = null;
        double hidden = 0, error = 0;
        for (int t = 0; t < 2000; t++)
        {
            (double mean, double outcome) = world(random, ref hidden);
            double made = book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(mean, mean - 1.645, mean + 1.645)), 0).Corrected[0].Mean!.Value;
            error += t >= 1000 ? Math.Abs(made - outcome) : 0;
            observed = outcome;
        }
        return (error, book.State()[0]);
    }

    // Errors of 2 on average, with noise: a loop that corrects them with a long memory is right.
    private static double? Talk(LoopBook book, Random random, double? observed, int steps, ulong from)
    {
        for (int t = 0; t < steps; t++)
        {
            double mean = 10 * random.NextDouble();
            book.Observe(LoopSpeech.Say(observed, LoopSpeech.Forecast(mean, mean - 1.645, mean + 1.645)) with { TimeNs = from + (ulong)t }, 0);
            observed = mean + 2 + LoopSpeech.Normal(random);
        }
        return observed;
    }

    /// <summary>As if the loop had just adopted a setting: its state says so.</summary>
    private static void Plant(LoopBook book, LoopSetting setting)
    {
        LoopState loop = book.State()[0];
        MetricState metric = loop.Metrics[0];
        MetricState changed = new()
        {
            Metric = metric.Metric,
            Observations = metric.Observations,
            Setting = setting,
            Coverage = metric.Coverage,
            Open = metric.Open,
            Scores = metric.Scores.TakeLast(setting.ScoreWindow).ToArray(),
            Records = metric.Records,
            Tuning = new TuningState
            {
                Patience = 96,
                Adopted = 1,
                StretchesToWatch = 8,
                Previous = new ShadowState { Setting = metric.Setting, Scores = metric.Scores },
                Changes = [new LoopChange { TimeNs = loop.TimeNs, Before = metric.Setting, After = setting, PValue = 1 }],
            },
        };
        LoopState planted = new() { LoopId = loop.LoopId, TimeNs = loop.TimeNs, Metrics = [changed] };
        book.Restore(new StrangeLoopState { AciStep = book.Options.AciStep, Levels = book.Options.Levels, Loops = [planted] }, "state");
    }
}
