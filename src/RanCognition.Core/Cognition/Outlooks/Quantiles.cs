namespace RanCognition.Cognition.Outlooks;

/// <summary>p10, p50 and p90 of equally likely values, each standing for the middle of its part (Hazen; Hyndman and Fan's type 5).</summary>
internal static class Quantiles
{
    public static (double P10, double P50, double P90) OfSorted(ReadOnlySpan<double> sorted) => (At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9));

    /// <summary>Ranks whose values are needed: two for each quantile.</summary>
    public static void Ranks(int count, Span<int> ranks)
    {
        (ranks[0], ranks[2], ranks[4]) = (Place(count, 0.1), Place(count, 0.5), Place(count, 0.9));
        (ranks[1], ranks[3], ranks[5]) = (ranks[0] + 1, ranks[2] + 1, ranks[4] + 1);
    }

    /// <summary>From the values of these ranks.</summary>
    public static (double P10, double P50, double P90) Between(int count, ReadOnlySpan<double> values) =>
        (Mix(values[0], values[1], Part(count, 0.1)), Mix(values[2], values[3], Part(count, 0.5)), Mix(values[4], values[5], Part(count, 0.9)));

    private static double At(ReadOnlySpan<double> sorted, double probability)
    {
        int place = Place(sorted.Length, probability);
        return Mix(sorted[place], sorted[place + 1], Part(sorted.Length, probability));
    }

    private static int Place(int count, double probability) => (int)(count * probability - 0.5);

    private static double Part(int count, double probability) => count * probability - 0.5 - Place(count, probability);

    // Equal values give themselves, and huge ones do not overflow.
    private static double Mix(double low, double high, double part) => low == high ? low : low * (1 - part) + high * part;
}
