namespace RanCognition.Optimization.Search;

/// <summary>The constants of CMA-ES for a dimension and a population: weights of the ranks and rates of learning.</summary>
/// <remarks>Source: Hansen, "The CMA evolution strategy: a tutorial", 2016, with negative weights; diagonal: Ros and Hansen, "A simple modification in CMA-ES achieving linear time and space complexity", 2008.</remarks>
internal sealed class CovarianceWeights
{
    public CovarianceWeights(int dimension, int population, bool isDiagonal)
    {
        double n = dimension;
        Parents = population / 2;
        ByRank = new double[population];
        double sum = 0, squares = 0, negativeSum = 0, negativeSquares = 0;
        for (int i = 0; i < population; i++)
        {
            double weight = ByRank[i] = Math.Log((population + 1) / 2.0) - Math.Log(i + 1.0);
            if (i < Parents)
            {
                sum += weight;
                squares += weight * weight;
            }
            else
            {
                negativeSum += weight;
                negativeSquares += weight * weight;
            }
        }
        EffectiveParents = sum * sum / squares;
        double negative = negativeSum * negativeSum / negativeSquares, parents = EffectiveParents;
        StepRate = (parents + 2) / (n + parents + 5);
        StepDamping = 1 + 2 * Math.Max(0, Math.Sqrt((parents - 1) / (n + 1)) - 1) + StepRate;
        PathRate = (4 + parents / n) / (n + 4 + 2 * parents / n);
        double faster = isDiagonal ? (n + 2) / 3 : 1;
        RankOneRate = faster * 2 / ((n + 1.3) * (n + 1.3) + parents);
        ParentsRate = Math.Min(1 - RankOneRate, faster * 2 * (0.25 + parents + 1 / parents - 2) / ((n + 2) * (n + 2) + parents));
        double negativeTotal = Math.Min(
            Math.Min(1 + RankOneRate / ParentsRate, 1 + 2 * negative / (parents + 2)),
            Math.Max(0, 1 - RankOneRate - ParentsRate) / (n * ParentsRate));
        for (int i = 0; i < population; i++)
        {
            ByRank[i] *= ByRank[i] >= 0 ? 1 / sum : negativeTotal / -negativeSum;
            Total += ByRank[i];
        }
        ExpectedNorm = Math.Sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    }

    /// <summary>Ranks that the mean is made of.</summary>
    public int Parents { get; }

    /// <summary>Weights of the ranks; those of the parents sum to 1, the others are at most 0.</summary>
    public double[] ByRank { get; }

    public double Total { get; }

    public double EffectiveParents { get; }

    /// <summary>c_sigma.</summary>
    public double StepRate { get; }

    /// <summary>d_sigma.</summary>
    public double StepDamping { get; }

    /// <summary>c_c.</summary>
    public double PathRate { get; }

    /// <summary>c_1.</summary>
    public double RankOneRate { get; }

    /// <summary>c_mu.</summary>
    public double ParentsRate { get; }

    /// <summary>Expected length of a standard normal vector.</summary>
    public double ExpectedNorm { get; }
}
