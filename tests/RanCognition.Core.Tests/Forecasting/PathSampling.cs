using RanCognition.Numerics;
using RanCognition.Temporal.Forecasting;

namespace RanCognition.Tests.Forecasting;

internal static class PathSampling
{
    /// <summary>Draws one path as the scenarios do: AR(1) scores over the leads, mapped through each lead's quantiles.</summary>
    public static void SamplePath(this PredictiveDistribution distribution, ref RandomStream random, Span<double> path)
    {
        double carry = distribution.LeadCorrelation, fresh = Math.Sqrt(1 - carry * carry), z = random.NextNormal();
        double[] scores = new double[path.Length];
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = z;
            z = carry * z + fresh * random.NextNormal();
        }
        distribution.PathOf(scores, path);
    }
}
