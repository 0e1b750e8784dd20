using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Finds where the spread of a series changes for good.</summary>
/// <param name="Index">First sample of the new spread.</param>
/// <param name="PValue">Of the largest excursion of the cumulated magnitudes, by Kolmogorov's distribution.</param>
/// <remarks>
/// Cumulative sum of magnitudes, after Inclan and Tiao (1994) with the long-run variance of Sanso, Arago and Carrion (2004): blocks of innovation magnitudes,
/// each magnitude clipped so that a spike is no change of spread. One change is sought, the largest.
/// </remarks>
internal readonly record struct SpreadShift(int Index, double PValue)
{
    private const int BlocksWanted = 100;
    private const int BlocksMin = 20;
    private const double ClipMedians = 6;
    private const double CorrelationMax = .95;
    private const double Rounding = 1e-9;

    /// <summary>The most likely change; a p-value of 1 when there is too little.</summary>
    /// <param name="simd">Kernels to use.</param>
    /// <param name="innovations">Unpredictable part of the series.</param>
    /// <param name="period">Longest season, 0 = none: blocks hold whole seasons, so that a busy hour is no change.</param>
    public static SpreadShift Find(SimdOps simd, ReadOnlySpan<double> innovations, double period)
    {
        int length = Math.Max(1, Math.Max((int)Math.Round(period), innovations.Length / BlocksWanted));
        int count = innovations.Length / length;
        if (count < BlocksMin)
        {
            return new SpreadShift(0, 1);
        }
        double[] magnitudes = new double[innovations.Length];
        for (int t = 0; t < magnitudes.Length; t++)
        {
            magnitudes[t] = Math.Abs(innovations[t]);
        }
        double median = ChangePointMedian.Of(simd, (double[])magnitudes.Clone()), clip = ClipMedians * median;
        if (median <= Rounding * magnitudes.Max())
        {
            return new SpreadShift(0, 1);   // it mostly stands still: what moves is rounding
        }
        int skip = magnitudes.Length - count * length;
        double[] blocks = new double[count];
        for (int i = 0; i < count; i++)
        {
            foreach (double magnitude in magnitudes.AsSpan(skip + i * length, length))
            {
                blocks[i] += Math.Min(magnitude, clip) / length;
            }
        }
        double mean = blocks.Average(), sum = 0, largest = 0;
        int place = 0;
        for (int i = 0; i < count - 1; i++)
        {
            sum += blocks[i] - mean;
            if (Math.Abs(sum) > largest)
            {
                (largest, place) = (Math.Abs(sum), i + 1);
            }
        }
        // The noise around the two levels, not around one: a true change must not hide itself.
        double before = blocks.AsSpan(0, place).ToArray().DefaultIfEmpty(0).Average(), after = blocks.AsSpan(place).ToArray().Average();
        double squares = 0, products = 0, last = 0;
        for (int i = 0; i < count; i++)
        {
            double rest = blocks[i] - (i < place ? before : after);
            squares += rest * rest;
            products += rest * last;
            last = rest;
        }
        if (!(squares > 0))
        {
            return new SpreadShift(0, 1);
        }
        double r = products / squares;
        r = Math.Clamp(r + (1 + 4 * Math.Max(r, 0)) / count, 0, CorrelationMax);
        double deviation = Math.Sqrt(squares / (count - 2) * (1 + r) / (1 - r) * count);
        return new SpreadShift(skip + place * length, TailProbability.Kolmogorov(largest / deviation));
    }
}
