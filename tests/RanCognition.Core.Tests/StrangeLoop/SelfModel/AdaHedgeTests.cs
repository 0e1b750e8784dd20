using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

public sealed class AdaHedgeTests
{
    [Fact]
    public void Weights_and_gap_are_those_of_the_paper_computed_directly()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            int experts = random.Next(2, 9);
            AdaHedge hedge = new(experts);
            double[] totals = new double[experts];
            double gap = 0;
            for (int t = 0; t < 100; t++)
            {
                double[] losses = new double[experts];
                for (int k = 0; k < experts; k++)
                {
                    losses[k] = random.NextDouble() * (k + 1) + (seed % 3 == 0 ? 50 : 0);
                }
                double[] weights = Direct(totals, gap, experts);
                for (int k = 0; k < experts; k++)
                {
                    Assert.Equal(weights[k], hedge.Weights[k], 1e-9);
                }
                double mean = weights.Zip(losses, (w, l) => w * l).Sum();
                double rate = Math.Log(experts) / gap;
                double mix = gap == 0 ? losses.Min() : -LogSumExp(weights.Zip(losses, (w, l) => Math.Log(w) - rate * l).ToArray()) / rate;
                gap += Math.Max(0, mean - mix);
                totals = totals.Zip(losses, (a, b) => a + b).ToArray();
                hedge.Learn(losses);
                Assert.Equal(gap, hedge.MixabilityGap, 1e-9 * gap);
            }
        }
    }

    [Fact]
    public void First_steps_have_their_closed_form()
    {
        AdaHedge hedge = new(2);
        Assert.Equal([.5, .5], hedge.Weights.ToArray());
        hedge.Learn([3, 4]);
        // Mean loss 1/2 above the leader's: the gap is 1/2, the rate 2 ln 2, the ratio of the weights exp(-2 ln 2).
        Assert.Equal(.5, hedge.MixabilityGap);
        Assert.Equal(.8, hedge.Weights[0], 1e-15);
        Assert.Equal(.2, hedge.Weights[1], 1e-15);
        Assert.Equal(.5, hedge.Regret);
        Assert.Equal(1, hedge.RegretBound, 1e-12);
    }

    [Fact]
    public void Weights_do_not_depend_on_the_unit_of_losses_nor_on_what_all_share()
    {
        Random random = new(1);
        AdaHedge plain = new(4), large = new(4), small = new(4), shifted = new(4);
        for (int t = 0; t < 300; t++)
        {
            double[] losses = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() * 1.5];
            large.Learn(losses.Select(l => l * 1e140).ToArray());
            small.Learn(losses.Select(l => l * 1e-140).ToArray());
            shifted.Learn(losses.Select(l => l + 8).ToArray());
            plain.Learn(losses);
            for (int k = 0; k < 4; k++)
            {
                Assert.Equal(plain.Weights[k], large.Weights[k], 1e-9);
                Assert.Equal(plain.Weights[k], small.Weights[k], 1e-9);
                Assert.Equal(plain.Weights[k], shifted.Weights[k], 1e-9);
            }
        }
    }

    [Fact]
    public void One_expert_alone_has_no_regret()
    {
        AdaHedge hedge = new(1);
        hedge.Learn([5]);
        hedge.Learn([1e9]);
        Assert.Equal((0.0, 0.0, 1.0), (hedge.Regret, hedge.RegretBound, hedge.Weights[0]));
    }

    [Fact]
    public void Good_expert_gets_the_weight_and_the_mixture_is_the_weighted_mean_before_the_correction()
    {
        LoopBook book = new(new StrangeLoopOptions { Levels = 0 });
        Random random = new(2);
        LoopObservation next = new() { LoopId = "l", Experts = [LoopSpeech.Expert("good", 1, 2), LoopSpeech.Expert("bad", 4, 0)] };
        LoopReply reply = book.Observe(next, 0);
        Assert.Equal([2.5, 1], reply.Corrected.Select(c => c.Mean!.Value));
        Assert.Null(reply.Regret);
        double[] totals = [0, 0];
        double mixed = 0;
        for (int t = 0; t < 200; t++)
        {
            double[] observed = [1 + LoopSpeech.Normal(random), 2 + LoopSpeech.Normal(random)];
            double[] losses = [(Math.Abs(observed[0] - 1) + Math.Abs(observed[1] - 2)) / 2, (Math.Abs(observed[0] - 4) + Math.Abs(observed[1])) / 2];
            mixed += reply.Weights[0].Weight * losses[0] + reply.Weights[1].Weight * losses[1];
            totals = [totals[0] + losses[0], totals[1] + losses[1]];
            reply = book.Observe(next with { Observed = [new LoopValue("m0", observed[0]), new LoopValue("m1", observed[1])] }, 0);
            double weight = reply.Weights[0].Weight;
            Assert.Equal(weight + 4 * (1 - weight), reply.Corrected[0].Mean!.Value, 1e-12);
            Assert.Equal(2 * weight, reply.Corrected[1].Mean!.Value, 1e-12);
            Assert.Equal(mixed - totals.Min(), reply.Regret!.Value, 1e-9);
        }
        Assert.True(reply.Weights[0].Weight > .99);
        Assert.Null(reply.Corrected[0].Lower);
        Assert.Null(reply.Coverage);
    }

    [Fact]
    public void Experts_in_another_order_are_the_same_and_other_names_begin_anew()
    {
        LoopBook book = new(new StrangeLoopOptions());
        book.Observe(new LoopObservation { LoopId = "l", Experts = [LoopSpeech.Expert("a", 0), LoopSpeech.Expert("b", 1)] }, 0);
        LoopReply turned = book.Observe(new LoopObservation { LoopId = "l", Observed = [new LoopValue("m0", 0)], Experts = [LoopSpeech.Expert("b", 1), LoopSpeech.Expert("a", 0)] }, 0);
        Assert.Equal(["a", "b"], turned.Weights.Select(w => w.Name));
        Assert.Equal(.8, turned.Weights[0].Weight, 1e-12);
        Assert.Equal(1UL, turned.Regret!.Steps);
        LoopReply other = book.Observe(new LoopObservation { LoopId = "l", Observed = [new LoopValue("m0", 0)], Experts = [LoopSpeech.Expert("a", 0), LoopSpeech.Expert("c", 1)] }, 0);
        Assert.Null(other.Regret);
        Assert.Equal([.5, .5], other.Weights.Select(w => w.Weight));
    }

    [Fact]
    public void Step_is_judged_by_the_metrics_that_were_observed()
    {
        LoopBook book = new(new StrangeLoopOptions());
        book.Observe(new LoopObservation { LoopId = "l", Experts = [LoopSpeech.Expert("a", 0, 9), LoopSpeech.Expert("b", 1, 0)] }, 0);
        LoopReply reply = book.Observe(new LoopObservation { LoopId = "l", Observed = [new LoopValue("m0", 0)] }, 0);
        Assert.Equal(.8, reply.Weights[0].Weight, 1e-12);
        // The other metric's prediction is still open; it teaches the correction, not the weights.
        Assert.Equal(1UL, book.Observe(new LoopObservation { LoopId = "l", Observed = [new LoopValue("m1", 0)] }, 0).Regret!.Steps);
    }

    private static double[] Direct(double[] totals, double gap, int experts)
    {
        if (gap == 0)
        {
            double[] leaders = totals.Select(l => l == totals.Min() ? 1.0 : 0).ToArray();
            return leaders.Select(l => l / leaders.Sum()).ToArray();
        }
        double[] logs = totals.Select(l => -Math.Log(experts) / gap * l).ToArray();
        double sum = LogSumExp(logs);
        return logs.Select(l => Math.Exp(l - sum)).ToArray();
    }

    private static double LogSumExp(double[] values) => values.Max() + Math.Log(values.Select(v => Math.Exp(v - values.Max())).Sum());
}
