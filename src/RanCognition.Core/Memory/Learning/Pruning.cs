using RanCognition.Contracts;

namespace RanCognition.Memory.Learning;

/// <summary>Which episodes are not worth their place.</summary>
internal static class Pruning
{
    /// <summary>Indices of the episodes that go, ascending: those that are too old, those with too small a known reward, and of the rest all but the newest (ties: the larger id is newer).</summary>
    /// <param name="ids">Of the episodes that the request's filter lets through; its filter is not looked at here.</param>
    /// <param name="timesNs">One of the future has age 0.</param>
    /// <param name="rewards">NaN = unknown: no reason to go.</param>
    /// <param name="bounds">Each bound given applies.</param>
    /// <param name="nowNs">Ages are counted from here.</param>
    public static int[] Choose(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> timesNs, ReadOnlySpan<double> rewards, PruneAnalysis bounds, ulong nowNs)
    {
        List<int> going = [];
        List<(ulong TimeNs, ulong Id, int Index)> staying = [];
        for (int i = 0; i < ids.Length; i++)
        {
            bool old = bounds.MaxAgeNs is { } maxAgeNs && nowNs > timesNs[i] && nowNs - timesNs[i] > maxAgeNs;
            if (old || bounds.MinReward is { } minReward && rewards[i] < minReward)
            {
                going.Add(i);
            }
            else if (bounds.MaxRows is not null)
            {
                staying.Add((timesNs[i], ids[i], i));
            }
        }
        if (bounds.MaxRows is { } maxRows && (ulong)staying.Count > maxRows)
        {
            staying.Sort();
            for (int i = 0; i < staying.Count - (int)maxRows; i++)
            {
                going.Add(staying[i].Index);
            }
            going.Sort();
        }
        return [.. going];
    }
}
