namespace RanCognition.Temporal.Patterns;

/// <summary>A shape that a series repeats.</summary>
/// <param name="Period">Length in samples, 2 or more, need not be whole.</param>
/// <param name="Profile">Mean deviation at equally long parts of the period; their mean is 0.</param>
/// <param name="Cycles">Whole periods in the series.</param>
/// <param name="Strength">Share of the series' variance that the profile explains, 0..1.</param>
/// <param name="PValue">Bound on the probability that noise repeats like this at any period, 0..1.</param>
internal sealed record Season(double Period, double[] Profile, int Cycles, double Strength, double PValue)
{
    /// <summary>The part of the period in which each sample lies.</summary>
    public static int[] Bins(int samples, double period, int bins)
    {
        int[] result = new int[samples];
        if (period == bins)   // whole periods, the usual case
        {
            for (int t = 0, bin = 0; t < samples; t++)
            {
                result[t] = bin;
                bin = bin + 1 == bins ? 0 : bin + 1;
            }
            return result;
        }
        for (int t = 0; t < samples; t++)
        {
            double cycles = (t + .5) / period;
            result[t] = Math.Min((int)((cycles - (int)cycles) * bins), bins - 1);
        }
        return result;
    }
}
