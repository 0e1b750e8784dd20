using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>The counters of one managed object.</summary>
internal sealed class ObjectCounters(string managedObject)
{
    private static readonly List<MetricGrid> None = [];
    private readonly MetricGrid?[] _grids = new MetricGrid?[(int)Counter.Count];
    private List<MetricGrid>?[]? _parts;   // most objects have neither parts nor levels
    private List<MetricGrid>?[]? _levels;

    public string ManagedObject { get; private set; } = managedObject;

    /// <summary>Ends of a relation; empty for a cell.</summary>
    public string From { get; init; } = "";

    public string To { get; init; } = "";

    /// <summary>Name of the cell; empty for a relation, and for metrics without an object.</summary>
    public string Cell { get; init; } = "";

    /// <summary>Largest number of a bin of SS-RSRP that was met.</summary>
    public int RsrpBinMax { get; set; } = -1;

    public bool IsRelation => From.Length > 0;

    /// <summary>More than the present moment is known of something that was looked at.</summary>
    public bool HasPast { get; set; }

    /// <summary>Takes the name of the distributed unit when both units of a cell have metrics: that is what is configured on it.</summary>
    public void Rename(string managedObject) => ManagedObject = managedObject;

    /// <param name="counter">Which.</param>
    /// <param name="grid">Its series.</param>
    /// <param name="isExact">Its name is the counter's own; one with the label "sum" stands back behind it.</param>
    public void Set(Counter counter, MetricGrid grid, bool isExact)
    {
        if (isExact || _grids[(int)counter] is null)
        {
            _grids[(int)counter] = grid;
        }
    }

    public void AddPart(Counter counter, MetricGrid part) => ((_parts ??= new List<MetricGrid>?[(int)Counter.Count])[(int)counter] ??= []).Add(part);

    public void AddLevel(LevelKind kind, MetricGrid grid) => ((_levels ??= new List<MetricGrid>?[(int)LevelKind.Count])[(int)kind] ??= []).Add(grid);

    /// <summary>In the order in which they were met.</summary>
    public List<MetricGrid> Levels(LevelKind kind) => _levels?[(int)kind] ?? None;

    /// <summary>The counter, or the sum of its parts where only they are known; null when there is neither.</summary>
    public MetricGrid? Find(Counter counter)
    {
        ref MetricGrid? grid = ref _grids[(int)counter];
        if (grid is null && _parts?[(int)counter] is { } parts)
        {
            grid = Sum(parts, CounterNames.Key(ManagedObject, counter));
        }
        return grid;
    }

    // A period in which one part is missing is missing.
    private static MetricGrid Sum(List<MetricGrid> parts, string metric)
    {
        MetricGrid first = parts[0];
        double[] sums = (double[])first.Values.Clone();
        for (int i = 1; i < parts.Count; i++)
        {
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += Alignment.ValueAt(parts[i], first, k);
            }
        }
        return first with { Metric = metric, Values = sums };
    }
}
