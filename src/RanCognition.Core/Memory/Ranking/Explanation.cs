using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Memory.Ranking;

/// <summary>Which metrics made the distance between a query and an episode.</summary>
internal static class Explanation
{
    /// <summary>One entry for each number that one of the two has: the largest share first, ties by name. Shares sum to 1; all are 0 when the two do not differ (cosine, inner product: have nothing in common).</summary>
    /// <param name="query">Normalised situation, or vector. NaN = the metric is missing, and counts as the median, 0.</param>
    /// <param name="episode">May be shorter than the query or longer: what it lacks is missing.</param>
    /// <param name="names">By position; null = "[i]".</param>
    /// <param name="metric">L2: parts of the squared distance; else parts of the sum of the sizes of products.</param>
    public static IReadOnlyList<DistanceShare> Of(ReadOnlySpan<float> query, ReadOnlySpan<float> episode, IReadOnlyList<string>? names, DistanceMetric metric)
    {
        int length = Math.Max(query.Length, episode.Length);
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += Size(At(query, i), At(episode, i), metric);
        }
        List<DistanceShare> shares = new(length);
        for (int i = 0; i < length; i++)
        {
            double asked = At(query, i), had = At(episode, i);
            if (double.IsNaN(asked) && double.IsNaN(had))
            {
                continue;
            }
            string name = names is null ? $"[{i.ToString(CultureInfo.InvariantCulture)}]" : names[i];
            double difference = had - asked;
            shares.Add(new DistanceShare(name, double.IsNaN(difference) ? null : difference, sum > 0 ? Size(asked, had, metric) / sum : 0));
        }
        shares.Sort(static (a, b) => a.Share != b.Share ? b.Share.CompareTo(a.Share) : string.CompareOrdinal(a.Metric, b.Metric));
        return shares;
    }

    private static double At(ReadOnlySpan<float> values, int i) => i < values.Length ? values[i] : double.NaN;

    private static double Size(double asked, double had, DistanceMetric metric)
    {
        asked = double.IsNaN(asked) ? 0 : asked;
        had = double.IsNaN(had) ? 0 : had;
        return metric == DistanceMetric.L2 ? (had - asked) * (had - asked) : Math.Abs(had * asked);
    }
}
