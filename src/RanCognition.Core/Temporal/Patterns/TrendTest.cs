using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Tests whether a segment rises or falls.</summary>
/// <remarks>
/// A t test of the least-squares slope through medians of blocks (of one season, or a fortieth of the segment), its error widened by the blocks' first-order
/// autocorrelation and its degrees of freedom reduced likewise (after Bartlett 1935): a random walk has no trend.
/// </remarks>
internal static class TrendTest
{
    private const int BlocksWanted = 40;
    private const int BlocksMin = 6;
    private const double CorrelationMax = .98;

    /// <summary>Two-sided p-value; 1 when the segment is too short.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="segment">Without seasons.</param>
    /// <param name="period">Longest season, 0 = none.</param>
    public static double PValue(SimdOps simd, ReadOnlySpan<double> segment, double period)
    {
        int length = Math.Max(1, Math.Max((int)Math.Round(period), segment.Length / BlocksWanted));
        if (segment.Length / length < BlocksMin)
        {
            length = Math.Max(1, segment.Length / BlocksWanted);
        }
        int count = segment.Length / length;
        if (count < BlocksMin)
        {
            return 1;
        }
        double[] blocks = new double[count], scratch = new double[length];
        int skip = segment.Length - count * length;
        for (int i = 0; i < count; i++)
        {
            segment.Slice(skip + i * length, length).CopyTo(scratch);
            blocks[i] = ChangePointMedian.Of(simd, scratch);
        }
        StraightLine line = StraightLine.Fit(blocks);
        double squares = 0, products = 0, before = 0;
        for (int i = 0; i < count; i++)
        {
            double rest = blocks[i] - line.At(i);
            squares += rest * rest;
            products += rest * before;
            before = rest;
        }
        double scale = Math.Abs(line.At(0)) + Math.Abs(line.At(count));
        squares = Math.Max(squares, count * 1e-24 * scale * scale);
        if (line.Slope == 0 || squares == 0)
        {
            return line.Slope == 0 ? 1 : 0;
        }
        // Residuals from a line look less correlated than they are.
        double r = products / squares;
        r = Math.Clamp(r + (2 + 4 * Math.Max(r, 0)) / count, 0, CorrelationMax);
        double inflation = (1 + r) / (1 - r), freedom = (count - 2) / inflation;
        double error = squares / (count - 2) * inflation / (count * ((double)count * count - 1) / 12);
        return TailProbability.StudentTwoSided(Math.Abs(line.Slope) / Math.Sqrt(error), Math.Max(1, freedom));
    }
}
