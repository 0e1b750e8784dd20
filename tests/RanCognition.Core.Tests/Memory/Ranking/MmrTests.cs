using RanCognition.Memory.Ranking;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Ranking;

public class MmrTests
{
    [Fact]
    public void Lambda_1_is_the_order_of_relevance_with_ties_by_index_and_asks_for_no_similarity()
    {
        double[] relevance = [.2, .9, .5, .9, .1];
        Assert.Equal([1, 3, 2, 0, 4], Mmr.Select(relevance, (_, _) => throw new InvalidOperationException(), 5, 1));
    }

    [Fact]
    public void A_copy_of_a_chosen_hit_waits_behind_one_that_is_different()
    {
        // 0 and 1 are the same; by hand: 1 has .5 * .9 - .5 * 1 = -.05, and 2 has .5 * .4 - .5 * 0 = .2.
        double[] relevance = [1, .9, .4];
        double Similarity(int a, int b) => a + b == 1 ? 1 : 0;
        Assert.Equal([0, 2, 1], Mmr.Select(relevance, Similarity, 3, .5));
        Assert.Equal([0, 1, 2], Mmr.Select(relevance, Similarity, 3, .95));
    }

    [Fact]
    public void Every_choice_is_the_best_by_the_definition()
    {
        RandomStream random = new(7);
        for (int round = 0; round < 200; round++)
        {
            int n = 1 + (int)(random.NextBits() % 12), k = (int)(random.NextBits() % 15);
            double lambda = random.NextBits() % 5 / 4.0;
            double[] relevance = new double[n], at = new double[n];
            for (int i = 0; i < n; i++)
            {
                relevance[i] = random.NextBits() % 8 / 8.0;   // with ties
                at[i] = random.NextBits() % 4;
            }
            double Similarity(int a, int b) => 1 / (1 + Math.Abs(at[a] - at[b]));
            Assert.Equal(Naive(relevance, Similarity, k, lambda), Mmr.Select(relevance, Similarity, k, lambda));
        }
    }

    [Fact]
    public void Strange_numbers_and_counts_still_give_every_candidate_once()
    {
        double[] relevance = [double.NaN, 1, double.NegativeInfinity, double.PositiveInfinity, 0];
        Assert.Equal([0, 1, 2, 3, 4], Mmr.Select(relevance, (_, _) => double.NaN, 9, .5).Order());
        Assert.Empty(Mmr.Select([], (_, _) => 0, 3, .5));
        Assert.Empty(Mmr.Select([1, 2], (_, _) => 0, 0, .5));
        Assert.Empty(Mmr.Select([1, 2], (_, _) => 0, -1, .5));
    }

    private static List<int> Naive(double[] relevance, Func<int, int, double> similarity, int k, double lambda)
    {
        List<int> chosen = [];
        while (chosen.Count < Math.Min(k, relevance.Length))
        {
            chosen.Add(Enumerable.Range(0, relevance.Length).Except(chosen)
                .OrderByDescending(i => chosen.Count == 0 ? relevance[i] : lambda == 1 ? relevance[i] : lambda * relevance[i] - (1 - lambda) * chosen.Max(j => similarity(i, j)))
                .ThenBy(i => i).First());
        }
        return chosen;
    }
}
