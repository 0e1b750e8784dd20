using RanCognition.Contracts;

namespace RanCognition.Tests.Memory;

/// <summary>The memory as plainly as it can be written: a list, and distances in double.</summary>
internal sealed class NaiveMemory(DistanceMetric metric)
{
    public SortedDictionary<ulong, Episode> Episodes { get; } = [];

    /// <summary>Ids by ascending distance, ties by id.</summary>
    public List<(ulong Id, double Distance)> Nearest(float[] query, int k, Func<Episode, bool> passes) =>
        [.. Episodes.Values.Where(episode => episode.Vector.Length > 0 && passes(episode)).Select(episode => (episode.Id, Distance: Distance(query, episode.Vector))).OrderBy(hit => hit.Distance).ThenBy(hit => hit.Id).Take(k)];

    public double Distance(float[] a, float[] b)
    {
        double dot = 0, aa = 0, bb = 0, squares = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
            squares += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }
        return metric switch
        {
            DistanceMetric.L2 => Math.Sqrt(squares),
            DistanceMetric.Cosine => aa == 0 || bb == 0 ? 1 : Math.Clamp(1 - dot / Math.Sqrt(aa * bb), 0, 2),
            _ => -dot,
        };
    }
}
