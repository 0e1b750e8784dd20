namespace RanCognition.Optimization.Son;

/// <summary>The best shares on a grid when what each share gives is concave: step after step to whom it helps most.</summary>
/// <remarks>Optimal for sums of concave functions under one limit of the sum: Federgruen and Groenevelt, "The greedy procedure for resource allocation problems", Operations Research 34, 1986. Ties go to the first.</remarks>
internal static class GreedyShares
{
    /// <param name="gain">What slice i gives with a share; concave and finite from lower on.</param>
    /// <param name="lower">Smallest shares; their sum is at most 1.</param>
    /// <param name="upper">Largest shares.</param>
    /// <param name="step">Distance of two shares.</param>
    public static double[] Fill(Func<int, double, double> gain, double[] lower, double[] upper, double step)
    {
        const double tolerance = 1e-9;
        int count = lower.Length;
        double[] next = new double[count];
        int[] steps = new int[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += lower[i];
            next[i] = Next(i);
        }
        for (long left = (long)Math.Floor((1 - sum) / step + tolerance); left > 0; left--)
        {
            int best = 0;
            for (int i = 1; i < count; i++)
            {
                best = next[i] > next[best] ? i : best;
            }
            if (!(next[best] > 0))
            {
                break;
            }
            steps[best]++;
            next[best] = Next(best);
        }
        double[] shares = new double[count];
        for (int i = 0; i < count; i++)
        {
            shares[i] = ShareOf(i, steps[i]);
        }
        return shares;

        double ShareOf(int i, int taken) => lower[i] + taken * step;

        double Next(int i)
        {
            double share = ShareOf(i, steps[i] + 1);
            return share > upper[i] + tolerance ? double.NegativeInfinity : gain(i, share) - gain(i, ShareOf(i, steps[i]));
        }
    }
}
