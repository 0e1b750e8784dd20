using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>How far one series runs ahead of another.</summary>
/// <param name="Lag">Steps by which the first is ahead; negative = behind.</param>
/// <param name="Correlation">Of the innovations at that lag.</param>
/// <param name="PValue">Probability of one as large at any lag between independent series.</param>
/// <param name="Overlap">Pairs of samples.</param>
/// <remarks>Cross-correlation of the innovations of both series (Haugh 1976): without the whitening two slow series always seem related.</remarks>
internal readonly record struct LeadLag(int Lag, double Correlation, double PValue, int Overlap)
{
    public const int LagMax = 48;

    private const int OverlapMin = 50;
    private const double ClipDeviations = 4;

    /// <summary>The lag of the largest correlation.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="a">Innovations, clipped by <see cref="Clipped"/>.</param>
    /// <param name="b">Innovations of the other, clipped.</param>
    /// <param name="offset">a[i] is of the same time as b[i + offset].</param>
    public static LeadLag Between(SimdOps simd, ReadOnlySpan<double> a, ReadOnlySpan<double> b, int offset)
    {
        int from = Math.Max(0, -offset), to = Math.Min(a.Length, b.Length - offset), overlap = to - from;
        int most = Math.Min(LagMax, overlap / 8);
        LeadLag best = new(0, 0, 1, overlap);
        if (overlap < OverlapMin)
        {
            return best;
        }
        ReadOnlySpan<double> ofA = a[from..to], ofB = b[(from + offset)..(to + offset)];
        double scale = Math.Sqrt(simd.Dot(ofA, ofA) * simd.Dot(ofB, ofB));
        if (!(scale > 0))
        {
            return best;
        }
        for (int lag = -most; lag <= most; lag++)
        {
            // The first is ahead: a[i] belongs with b[i + lag].
            int first = Math.Max(from, from - lag), last = Math.Min(to, to - lag);
            double correlation = simd.Dot(a[first..last], b[(first + offset + lag)..(last + offset + lag)]) / scale;
            if (Math.Abs(correlation) > Math.Abs(best.Correlation))
            {
                best = best with { Lag = lag, Correlation = correlation };
            }
        }
        double single = TailProbability.NormalTwoSided(Math.Abs(best.Correlation) * Math.Sqrt(overlap));
        return best with { PValue = Math.Min(1, (2 * most + 1) * single) };
    }

    /// <summary>Clipped to a few deviations, so that one moment of trouble in both is no relation.</summary>
    public static double[] Clipped(SimdOps simd, ReadOnlySpan<double> innovations)
    {
        double[] clipped = innovations.ToArray();
        if (clipped.Length == 0)
        {
            return clipped;
        }
        double clip = ClipDeviations * ChangePointMedian.Deviation(simd, innovations.ToArray());
        foreach (ref double value in clipped.AsSpan())
        {
            value = clip > 0 ? Math.Clamp(value, -clip, clip) : value;
        }
        return clipped;
    }
}
