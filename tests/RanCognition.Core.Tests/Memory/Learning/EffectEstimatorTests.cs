using RanCognition.Contracts;
using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class EffectEstimatorTests
{
    private delegate float[] Situation(ref RandomStream random);

    private static readonly EffectAnalysis Request = new() { Action = new ActionPattern(null, "digitalTilt", null, null), Outcome = "DRB.UEThpDl" };

    private static readonly ConfigurationChange[] Tilt = [new("NRCellDU=1", "digitalTilt", new MetadataValue.Number(40), new MetadataValue.Number(45))];

    private static EpisodeFacts Fact(ulong id, bool treated, float[] point, double outcome) =>
        new() { Id = id, TimeNs = id, Action = treated ? Tilt : [], Point = point, Outcome = [new("DRB.UEThpDl", outcome)] };

    /// <summary>Episodes in which the action is taken by the situation, and the outcome follows from both.</summary>
    private static List<EpisodeFacts> Simulate(ulong seed, int count, Situation situation, Func<float[], double> logOdds, Func<float[], bool, double> mean)
    {
        RandomStream random = new(seed);
        List<EpisodeFacts> episodes = [];
        for (int i = 1; i <= count; i++)
        {
            float[] x = situation(ref random);
            bool treated = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds(x)));
            episodes.Add(Fact((ulong)i, treated, x, mean(x, treated) + random.NextNormal()));
        }
        return episodes;
    }

    private static Situation Normal(int metrics) => (ref RandomStream random) =>
    {
        float[] x = new float[metrics];
        for (int i = 0; i < metrics; i++)
        {
            x[i] = (float)random.NextNormal();
        }
        return x;
    };

    private static double Naive(List<EpisodeFacts> episodes) =>
        episodes.Where(episode => episode.Action.Count > 0).Average(episode => episode.Outcome[0].Value) - episodes.Where(episode => episode.Action.Count == 0).Average(episode => episode.Outcome[0].Value);

    /// <summary>Many simulated memories: the interval holds the truth as often as it says, and the estimates are right on average.</summary>
    private static double Prove(int sets, int count, double truth, Situation situation, Func<float[], double> logOdds, Func<float[], bool, double> mean, double coverageOff = .02)
    {
        int held = 0;
        double naive = 0;
        List<double> effects = [];
        for (int set = 0; set < sets; set++)
        {
            List<EpisodeFacts> episodes = Simulate((ulong)(1000 * count + set), count, situation, logOdds, mean);
            ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
            Assert.True(effect.Enough, effect.Reason);
            Assert.Equal(count, effect.Treated + effect.Control);
            effects.Add(effect.Effect!.Value);
            held += effect.Lower <= truth && truth <= effect.Upper ? 1 : 0;
            naive += Naive(episodes) / sets;
        }
        double average = effects.Average(), error = Math.Sqrt(effects.Sum(effect => (effect - average) * (effect - average)) / (sets - 1) / sets);
        Assert.InRange((double)held / sets, .95 - coverageOff, .95 + coverageOff);
        Assert.InRange(average - truth, -3 * error, 3 * error);
        return naive;
    }

    [Fact]
    public void A_confounded_effect_is_found_where_plain_averages_are_wrong_by_far()
    {
        double naive = Prove(500, 300, 2, Normal(3), x => .8 * x[0] - .5 * x[1], (x, treated) => (treated ? 2 : 0) + 3 * x[0] - 2 * x[1]);
        Assert.True(naive > 4.5, $"{naive}");
    }

    [Fact]
    public void Without_an_effect_the_interval_holds_0_as_often_as_it_says()
    {
        double naive = Prove(500, 200, 0, Normal(2), x => .8 * x[0], (x, _) => 3 * x[0] + x[1]);
        Assert.True(naive > 1.5, $"{naive}");
    }

    [Fact]
    public void A_wrong_model_of_the_outcome_does_no_harm_when_the_odds_are_right()
    {
        double naive = Prove(500, 500, 1, Normal(2), x => .7 * x[0], (x, treated) => (treated ? 1 : 0) + Math.Exp(.7 * x[0]) + x[1] * x[1]);
        Assert.True(naive > 1.4, $"{naive}");
    }

    [Fact]
    public void A_wrong_model_of_the_odds_does_no_harm_when_the_outcome_is_right()
    {
        double naive = Prove(500, 400, 1, Normal(2), x => .8 * Math.Sin(2 * x[0]) + .8 * Math.Sign(x[0] * x[1]) + .4 * x[0], (x, treated) => (treated ? 1 : 0) + 2 * x[0] + x[1]);
        Assert.True(naive > 1.7, $"{naive}");
    }

    [Fact]
    public void The_mean_effect_is_found_when_it_differs_between_situations() =>
        Prove(500, 300, 1, Normal(1), x => .8 * x[0], (x, treated) => (treated ? 1 + x[0] : 0) + 2 * x[0]);

    [Fact]
    public void Missing_metrics_are_told_apart_from_those_that_are_there()
    {
        // Where the second metric is missing the action is likely and the outcome high: only its absence tells.
        static float[] Gaps(ref RandomStream random) => [(float)random.NextNormal(), random.NextDouble() < .5 ? float.NaN : (float)random.NextNormal()];
        double naive = Prove(300, 200, 1, Gaps, x => float.IsNaN(x[1]) ? 1 : -1, (x, treated) => (treated ? 1 : 0) + (float.IsNaN(x[1]) ? 4 : 0) + x[0], .03);
        Assert.True(naive > 2.5, $"{naive}");
    }

    [Fact]
    public void Two_hundred_metrics_with_a_hundred_episodes_do_not_deceive()
    {
        int held = 0, sets = 60;
        double sum = 0, naive = 0;
        for (int set = 0; set < sets; set++)
        {
            List<EpisodeFacts> episodes = Simulate((ulong)set, 100, Normal(200), x => .5 * x[0], (x, treated) => (treated ? 1 : 0) + 2 * x[0]);
            ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
            Assert.True(effect.Enough, effect.Reason);
            held += effect.Lower <= 1 && 1 <= effect.Upper ? 1 : 0;
            sum += effect.Effect!.Value / sets;
            naive += Naive(episodes) / sets;
        }
        Assert.True(naive > 1.7, $"{naive}");
        Assert.InRange(sum, .8, 1.25);
        Assert.InRange(held, 51, 60);
    }

    [Fact]
    public void Constant_equal_and_huge_metrics_change_nothing()
    {
        List<EpisodeFacts> plain = Simulate(4, 300, Normal(1), x => .8 * x[0], (x, treated) => (treated ? 2 : 0) + 3 * x[0]);
        ActionEffect expected = EffectEstimator.Estimate(plain, Request);
        List<EpisodeFacts> padded = plain.ConvertAll(episode =>
        {
            float value = episode.Point.Span[0];
            return episode with { Point = new[] { 7, value, float.NaN, value, 3e38f, value * 1e30f } };
        });
        ActionEffect actual = EffectEstimator.Estimate(padded, Request);
        Assert.Equal(expected.Effect!.Value, actual.Effect!.Value, 1);
        Assert.Equal(expected.Upper!.Value, actual.Upper!.Value, 1);
        Assert.InRange(actual.Effect.Value, 1.5, 2.5);
    }

    [Fact]
    public void The_order_of_the_episodes_and_the_unit_of_the_outcome_change_nothing()
    {
        List<EpisodeFacts> episodes = Simulate(9, 120, Normal(2), x => .5 * x[0], (x, treated) => (treated ? 2 : 0) + x[0]);
        ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
        episodes.Reverse();
        Assert.Equal(effect, EffectEstimator.Estimate(episodes, Request));
        ActionEffect scaled = EffectEstimator.Estimate(episodes.ConvertAll(episode => episode with { Outcome = [new("DRB.UEThpDl", 1e300 * (episode.Outcome[0].Value + 5))] }), Request);
        Assert.Equal(1, scaled.Effect!.Value / effect.Effect!.Value / 1e300, 9);
        Assert.Equal(1, scaled.Upper!.Value / effect.Upper!.Value / 1e300, 9);
        ActionEffect wide = EffectEstimator.Estimate(episodes, Request with { Coverage = .99 });
        Assert.True(wide.Lower < effect.Lower && wide.Upper > effect.Upper);
    }

    [Fact]
    public void Too_few_episodes_are_not_enough()
    {
        RandomStream random = new(3);
        for (int treated = 0; treated < 24; treated++)
        {
            List<EpisodeFacts> episodes = [];
            for (int i = 0; i < 60; i++)
            {
                episodes.Add(Fact((ulong)i, i < treated, [(float)random.NextNormal()], random.NextNormal()));
            }
            ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
            Assert.Equal(treated >= 20, effect.Enough);
            Assert.Equal((treated, 60 - treated), (effect.Treated, effect.Control));
            Assert.Equal(effect.Enough, effect.Reason is null);
            Assert.Equal(effect.Enough, effect.Effect is not null && effect.Lower < effect.Effect && effect.Effect < effect.Upper);
        }
        Assert.Contains("fewer than 20 episodes with", EffectEstimator.Estimate([Fact(1, true, [0], 1)], Request).Reason);
    }

    [Fact]
    public void An_outcome_that_nobody_has_or_that_never_changes_is_not_enough()
    {
        List<EpisodeFacts> episodes = Simulate(2, 100, Normal(1), _ => 0, (_, _) => 0);
        Assert.Contains("no episode has the outcome 'x'", EffectEstimator.Estimate(episodes, Request with { Outcome = "x" }).Reason);
        Assert.Contains("no episode has the outcome", EffectEstimator.Estimate([], Request).Reason);
        ActionEffect same = EffectEstimator.Estimate(episodes.ConvertAll(episode => episode with { Outcome = [new("DRB.UEThpDl", 7.25)] }), Request);
        Assert.False(same.Enough);
        Assert.Contains("the same in all", same.Reason);
    }

    [Fact]
    public void An_action_that_is_taken_by_rule_cannot_be_compared()
    {
        foreach (double steepness in new[] { 20.0, 1000 })
        {
            ActionEffect effect = EffectEstimator.Estimate(Simulate(5, 400, Normal(2), x => steepness * x[0], (x, treated) => (treated ? 1 : 0) + x[0]), Request);
            Assert.False(effect.Enough);
            Assert.Contains("no overlap", effect.Reason);
            Assert.Null(effect.Effect);
        }
    }

    [Fact]
    public void A_rare_action_is_no_lack_of_overlap()
    {
        ActionEffect effect = EffectEstimator.Estimate(Simulate(6, 4000, Normal(2), x => -4 + .3 * x[0], (x, treated) => (treated ? 1 : 0) + x[0]), Request);
        Assert.True(effect.Enough, effect.Reason);
        Assert.InRange(1, effect.Lower!.Value, effect.Upper!.Value);
    }

    [Fact]
    public void Without_situations_it_is_the_difference_of_means_and_says_so()
    {
        List<EpisodeFacts> episodes = Simulate(7, 200, Normal(0), _ => 0, (_, treated) => treated ? 1 : 0);
        ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
        Assert.Equal(Naive(episodes), effect.Effect!.Value, 2);
        Assert.Contains("difference of means", effect.Method);
        // Welch's interval of the same data, by its formula with the normal quantile (200 episodes).
        double Spread(bool treated)
        {
            double[] y = [.. episodes.Where(episode => episode.Action.Count > 0 == treated).Select(episode => episode.Outcome[0].Value)];
            return y.Sum(value => (value - y.Average()) * (value - y.Average())) / (y.Length - 1) / y.Length;
        }
        Assert.Equal(1, (effect.Upper!.Value - effect.Lower!.Value) / (2 * 1.972 * Math.Sqrt(Spread(true) + Spread(false))), 1);
    }

    [Fact]
    public void Outcomes_that_never_differed_within_an_arm_leave_room_for_what_was_not_seen()
    {
        List<EpisodeFacts> episodes = [];
        for (int i = 0; i < 60; i++)
        {
            episodes.Add(Fact((ulong)i, i % 2 == 0, [i % 5], i % 2 == 0 ? 1 : 0));
        }
        ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
        Assert.Equal(1, effect.Effect!.Value, 9);
        Assert.InRange(effect.Lower!.Value, .8, .9);   // 30 of 30 and 0 of 30: rule of three, 1 - sqrt(2) * 3 / 30
    }

    [Fact]
    public void The_reward_is_an_outcome_and_unknown_ones_do_not_count()
    {
        List<EpisodeFacts> episodes = Simulate(8, 300, Normal(1), x => .5 * x[0], (x, treated) => (treated ? 2 : 0) + x[0]);
        episodes = episodes.ConvertAll(episode => episode with { Outcome = [], Reward = episode.Id % 3 == 0 ? null : episode.Outcome[0].Value });
        ActionEffect effect = EffectEstimator.Estimate(episodes, Request with { Outcome = "reward" });
        Assert.Equal(200, effect.Treated + effect.Control);
        Assert.InRange(2, effect.Lower!.Value, effect.Upper!.Value);
    }

    [Fact]
    public void Strange_numbers_do_not_come_out()
    {
        RandomStream random = new(12);
        double[] strange = [1e300, -1e300, double.MaxValue, double.MinValue, 0, double.Epsilon, double.NaN, double.PositiveInfinity, 1, 1, 1];
        int enough = 0;
        for (int round = 0; round < 60; round++)
        {
            List<EpisodeFacts> episodes = [];
            for (int i = 0; i < 150; i++)
            {
                double odd = strange[random.NextBits() % (ulong)strange.Length];
                episodes.Add(Fact((ulong)i, random.NextBits() % 2 == 0, [(float)odd, (float)random.NextNormal(), float.NaN], round % 2 == 0 ? random.NextNormal() : odd));
            }
            ActionEffect effect = EffectEstimator.Estimate(episodes, Request);
            enough += effect.Enough ? 1 : 0;
            Assert.Equal(effect.Enough, effect.Effect is { } value && double.IsFinite(value));
            Assert.True(effect.Lower is null || double.IsFinite(effect.Lower.Value) && double.IsFinite(effect.Upper!.Value));
        }
        Assert.True(enough >= 25, $"{enough}");
    }

    [Fact]
    public void A_coverage_that_is_no_share_is_refused() => Assert.Throws<InvalidInputException>(() => EffectEstimator.Estimate([], Request with { Coverage = 0 }));
}
