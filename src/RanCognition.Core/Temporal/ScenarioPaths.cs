using RanCognition.Numerics;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>Possible futures of the metrics that have a history, on the grid of the look-ahead window. Metrics vary independently of each other.</summary>
internal sealed class ScenarioPaths : IScenarioPaths
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<double[]> _values = [];
    private readonly List<double> _last = [];

    private ScenarioPaths(LookAhead window, int count)
    {
        Window = window;
        Count = count;
    }

    public LookAhead Window { get; }

    public int Count { get; }

    public int Horizon => Window.Steps;

    public ulong StepNs => Window.StepNs;

    public ulong StartNs => Window.NowNs;

    /// <summary>Simulates count futures. Each metric has its own random stream, so a metric's futures do not depend on which others are there.</summary>
    public static ScenarioPaths Simulate(IReadOnlyList<MetricOutlook> outlooks, LookAhead window, int count, ulong seed)
    {
        ScenarioPaths paths = new(window, count);
        foreach (MetricOutlook outlook in outlooks)
        {
            if (outlook.HasHistory)
            {
                paths.Add(outlook, seed);
            }
        }
        return paths;
    }

    public bool TryGetMetric(string metric, out int index) => _index.TryGetValue(metric, out index);

    public ReadOnlySpan<double> Path(int scenario, int metric) => _values[metric].AsSpan(scenario * Horizon, Horizon);

    public double LastValue(int metric) => _last[metric];

    /// <summary>Values of one metric at one lead over all futures, sorted.</summary>
    public double[] SortedAt(int metric, int lead)
    {
        double[] across = new double[Count];
        double[] values = _values[metric];
        for (int scenario = 0; scenario < Count; scenario++)
        {
            across[scenario] = values[scenario * Horizon + lead];
        }
        Array.Sort(across);
        return across;
    }

    private void Add(MetricOutlook outlook, ulong seed)
    {
        double[] values = new double[(long)Count * Horizon];
        RandomStream random = new(seed ^ NameHash(outlook.Grid.Metric));
        int[] leads = new int[Horizon];
        int needed = 1;
        bool direct = true;
        for (int step = 0; step < Horizon; step++)
        {
            leads[step] = StepNs == 0 ? Math.Min(step, outlook.Leads - 1) : outlook.LeadAt(Window.TimeOf(step + 1));
            needed = Math.Max(needed, leads[step] + 1);
            direct &= leads[step] == step;
        }
        double[] own = new double[needed];
        for (int scenario = 0; scenario < Count; scenario++)
        {
            Span<double> target = values.AsSpan(scenario * Horizon, Horizon);
            if (direct)
            {
                outlook.SamplePath(ref random, target);
                continue;
            }
            outlook.SamplePath(ref random, own);
            for (int step = 0; step < Horizon; step++)
            {
                target[step] = own[leads[step]];
            }
        }
        _index.Add(outlook.Grid.Metric, _values.Count);
        _values.Add(values);
        _last.Add(LastKnown(outlook.Grid.Values));
    }

    private static double LastKnown(double[] values)
    {
        for (int i = values.Length - 1; i >= 0; i--)
        {
            if (double.IsFinite(values[i]))
            {
                return values[i];
            }
        }
        return double.NaN;
    }

    // FNV-1a: stable over processes, unlike string.GetHashCode.
    private static ulong NameHash(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 1099511628211;
        }
        return hash;
    }
}
