using RanCognition.Contracts;
using RanCognition.Memory.Ranking;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Ranking;

public class ExplanationTests
{
    [Fact]
    public void Shares_are_parts_of_the_squared_distance_largest_first_ties_by_name()
    {
        var why = Explanation.Of([1, 0, 2, 0], [0, 3, 1, -1], ["b", "c", "a", "d"], DistanceMetric.L2);
        Assert.Equal([new("c", 3, .75), new("a", -1, 1 / 12.0), new("b", -1, 1 / 12.0), new DistanceShare("d", -1, 1 / 12.0)], why);
    }

    [Fact]
    public void A_metric_that_one_side_lacks_has_no_difference_but_the_share_of_its_stand_in()
    {
        var why = Explanation.Of([2, float.NaN, float.NaN], [1, 3], ["a", "b", "c"], DistanceMetric.L2);
        Assert.Equal([new("b", null, .9), new DistanceShare("a", -1, .1)], why);   // c is missing on both sides
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.InnerProduct)]
    public void Products_are_shared_by_size(DistanceMetric metric)
    {
        var why = Explanation.Of([1, -2, 3], [4, 2, 0], null, metric);
        Assert.Equal([new("[0]", 3, .5), new("[1]", 4, .5), new DistanceShare("[2]", -3, 0)], why);
    }

    [Fact]
    public void Without_a_difference_there_is_nothing_to_share()
    {
        Assert.Equal([new("a", 0, 0), new DistanceShare("b", 0, 0)], Explanation.Of([1, 2], [1, 2], ["a", "b"], DistanceMetric.L2));
        Assert.Empty(Explanation.Of([], [], null, DistanceMetric.L2));
    }

    [Fact]
    public void Shares_sum_to_1_for_any_numbers()
    {
        RandomStream random = new(5);
        foreach (DistanceMetric metric in Enum.GetValues<DistanceMetric>())
        {
            for (int round = 0; round < 300; round++)
            {
                int n = 1 + (int)(random.NextBits() % 40);
                float[] query = new float[n], episode = new float[n];
                for (int i = 0; i < n; i++)
                {
                    query[i] = Some(ref random);
                    episode[i] = Some(ref random);
                }
                (query[0], episode[0]) = (1, 2);
                var why = Explanation.Of(query, episode, null, metric);
                Assert.Equal(1, why.Sum(part => part.Share), 12);
                Assert.All(why, part => Assert.InRange(part.Share, 0, 1));
                Assert.Equal(why.OrderByDescending(part => part.Share).ThenBy(part => part.Metric, StringComparer.Ordinal), why);
            }
        }

        static float Some(ref RandomStream random) => (random.NextBits() % 6) switch
        {
            0 => float.NaN,
            1 => 0,
            2 => float.MaxValue,
            3 => -1e-40f,
            _ => (float)random.NextNormal(),
        };
    }
}
