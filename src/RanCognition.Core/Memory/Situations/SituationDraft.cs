using RanCognition.Contracts;
using RanCognition.Memory.Learning;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory.Situations;

/// <summary>The next space while a group of changes is prepared: new metrics get their places, and those whose values have doubled get their scales.</summary>
internal sealed class SituationDraft(SituationSpace space)
{
    /// <summary>Values that a fit looks at; of more, every second, third .. one.</summary>
    private const int FitValuesMax = 1 << 16;

    private readonly List<string> _added = [];
    private readonly Dictionary<string, int> _addedPositions = new(StringComparer.Ordinal);
    private readonly List<float[]> _rows = [];

    private int Count => space.Count + _added.Count;

    /// <summary>Throws when this situation, with the names that others of the same call bring, would name more metrics than a memory may hold.</summary>
    public void Check(IReadOnlyList<KeyValuePair<string, double>> situation, HashSet<string> brought, EpisodePlace place)
    {
        foreach ((string name, _) in situation)
        {
            if (space.PositionOf(name) < 0 && !_addedPositions.ContainsKey(name) && brought.Add(name) && Count + brought.Count > MemoryLimits.MetricsMax)
            {
                throw new LimitExceededException(place.Of("situation"), $"the situations of a memory name at most {MemoryLimits.MetricsMax} metrics in all");
            }
        }
    }

    /// <summary>Raw values by position; new metrics are given places.</summary>
    public float[] Resolve(IReadOnlyList<KeyValuePair<string, double>> situation)
    {
        if (situation.Count == 0)
        {
            return [];
        }
        int[] positions = [.. situation.Select(pair => PositionOf(pair.Key))];
        float[] raw = new float[positions.Max() + 1];
        Array.Fill(raw, float.NaN);
        for (int i = 0; i < positions.Length; i++)
        {
            raw[positions[i]] = (float)situation[i].Value;
        }
        _rows.Add(raw);
        return raw;
    }

    /// <summary>The next space, and the positions whose scale differs from before; null when nothing changed but counts.</summary>
    public (SituationSpace Space, List<int> Refitted) Finish(RawSituations before)
    {
        if (_rows.Count == 0)
        {
            return (space, []);
        }
        MetricScale[] metrics = [.. space.Metrics, .. _added.Select(name => new MetricScale(name, 0, 1))];
        long[] known = new long[metrics.Length];
        space.Known.CopyTo(known, 0);
        foreach (float[] row in _rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                known[i] += float.IsNaN(row[i]) ? 0 : 1;
            }
        }
        List<int> refitted = [];
        for (int i = 0; i < metrics.Length; i++)
        {
            long knownBefore = i < space.Count ? space.Known[i] : 0;
            if (known[i] > 0 && (knownBefore == 0 || long.Log2(known[i]) != long.Log2(knownBefore)))
            {
                (double median, double scale) = RobustScale.Of((ReadOnlySpan<float>)ValuesOf(i, before));
                if (metrics[i].Median != median || metrics[i].Scale != scale || i >= space.Count)
                {
                    metrics[i] = metrics[i] with { Median = median, Scale = scale };
                    refitted.Add(i);
                }
            }
        }
        return (SituationSpace.Of(metrics, known), refitted);
    }

    private int PositionOf(string metric)
    {
        int position = space.PositionOf(metric);
        if (position < 0 && !_addedPositions.TryGetValue(metric, out position))
        {
            position = Count;
            _addedPositions.Add(metric, position);
            _added.Add(metric);
        }
        return position;
    }

    private float[] ValuesOf(int position, RawSituations before)
    {
        List<float> values = [];
        int step = Math.Max(1, (before.Rows + _rows.Count) / FitValuesMax);
        for (int row = 0; row < before.Rows; row += step)
        {
            Add(before.Value(row, position));
        }
        for (int row = 0; row < _rows.Count; row += step)
        {
            Add(position < _rows[row].Length ? _rows[row][position] : float.NaN);
        }
        return [.. values];

        void Add(float value)
        {
            if (!float.IsNaN(value))
            {
                values.Add(value);
            }
        }
    }
}
