namespace RanCognition.Memory.Ranking;

/// <summary>Maximal marginal relevance: good hits that are not all the same hit. Source: Carbonell and Goldstein, SIGIR 1998.</summary>
internal static class Mmr
{
    /// <summary>
    /// Candidates in the order chosen: the most relevant first, then each time the largest lambda * relevance - (1 - lambda) * (largest similarity to one chosen already); ties by index.
    /// </summary>
    /// <param name="relevance">NaN = the least of all.</param>
    /// <param name="similarity">Of two candidates by index, the later chosen first; 1 = the same. Asked for count * k pairs at most, and for none when lambda is 1.</param>
    /// <param name="k">Wanted; fewer come when there are fewer.</param>
    /// <param name="lambda">0..1; 1 = by relevance alone.</param>
    public static int[] Select(ReadOnlySpan<double> relevance, Func<int, int, double> similarity, int k, double lambda)
    {
        int[] chosen = new int[Math.Min(Math.Max(k, 0), relevance.Length)];
        bool[] taken = new bool[relevance.Length];
        double[] nearest = new double[relevance.Length];   // largest similarity to one that was chosen
        Array.Fill(nearest, double.NegativeInfinity);
        for (int place = 0; place < chosen.Length; place++)
        {
            int best = -1;
            double bestValue = 0;
            for (int i = 0; i < relevance.Length; i++)
            {
                if (taken[i])
                {
                    continue;
                }
                double value = place == 0 || lambda >= 1 ? relevance[i] : lambda * relevance[i] - (1 - lambda) * nearest[i];
                value = double.IsNaN(value) ? double.NegativeInfinity : value;
                if (best < 0 || value > bestValue)
                {
                    (best, bestValue) = (i, value);
                }
            }
            chosen[place] = best;
            taken[best] = true;
            for (int i = 0; lambda < 1 && place + 1 < chosen.Length && i < relevance.Length; i++)
            {
                if (!taken[i])
                {
                    nearest[i] = Math.Max(nearest[i], similarity(i, best));
                }
            }
        }
        return chosen;
    }
}
