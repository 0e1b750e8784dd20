using RanCognition.Numerics;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>Possible futures of the metrics that have a history, on the grid of the look-ahead window.</summary>
/// <remarks>
/// A Gaussian copula: each metric's scores are autoregressive over the leads as its backtest errors are, and the metrics' scores go together as their backtest
/// errors do (<see cref="ErrorCorrelation"/>).
/// </remarks>
internal sealed class ScenarioPaths : IScenarioPaths
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<double[]> _values = [];
    private readonly List<double> _last = [];
    private readonly List<ulong> _steps = [];

    private ScenarioPaths(LookAhead window, int count)
    {
        Window = window;
        Count = count;
    }

    public LookAhead Window { get; }

    public int Count { get; }

    public int Horizon => Window.StepsSimulated;

    public int WindowSteps => Window.Steps;

    /// <summary>A quotient has futures of its own, made from its own history.</summary>
    public bool SharesFutures => false;

    public ulong StepNs => Window.StepNs;

    public ulong StartNs => Window.NowNs;

    /// <summary>Simulates count futures. Each metric has its own random stream, so a metric's futures depend only on those it is correlated with.</summary>
    public static ScenarioPaths Simulate(IReadOnlyList<MetricOutlook> outlooks, LookAhead window, int count, ulong seed)
    {
        ScenarioPaths paths = new(window, count);
        List<MetricOutlook> simulated = [.. outlooks.Where(outlook => outlook.HasHistory)];
        double[]?[] mix = ErrorCorrelation.Factor(simulated);
        int[] leads = simulated.ConvertAll(outlook => LeadsOf(outlook, window)).ToArray();
        RandomStream[] streams = [.. simulated.Select(outlook => new RandomStream(seed ^ NameHash(outlook.Grid.Metric)))];
        double[][] fresh = [.. leads.Select(needed => new double[needed])];
        double[] scores = new double[leads.DefaultIfEmpty(0).Max()], own = new double[scores.Length];
        foreach (MetricOutlook outlook in simulated)
        {
            paths.Add(outlook, window);
        }
        for (int scenario = 0; scenario < count; scenario++)
        {
            for (int m = 0; m < simulated.Count; m++)
            {
                foreach (ref double z in fresh[m].AsSpan())
                {
                    z = streams[m].NextNormal();
                }
            }
            for (int m = 0; m < simulated.Count; m++)
            {
                Span<double> z = scores.AsSpan(0, leads[m]);
                Mix(fresh, mix[m], m, z);
                AutoregressiveScores(z, simulated[m].LeadCorrelation);
                paths.Write(scenario, m, simulated[m], z, own.AsSpan(0, leads[m]));
            }
        }
        return paths;
    }

    public bool TryGetMetric(string metric, out int index) => _index.TryGetValue(metric, out index);

    public ReadOnlySpan<double> Path(int scenario, int metric) => _values[metric].AsSpan(scenario * Horizon, Horizon);

    public double LastValue(int metric) => _last[metric];

    public ulong StepOf(int metric) => _steps[metric];

    /// <summary>Values of one metric at one lead over all futures, sorted.</summary>
    public double[] SortedAt(int metric, int lead)
    {
        double[] across = new double[Count];
        double[] values = _values[metric];
        for (int scenario = 0; scenario < Count; scenario++)
        {
            across[scenario] = values[scenario * Horizon + lead];
        }
        NumberSort.Ascending(across);
        return across;
    }

    private void Add(MetricOutlook outlook, LookAhead window)
    {
        _index.Add(outlook.Grid.Metric, _values.Count);
        _values.Add(new double[(long)Count * Horizon]);
        _last.Add(LastKnown(outlook.Grid.Values));
        _steps.Add(outlook.Grid.StepNs == 0 ? window.StepNs : outlook.Grid.StepNs);
    }

    /// <summary>Leads of the metric's own grid that the window reaches.</summary>
    private static int LeadsOf(MetricOutlook outlook, LookAhead window) => ExpandedTimeline.LeadOf(outlook, window, window.StepsSimulated - 1) + 1;

    /// <summary>Scores of one metric: its own, and those of earlier metrics as far as they go together.</summary>
    private static void Mix(double[][] fresh, double[]? weights, int metric, Span<double> scores)
    {
        if (weights is null)
        {
            fresh[metric].AsSpan(0, scores.Length).CopyTo(scores);
            return;
        }
        scores.Clear();
        for (int other = 0; other <= metric; other++)
        {
            double weight = weights[other];
            if (weight == 0)
            {
                continue;
            }
            double[] source = fresh[other];   // correlated metrics have equal leads
            for (int j = 0; j < scores.Length; j++)
            {
                scores[j] += weight * source[j];
            }
        }
    }

    private static void AutoregressiveScores(Span<double> scores, double carry)
    {
        double innovation = Math.Sqrt(1 - carry * carry);
        for (int j = 1; j < scores.Length; j++)
        {
            scores[j] = carry * scores[j - 1] + innovation * scores[j];
        }
    }

    private void Write(int scenario, int metric, MetricOutlook outlook, ReadOnlySpan<double> scores, Span<double> own)
    {
        Span<double> target = _values[metric].AsSpan(scenario * Horizon, Horizon);
        if (outlook.IsOnGridOf(Window))
        {
            outlook.PathOf(scores, target);
            return;
        }
        outlook.PathOf(scores, own);
        for (int step = 0; step < Horizon; step++)
        {
            target[step] = own[ExpandedTimeline.LeadOf(outlook, Window, step)];
        }
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
