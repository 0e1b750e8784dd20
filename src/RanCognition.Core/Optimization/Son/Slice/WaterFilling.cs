using RanCognition.Numerics;

namespace RanCognition.Optimization.Son;

/// <summary>Shares s_i = clip(offset_i + slope_i t, lower_i, upper_i) for the t at which they sum to a given amount: what the conditions of Karush, Kuhn and Tucker give for many convex problems of sharing.</summary>
/// <remarks>The sum is a rising, piecewise linear function of t with a corner where a share leaves its lower or reaches its upper bound; the piece that holds the amount is found by bisection over the corners, and solved exactly.</remarks>
internal static class WaterFilling
{
    /// <param name="offset">Shares at t = 0.</param>
    /// <param name="slope">Growth of the shares with t, above 0.</param>
    /// <param name="lower">Smallest shares.</param>
    /// <param name="upper">Largest shares.</param>
    /// <param name="amount">Between the sums of the lower and of the upper bounds.</param>
    public static double[] Fill(double[] offset, double[] slope, double[] lower, double[] upper, double amount)
    {
        int count = offset.Length;
        double[] corners = new double[2 * count];
        int cornerCount = 0;
        for (int i = 0; i < count; i++)
        {
            if (slope[i] > 0)
            {
                corners[cornerCount++] = (lower[i] - offset[i]) / slope[i];
                corners[cornerCount++] = (upper[i] - offset[i]) / slope[i];
            }
        }
        double[] shares = new double[count];
        if (cornerCount == 0)
        {
            lower.CopyTo(shares, 0);
            return shares;
        }
        NumberSort.Ascending(corners.AsSpan(0, cornerCount));
        int low = 0, high = cornerCount - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (SumAt(corners[middle]) <= amount)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        double sumLow = SumAt(corners[low]), sumHigh = SumAt(corners[high]);
        double part = sumHigh > sumLow ? Math.Clamp((amount - sumLow) / (sumHigh - sumLow), 0, 1) : 0;
        double t = corners[low] + part * (corners[high] - corners[low]);
        for (int i = 0; i < count; i++)
        {
            shares[i] = ShareAt(i, t);
        }
        return shares;

        double ShareAt(int i, double at) => slope[i] > 0 ? Math.Max(lower[i], Math.Min(upper[i], offset[i] + slope[i] * at)) : lower[i];

        double SumAt(double at)
        {
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += ShareAt(i, at);
            }
            return sum;
        }
    }
}
