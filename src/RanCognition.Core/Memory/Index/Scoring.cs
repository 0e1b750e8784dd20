using System.Runtime.Intrinsics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>Scores of rows by similarity and a value of their own.</summary>
internal static unsafe class Scoring
{
    // Far above what the rounding of a score and of a similarity can be.
    private const double Slack = 1e-12;

    public static double Score(DistanceMetric metric, double distance, double prior, double weight) => weight * VectorIndex.Similarity(metric, distance) + prior;

    /// <summary>No row with this prior that is farther reaches the score; minus infinity when none does at all. The weight is above zero.</summary>
    public static double DistanceLimit(DistanceMetric metric, double score, double prior, double weight)
    {
        double similarity = (score - prior) / weight;
        similarity -= Slack * (1 + (Math.Abs(score) + Math.Abs(prior)) / weight);
        if (similarity > 1)
        {
            return double.NegativeInfinity;
        }
        return metric switch
        {
            DistanceMetric.L2 => similarity <= 0 ? double.PositiveInfinity : (1 / similarity - 1) * (1 + Slack) + Slack,
            DistanceMetric.Cosine => 2 * (1 - similarity) + Slack,
            _ => similarity <= 0 ? double.PositiveInfinity : Math.Log(1 / similarity - 1) + Slack * 1000,
        };
    }

    public static double Largest(double* values, int count)
    {
        double largest = double.NegativeInfinity;
        int i = 0;
        if (count >= 8)
        {
            Vector256<double> most0 = Vector256.Create(largest), most1 = most0;
            for (; i + 8 <= count; i += 8)
            {
                most0 = Vector256.Max(most0, Vector256.Load(values + i));
                most1 = Vector256.Max(most1, Vector256.Load(values + i + 4));
            }
            Vector256<double> most = Vector256.Max(most0, most1);
            for (int lane = 0; lane < 4; lane++)
            {
                largest = Math.Max(largest, most[lane]);
            }
        }
        for (; i < count; i++)
        {
            largest = Math.Max(largest, values[i]);
        }
        return largest;
    }
}
