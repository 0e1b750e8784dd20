namespace RanCognition.Reporting;

/// <summary>Chooses which points of a long series a chart keeps.</summary>
/// <remarks>
/// Buckets of equal length each keep their smallest and their largest value (min-max decimation), so that no peak or
/// dip disappears, as M4 does it (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014). The newest
/// points, which the chart shows first, are kept as they are as far as half of the room goes.
/// </remarks>
internal static class Thinning
{
    /// <summary>Indices to keep, ascending: at most about <paramref name="room"/> plus those in <paramref name="always"/>.</summary>
    public static int[] Keep(ReadOnlySpan<double> values, int room, int recent, IEnumerable<int> always)
    {
        var n = values.Length;
        var kept = new List<int>(Math.Min(n, room + 16));
        if (n <= room)
        {
            for (var i = 0; i < n; i++)
            {
                kept.Add(i);
            }
            return [.. kept];
        }
        var tail = n - Math.Min(recent, n);
        var tailRoom = Math.Min(n - tail, room / 2);
        kept.Add(0);
        MinMax(values, 0, tail, room - tailRoom, kept);
        MinMax(values, tail, n, tailRoom, kept);
        kept.Add(n - 1);
        foreach (var index in always)
        {
            if (index >= 0 && index < n)
            {
                kept.Add(index);
            }
        }
        kept.Sort();
        return [.. kept.Distinct()];
    }

    private static void MinMax(ReadOnlySpan<double> values, int from, int to, int room, List<int> kept)
    {
        var count = to - from;
        if (count <= room)
        {
            for (var i = from; i < to; i++)
            {
                kept.Add(i);
            }
            return;
        }
        var buckets = Math.Max(1, room / 2);
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var start = from + (int)((long)count * bucket / buckets);
            var end = from + (int)((long)count * (bucket + 1) / buckets);
            int low = -1, high = -1;
            for (var i = start; i < end; i++)
            {
                if (double.IsNaN(values[i]))
                {
                    continue;
                }
                low = low < 0 || values[i] < values[low] ? i : low;
                high = high < 0 || values[i] > values[high] ? i : high;
            }
            // A bucket with nothing in it keeps one missing point: the gap stays visible.
            kept.Add(low < 0 ? start : low);
            kept.Add(high < 0 ? start : high);
        }
    }
}
