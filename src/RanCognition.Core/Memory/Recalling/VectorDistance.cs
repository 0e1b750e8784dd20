using RanCognition.Contracts;
using RanCognition.Memory.Index;

namespace RanCognition.Memory.Recalling;

/// <summary>The distance of two vectors of which none is in an index, the same to the last bit as the index gives it.</summary>
internal static unsafe class VectorDistance
{
    public static double Between(DistanceMetric metric, ReadOnlySpan<float> query, ReadOnlySpan<float> episode)
    {
        int dimension = Math.Min(query.Length, episode.Length);
        fixed (float* a = query, b = episode)
        {
            double queryNorm = metric == DistanceMetric.Cosine ? Math.Sqrt(ExactDistance.Dot(a, a, dimension)) : 0;
            return ExactDistance.Between(metric, a, queryNorm, b, dimension);
        }
    }
}
