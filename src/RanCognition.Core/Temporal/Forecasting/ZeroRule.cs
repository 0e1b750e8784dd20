using System.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Finds the leads at which a zero is more likely than not, given whether the last value is zero.</summary>
internal static unsafe class ZeroRule
{
    /// <summary>Below this share of zeros the rule is silent.</summary>
    private const double ZeroShareMin = 0.02;
    private const int Words = Forecaster.HistoryMax / 64;

    /// <summary>Sets f[j] = 0 where the rule says so; v[0..n) is the filled history. Counts by 64 points a word.</summary>
    public static void Apply(double* v, int n, double minimum, Span<double> f)
    {
        if (minimum < 0)
        {
            return;
        }
        Span<ulong> zero = stackalloc ulong[Words + 2], same = stackalloc ulong[Words + 2];
        zero.Clear();
        int zeros = 0;
        for (int t = 0; t < n; t++)
        {
            ulong bit = v[t] == 0 ? 1UL : 0;
            zero[t >> 6] |= bit << (t & 63);
            zeros += (int)bit;
        }
        double share = zeros / (double)n;
        if (share < ZeroShareMin)
        {
            return;
        }
        bool last = v[n - 1] == 0;
        int words = (n + 63) / 64;
        for (int i = 0; i < words; i++)
        {
            same[i] = last ? zero[i] : ~zero[i];
        }
        same[words..].Clear();
        if ((n & 63) != 0)
        {
            same[words - 1] &= (1UL << (n & 63)) - 1;
        }
        int cases = last ? zeros : n - zeros;
        for (int j = 0; j < Math.Min(f.Length, n - 1); j++)
        {
            int lead = j + 1, left = n - lead;                            // the case at n - lead has no outcome at this lead
            cases -= (int)(same[left >> 6] >> (left & 63) & 1);
            int hits = 0, shift = lead & 63;
            for (int i = 0, k = lead >> 6; k < words; i++, k++)
            {
                ulong later = shift == 0 ? zero[k] : zero[k] >> shift | zero[k + 1] << (64 - shift);
                hits += BitOperations.PopCount(same[i] & later);
            }
            if ((hits + 2 * share) / (cases + 2.0) > 0.5)
            {
                f[j] = 0;
            }
        }
    }
}
