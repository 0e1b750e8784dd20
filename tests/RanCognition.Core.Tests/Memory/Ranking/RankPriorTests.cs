using RanCognition.Contracts;
using RanCognition.Memory.Ranking;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Ranking;

public class RankPriorTests
{
    private const ulong Day = 86_400_000_000_000;
    private const ulong Now = 20_000 * Day;

    [Fact]
    public void Recency_halves_with_each_half_life()
    {
        RankPrior prior = new(new RankWeights(), Now, null, (0, 1));
        Assert.Equal(1, prior.Recency(Now));
        Assert.Equal(.5, prior.Recency(Now - Day));
        Assert.Equal(.25, prior.Recency(Now - 2 * Day));
        Assert.Equal(Math.Pow(2, -.3), prior.Recency(Now - 3 * Day / 10), 14);
    }

    [Fact]
    public void The_future_is_as_recent_as_now_and_the_far_past_is_0()
    {
        Assert.Equal(1, new RankPrior(new RankWeights(), Now, null, (0, 1)).Recency(Now + Day));
        Assert.Equal(1, new RankPrior(new RankWeights(), 0, 1, (0, 1)).Recency(long.MaxValue));
        Assert.Equal(0, new RankPrior(new RankWeights(), long.MaxValue, 1, (0, 1)).Recency(0));
        Assert.Equal(0, new RankPrior(new RankWeights(), Now, 0, (0, 1)).Recency(Now - 1));
        Assert.Equal(1, new RankPrior(new RankWeights(), Now, 0, (0, 1)).Recency(Now));
    }

    [Fact]
    public void Recency_is_the_power_of_2_whatever_the_age()
    {
        RandomStream random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            ulong halfLife = 1 + (random.NextBits() >> (int)(1 + random.NextBits() % 60)), age = random.NextBits() >> (int)(1 + random.NextBits() % 60);
            double expected = Math.Pow(2, -(double)age / halfLife), actual = new RankPrior(new RankWeights(), long.MaxValue, halfLife, (0, 1)).Recency(long.MaxValue - age);
            Assert.True(expected < 1e-290 ? actual < 1e-290 : Math.Abs(actual / expected - 1) < 1e-12, $"{age} / {halfLife}: {actual} and not {expected}");
        }
    }

    [Fact]
    public void Rewards_are_scaled_between_the_smallest_and_the_largest()
    {
        RankPrior prior = new(new RankWeights(), Now, null, (-2, 6));
        Assert.Equal(0, prior.Reward(-2));
        Assert.Equal(1, prior.Reward(6));
        Assert.Equal(.25, prior.Reward(0));
        Assert.Null(prior.Reward(double.NaN));
        Assert.Equal(.5, new RankPrior(new RankWeights(), Now, null, (3, 3)).Reward(3));
        Assert.Equal(.75, new RankPrior(new RankWeights(), Now, null, (-double.MaxValue, double.MaxValue)).Reward(double.MaxValue / 2));
        Assert.Equal(.5, new RankPrior(new RankWeights(), Now, null, (double.PositiveInfinity, double.NegativeInfinity)).Reward(3));
    }

    [Fact]
    public void The_prior_of_each_row_is_the_weighted_sum_of_its_parts_to_the_bit()
    {
        RandomStream random = new(11);
        RankWeights weights = new(1, .7, .3);
        RankPrior rank = new(weights, Now, Day / 3, (-1, 1));
        for (int rows = 0; rows < 40; rows++)
        {
            ulong[] times = new ulong[rows];
            double[] rewards = new double[rows], prior = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                times[i] = Now + Day - random.NextBits() % (20 * Day);
                rewards[i] = i % 3 == 0 ? double.NaN : 2 * random.NextDouble() - 1;
            }
            Array.Fill(prior, 99);   // what was there does not matter
            rank.Fill(times, rewards, prior);
            for (int i = 0; i < rows; i++)
            {
                Assert.Equal(weights.Recency * rank.Recency(times[i]) + weights.Reward * (rank.Reward(rewards[i]) ?? .5), prior[i]);
            }
        }
    }

    [Fact]
    public void What_has_no_weight_is_not_needed()
    {
        double[] prior = [7, 7];
        new RankPrior(new RankWeights(), Now, null, (0, 1)).Fill([], [], prior);
        Assert.Equal([0.0, 0], prior);
        new RankPrior(new RankWeights(1, 0, 2), Now, null, (0, 4)).Fill([], [1, 4], prior);
        Assert.Equal([.5, 2], prior);
    }
}
