namespace RanCognition.Cognition.Outlooks;

/// <summary>The share of attempts with a problem over the coming window, from counts by period.</summary>
/// <remarks>
/// Past periods count less the older they are, by the factor (1 = all alike) that predicted the next period best. What periods differ by beyond chance gives the
/// intra-class correlation (moments: Kleinman, JASA 68, 1973). The coming count is beta-binomial: uncertain rate, uncertain period and chance of the attempts.
/// </remarks>
internal static class RateForecast
{
    /// <summary>Periods that are judged.</summary>
    public const int PeriodsMax = 24;

    private const int OriginsLeast = 4;

    // With a larger expected count the distribution is smooth, and Wilson's and Hilferty's cube of a normal value is as good.
    private const double CountMeanMax = 40;
    private const int CountMax = 4000;

    // A forgetting factor other than 1 must predict clearly better, or chance alone would choose it.
    private const double GainLeast = 0.7;

    private const double CorrelationMax = 0.9;
    private const double ShareLeast = 1e-12;

    private static ReadOnlySpan<double> Memories => [1, 0.9, 0.7];

    /// <summary>Fills ascending quantiles of the share, one for each score; false when nothing was attempted.</summary>
    /// <param name="cases">By period; not more than the attempts.</param>
    /// <param name="attempts">By period; NaN in either = missing.</param>
    /// <param name="periods">Of the window.</param>
    /// <param name="scores">Normal scores, ascending.</param>
    /// <param name="shares">As many places.</param>
    public static bool Fill(ReadOnlySpan<double> cases, ReadOnlySpan<double> attempts, double periods, ReadOnlySpan<double> scores, Span<double> shares)
    {
        double allCases = 0, allAttempts = 0;
        int known = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            known += double.IsFinite(cases[i]) && attempts[i] == 0 ? 1 : 0;   // a period without attempts makes fewer expected
            if (IsKnown(cases[i], attempts[i]))
            {
                allCases += cases[i];
                allAttempts += attempts[i];
                known++;
            }
        }
        if (!(allAttempts > 0) || !double.IsFinite(allAttempts))
        {
            return false;
        }
        double overall = (allCases + 0.5) / (allAttempts + 1), binomial = overall * (1 - overall), perPeriod = allAttempts / known;
        double bestScore = double.PositiveInfinity, excess = 1, mean = overall, weight = allAttempts;
        foreach (double memory in Memories)
        {
            Weighing run = new(memory, overall);
            double squares = 0;
            int origins = 0;
            for (int i = 0, seen = 0; i < cases.Length; i++)
            {
                run.Age();
                if (!IsKnown(cases[i], attempts[i]))
                {
                    continue;
                }
                if (seen++ >= OriginsLeast)
                {
                    double off = cases[i] - attempts[i] * run.Share;
                    squares += off * off / (attempts[i] * binomial * (1 + attempts[i] / run.Attempts));
                    origins++;
                }
                run.Add(cases[i], attempts[i]);
            }
            double score = origins > 0 ? squares / origins : 1;
            if (score < bestScore * (memory == 1 ? 1 : GainLeast))
            {
                (bestScore, mean, weight) = (score, run.Share, run.Attempts);
                excess = origins > 0 ? squares / (origins + 1) + 1.0 / (origins + 1) : 1;   // drawn to chance alone as if by one more period
            }
        }
        double correlation = Math.Clamp((excess - 1) / Math.Max(1, perPeriod - 1), 0, CorrelationMax);
        double coming = Math.Max(1, Math.Round(perPeriod * periods));
        double perAttempt = 1 + (Math.Min(perPeriod, coming) - 1) * correlation;
        double variance = mean * (1 - mean) * (perAttempt / coming + perAttempt / (weight + 1));
        Spread(mean, variance, coming, scores, shares);
        return true;
    }

    private static bool IsKnown(double cases, double attempts) => double.IsFinite(cases) && attempts > 0 && double.IsFinite(attempts);

    /// <summary>Works on the rarer of the two outcomes.</summary>
    private static void Spread(double mean, double variance, double coming, ReadOnlySpan<double> scores, Span<double> shares)
    {
        bool swapped = mean > 0.5;
        double rare = Math.Max(swapped ? 1 - mean : mean, ShareLeast);
        if (rare * coming <= CountMeanMax)
        {
            Count(rare, variance, coming, scores, shares);
        }
        else
        {
            double shape = rare * rare / variance, shift = 1 - 1 / (9 * shape), slope = 1 / (3 * Math.Sqrt(shape));
            for (int i = 0; i < shares.Length; i++)
            {
                double root = Math.Max(0, shift + slope * scores[i]);
                shares[i] = Math.Min(1, rare * root * root * root);
            }
        }
        if (swapped)
        {
            shares.Reverse();
            for (int i = 0; i < shares.Length; i++)
            {
                shares[i] = 1 - shares[i];
            }
        }
    }

    /// <summary>Quantiles of the beta-binomial count over the attempts, by the ratio of successive probabilities.</summary>
    private static void Count(double mean, double variance, double coming, ReadOnlySpan<double> scores, Span<double> shares)
    {
        double chance = mean * (1 - mean) / coming;
        double correlation = coming > 1 ? Math.Clamp((variance / chance - 1) / (coming - 1), 1e-9, CorrelationMax) : 1e-9;
        double size = (1 - correlation) / correlation, a = mean * size, b = (1 - mean) * size;
        double probability = Math.Exp(LogGamma(b + coming) - LogGamma(b) - LogGamma(size + coming) + LogGamma(size)), below = probability;   // of no case
        int count = 0, n = shares.Length;
        for (int i = 0; i < n; i++)
        {
            double rank = (i + 0.5) / n;
            while (below < rank && count < coming && count < CountMax)
            {
                probability *= (coming - count) / (count + 1) * (a + count) / (b + coming - count - 1);
                below += probability;
                count++;
            }
            shares[i] = count / coming;
        }
    }

    // Stirling's series (DLMF 5.11.1) after shifting the argument to 10 or more.
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++)
        {
            shift -= Math.Log(x);
        }
        double inverse = 1 / (x * x);
        double series = (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse / 1680.0))) / x;
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }

    /// <summary>Counts of the past, older ones weighing less; starts as if one attempt had gone as they did on the whole.</summary>
    private struct Weighing(double memory, double overall)
    {
        private double _cases;

        public double Attempts { get; private set; }

        public readonly double Share => (_cases + overall) / (Attempts + 1);

        public void Age() => (_cases, Attempts) = (_cases * memory, Attempts * memory);

        public void Add(double cases, double attempts) => (_cases, Attempts) = (_cases + cases, Attempts + attempts);
    }
}
