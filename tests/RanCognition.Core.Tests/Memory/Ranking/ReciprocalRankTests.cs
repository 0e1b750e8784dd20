using RanCognition.Memory.Ranking;

namespace RanCognition.Tests.Memory.Ranking;

public class ReciprocalRankTests
{
    [Fact]
    public void Scores_are_those_of_the_formula_and_ties_go_by_id()
    {
        var fused = ReciprocalRank.Fuse([new([9, 4, 7], 1), new([4, 9, 2], 1)]);
        Assert.Equal([4UL, 9, 2, 7], fused.Select(hit => hit.Id));
        double[] expected = [1 / 61.0 + 1 / 62.0, 1 / 61.0 + 1 / 62.0, 1 / 63.0, 1 / 63.0];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], fused[i].Score, 15);
        }
    }

    [Fact]
    public void Weights_count()
    {
        Assert.Equal([2UL, 1], ReciprocalRank.Fuse([new([1, 2], 1), new([2, 1], 1.5)]).Select(hit => hit.Id));
        Assert.Equal([(5UL, 0.0)], ReciprocalRank.Fuse([new([5], 0)]));
    }

    [Fact]
    public void An_id_counts_once_a_list_and_nothing_gives_nothing()
    {
        var fused = ReciprocalRank.Fuse([new([3, 3, 1], 1)]);
        Assert.Equal([(3UL, 1 / 61.0), (1UL, 1 / 63.0)], fused);
        Assert.Empty(ReciprocalRank.Fuse([]));
        Assert.Empty(ReciprocalRank.Fuse([new([], 1)]));
    }

    [Fact]
    public void The_first_place_has_the_part_1_and_none_has_0()
    {
        Assert.Equal(1, ReciprocalRank.Part(1));
        Assert.Equal(61 / 160.0, ReciprocalRank.Part(100), 15);
        Assert.True(ReciprocalRank.Part(int.MaxValue) > 0);
    }
}
