namespace RanCognition.Memory.Learning;

/// <summary>The episodes with the action, or those without, and what their weights leave of them.</summary>
/// <param name="Count">Episodes.</param>
/// <param name="Sum">Of the weights 1 / probability of having done what was done.</param>
/// <param name="Effective">Kish's effective sample size: so many episodes of equal weight would say as much.</param>
/// <param name="Constant">All outcomes of the arm are the same.</param>
internal readonly record struct Arm(int Count, double Sum, double Effective, bool Constant)
{
    // The rule of three: what was never seen in n tries has a rate of up to 3 / n, two deviations of 1.5 / n.
    private const double DeviationTries = 1.5;

    public static Arm Of(EffectSample sample, bool treated, double[] propensities)
    {
        double sum = 0, squares = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
        int count = 0;
        for (int row = 0; row < propensities.Length; row++)
        {
            if (sample.Treated[row] == treated)
            {
                double weight = 1 / (treated ? propensities[row] : 1 - propensities[row]);
                count++;
                sum += weight;
                squares += weight * weight;
                low = Math.Min(low, sample.Outcomes[row]);
                high = Math.Max(high, sample.Outcomes[row]);
            }
        }
        return new Arm(count, sum, sum * sum / squares, low == high);
    }

    /// <summary>Variance for outcomes that the arm has not shown yet, where it has shown one only.</summary>
    /// <param name="range">Of the outcomes of both arms.</param>
    public double Unseen(double range) => Constant ? Math.Pow(DeviationTries * range / Effective, 2) : 0;
}
