namespace RanCognition.Temporal.Logic;

/// <summary>One observed value of each metric, as a single path of one sample: lets a constraint be judged on what was measured.</summary>
/// <param name="values">Metric keys and values; the last of equal keys counts.</param>
/// <param name="timeNs">Time of the observation, ns since the epoch.</param>
public sealed class ObservedPoint(IEnumerable<KeyValuePair<string, double>> values, ulong timeNs = 0) : IScenarioPaths
{
    private readonly double[] _values = [.. values.Select(v => v.Value)];
    private readonly Dictionary<string, int> _index = Index(values);

    public int Count => 1;

    public int Horizon => 1;

    /// <summary>1 ns: the observation is the sample right after <see cref="StartNs"/>.</summary>
    public ulong StepNs => 1;

    public ulong StartNs => timeNs == 0 ? 0 : timeNs - 1;

    public bool TryGetMetric(string metric, out int index) => _index.TryGetValue(metric, out index);

    public ReadOnlySpan<double> Path(int scenario, int metric) => _values.AsSpan(metric, 1);

    private static Dictionary<string, int> Index(IEnumerable<KeyValuePair<string, double>> values)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var i = 0;
        foreach (var (key, _) in values)
        {
            index[key] = i++;
        }
        return index;
    }
}
