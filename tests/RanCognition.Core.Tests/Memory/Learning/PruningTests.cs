using RanCognition.Contracts;
using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class PruningTests
{
    private const ulong Now = 1000;

    [Fact]
    public void Without_a_bound_nothing_goes() => Assert.Empty(Pruning.Choose([1, 2], [0, 0], [0, double.NaN], new PruneAnalysis(), Now));

    [Fact]
    public void Each_bound_says_what_goes()
    {
        ulong[] ids = [1, 2, 3, 4], times = [900, 899, 1500, 950];
        double[] rewards = [double.NaN, 3, -1, 0];
        Assert.Equal([1], Pruning.Choose(ids, times, rewards, new PruneAnalysis { MaxAgeNs = 100 }, Now));
        Assert.Equal([2], Pruning.Choose(ids, times, rewards, new PruneAnalysis { MinReward = 0 }, Now));
        Assert.Equal([0, 1], Pruning.Choose(ids, times, rewards, new PruneAnalysis { MaxRows = 2 }, Now));
        Assert.Equal([0, 1, 2, 3], Pruning.Choose(ids, times, rewards, new PruneAnalysis { MaxRows = 0 }, Now));
        Assert.Equal([1, 2], Pruning.Choose(ids, times, rewards, new PruneAnalysis { MaxRows = 2, MaxAgeNs = 100, MinReward = 0 }, Now));
    }

    [Fact]
    public void At_one_time_the_larger_id_is_newer() => Assert.Equal([1], Pruning.Choose([8, 3, 9], [5, 5, 5], [0, 0, 0], new PruneAnalysis { MaxRows = 2 }, Now));

    [Fact]
    public void Limits_that_cannot_be_reached_are_no_limits()
    {
        PruneAnalysis bounds = new() { MaxRows = ulong.MaxValue, MaxAgeNs = ulong.MaxValue, MinReward = double.NegativeInfinity };
        Assert.Empty(Pruning.Choose([1, 2], [0, ulong.MaxValue], [-1e300, double.NaN], bounds, ulong.MaxValue));
        Assert.Empty(Pruning.Choose([], [], [], new PruneAnalysis { MaxRows = 0 }, Now));
    }

    [Fact]
    public void What_stays_is_what_the_bounds_say_in_any_mixture()
    {
        RandomStream random = new(4);
        for (int round = 0; round < 300; round++)
        {
            int n = (int)(random.NextBits() % 20);
            ulong[] ids = new ulong[n], times = new ulong[n];
            double[] rewards = new double[n];
            for (int i = 0; i < n; i++)
            {
                (ids[i], times[i], rewards[i]) = ((ulong)(i * 7 % 23), 990 + random.NextBits() % 12, random.NextBits() % 4 == 0 ? double.NaN : random.NextBits() % 5);
            }
            PruneAnalysis bounds = new()
            {
                MaxRows = random.NextBits() % 2 == 0 ? null : random.NextBits() % 10,
                MaxAgeNs = random.NextBits() % 2 == 0 ? null : random.NextBits() % 8,
                MinReward = random.NextBits() % 2 == 0 ? null : 2,
            };
            var kept = Enumerable.Range(0, n)
                .Where(i => bounds.MaxAgeNs is null || times[i] + bounds.MaxAgeNs.Value >= Now)
                .Where(i => bounds.MinReward is null || double.IsNaN(rewards[i]) || rewards[i] >= bounds.MinReward)
                .OrderByDescending(i => times[i]).ThenByDescending(i => ids[i]).Take((int)Math.Min(bounds.MaxRows ?? 1000, 1000));
            Assert.Equal(Enumerable.Range(0, n).Except(kept).Order(), Pruning.Choose(ids, times, rewards, bounds, Now));
        }
    }
}
