namespace RanCognition.Memory.Ranking;

/// <summary>Reciprocal rank fusion: one order of several, by places alone, so that scores of different kinds need no common scale.</summary>
/// <remarks>Source: Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009.</remarks>
internal static class ReciprocalRank
{
    /// <summary>The constant of the source: how much the first places are kept from outweighing all others.</summary>
    public const double Offset = 60;

    /// <summary>1 for the first place, less for each further one, never 0.</summary>
    /// <param name="rank">Counts from 1.</param>
    public static double Part(int rank) => (Offset + 1) / (Offset + rank);

    /// <summary>Each id with the sum of weight / (60 + rank) over the lists it is in; largest first, ties by id. In one list the first place of an id counts.</summary>
    public static (ulong Id, double Score)[] Fuse(IReadOnlyList<RankedList> lists)
    {
        Dictionary<ulong, double> scores = [];
        HashSet<ulong> seen = [];
        foreach (RankedList list in lists)
        {
            seen.Clear();
            int rank = 0;
            foreach (ulong id in list.Ids)
            {
                rank++;
                if (seen.Add(id))
                {
                    scores[id] = scores.GetValueOrDefault(id) + list.Weight / (Offset + rank);
                }
            }
        }
        var fused = new (ulong Id, double Score)[scores.Count];
        int next = 0;
        foreach ((ulong id, double score) in scores)
        {
            fused[next++] = (id, score);
        }
        Array.Sort(fused, static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id));
        return fused;
    }
}
