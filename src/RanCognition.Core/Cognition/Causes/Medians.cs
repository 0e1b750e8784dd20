using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Medians of known values.</summary>
internal static class Medians
{
    /// <summary>Of the newest periods; NaN when none is known.</summary>
    public static double Of(MetricGrid grid, int newest) => Between(grid.Values, Math.Max(0, grid.Values.Length - newest), grid.Values.Length);

    /// <summary>Of all periods but the newest.</summary>
    public static double Before(MetricGrid grid, int newest) => Between(grid.Values, 0, Math.Max(0, grid.Values.Length - newest));

    private static double Between(double[] values, int from, int to)
    {
        double[] known = new double[to - from];
        int count = 0;
        for (int i = from; i < to; i++)
        {
            if (double.IsFinite(values[i]))
            {
                known[count++] = values[i];
            }
        }
        if (count == 0)
        {
            return double.NaN;
        }
        Array.Sort(known, 0, count);
        return count % 2 == 1 ? known[count / 2] : known[count / 2 - 1] / 2 + known[count / 2] / 2;
    }
}
