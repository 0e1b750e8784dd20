using RanCognition.Numerics;

namespace RanCognition.Optimization.Son;

/// <summary>Whether what slices are promised fits into a cell, and if not, the smallest set of promises that does not.</summary>
internal static class SliceGuarantees
{
    /// <param name="needs">Share that the promised rate of each needs.</param>
    /// <param name="lower">Share that each has in any case.</param>
    /// <param name="upper">Share that each can have at most.</param>
    /// <returns>Null = all of it fits.</returns>
    /// <remarks>A promise above the largest share is a conflict by itself. Else the promises that ask for most beyond the lower bounds are taken first, until the cell is full: no smaller number of them fills it.</remarks>
    public static SliceConflict? Conflict(double[] needs, double[] lower, double[] upper)
    {
        const double tolerance = 1e-9;
        double[] extra = new double[needs.Length];
        double total = 0;
        for (int i = 0; i < needs.Length; i++)
        {
            if (needs[i] > upper[i] * (1 + tolerance))
            {
                return new SliceConflict(WithTotal: false, [i]);
            }
            extra[i] = -Math.Max(0, needs[i] - lower[i]);
            total += lower[i];
        }
        int[] order = NumberSort.Order(extra);
        int taken = 0;
        while (total <= 1 + tolerance && taken < order.Length && extra[order[taken]] < 0)
        {
            total -= extra[order[taken++]];
        }
        return total > 1 + tolerance ? new SliceConflict(WithTotal: true, order.AsSpan(0, taken).ToArray()) : null;
    }
}
