namespace RanCognition.Cognition.Integration;

/// <summary>The split of a Gaussian process in two that loses the least, over every split.</summary>
/// <remarks>
/// What a split loses is the stochastic interaction of its sides: sum of h(M now | M before) over the sides M, minus h(X now | X before), h the entropy of the Gaussian. Ay, "Information geometry
/// on complexity and stochastic interaction", 2001 (Entropy 17, 2015); Barrett and Seth, "Practical measures of integrated information for time-series data", PLoS Comput. Biol. 7, 2011.
/// It is 0 or more for every covariance, since to know less of the past, and nothing of the other side's present, can only add entropy.
/// </remarks>
internal static class PartitionSearch
{
    // Rounding can take the last bits of a variance that is nearly known; what is left of it is never less than this.
    private const double PivotMin = 1e-300;

    /// <summary>The split whose loss by metric of its smaller side is least; of equal ones the first.</summary>
    /// <remarks>Without that normalisation the split is nearly always one against the rest (Balduzzi and Tononi, PLoS Comput. Biol. 4, 2008: the repertoire of the smaller side, which grows with its size).</remarks>
    /// <param name="covariance">Of all values one period before, then of all values now: positive definite, 2 count x 2 count, row by row.</param>
    /// <param name="count">Processes, 2 or more.</param>
    /// <param name="phi">What the split loses, nats.</param>
    /// <returns>Bit i: process i is on the first side; bit 0 always is.</returns>
    public static int Find(double[] covariance, int count, out double phi)
    {
        int all = (1 << count) - 1;
        double[] entropies = new double[all + 1];
        double[] factor = new double[4 * count * count];
        for (int side = 1; side <= all; side++)
        {
            entropies[side] = ConditionalEntropy(covariance, count, side, factor);
        }
        int best = all;
        double least = double.PositiveInfinity;
        phi = double.PositiveInfinity;
        for (int side = 1; side < all; side += 2)
        {
            double lost = Math.Max(0, entropies[side] + entropies[all ^ side] - entropies[all]);
            int first = int.PopCount(side), size = Math.Min(first, count - first);
            if (lost / size < least)
            {
                (least, best, phi) = (lost / size, side, lost);
            }
        }
        return best;
    }

    /// <summary>Entropy of the processes of a side given their own past, nats, less a constant for each: the logarithms of the last pivots of the factor of Cholesky.</summary>
    private static double ConditionalEntropy(double[] covariance, int count, int side, double[] factor)
    {
        Span<int> rows = stackalloc int[2 * count];
        int size = 0;
        for (int process = 0; process < count; process++)
        {
            if ((side >> process & 1) != 0)
            {
                rows[size++] = process;
            }
        }
        for (int i = 0; i < size; i++)
        {
            rows[size + i] = count + rows[i];
        }
        double entropy = 0;
        for (int i = 0; i < 2 * size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = covariance[rows[i] * 2 * count + rows[j]];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i * 2 * size + k] * factor[j * 2 * size + k];
                }
                factor[i * 2 * size + j] = i == j ? Math.Sqrt(Math.Max(sum, PivotMin)) : sum / factor[j * 2 * size + j];
            }
            entropy += i >= size ? Math.Log(factor[i * 2 * size + i]) : 0;
        }
        return entropy;
    }
}
