using RanCognition.Contracts;

namespace RanCognition.Memory.Situations;

/// <summary>The metrics that situations have named so far, each with its running robust scale. Never changes: a change makes another one.</summary>
/// <remarks>
/// A situation is compared as (value - median) / scale per metric; one that it lacks counts as typical (0). A metric is fitted anew each time the number of its known values has doubled, so that
/// the scales follow the data while each episode costs a constant amount of work on average.
/// </remarks>
internal sealed class SituationSpace
{
    public static SituationSpace Empty { get; } = new([], []);

    private readonly Dictionary<string, int> _positions;

    private SituationSpace(MetricScale[] metrics, long[] known)
    {
        Metrics = metrics;
        Known = known;
        _positions = new Dictionary<string, int>(metrics.Length, StringComparer.Ordinal);
        for (int i = 0; i < metrics.Length; i++)
        {
            _positions.Add(metrics[i].Metric, i);
        }
    }

    /// <summary>By position.</summary>
    public MetricScale[] Metrics { get; }

    /// <summary>How many values of each metric were seen.</summary>
    public long[] Known { get; }

    public int Count => Metrics.Length;

    public static SituationSpace Of(IReadOnlyList<MetricScale> metrics, long[] known) => metrics.Count == 0 ? Empty : new([.. metrics], known);

    /// <summary>Position of a metric, or -1.</summary>
    public int PositionOf(string metric) => _positions.TryGetValue(metric, out int position) ? position : -1;

    /// <summary>Raw values to numbers that are compared; values beyond the given count as typical.</summary>
    public void Normalise(ReadOnlySpan<float> raw, Span<float> normalised)
    {
        normalised.Clear();
        for (int i = 0; i < raw.Length; i++)
        {
            normalised[i] = Normalise(i, raw[i]);
        }
    }

    private float Normalise(int position, float raw)
    {
        if (float.IsNaN(raw))
        {
            return 0;
        }
        MetricScale metric = Metrics[position];
        double value = (raw - metric.Median) / metric.Scale;
        // Two finite numbers can lie further apart than a float says.
        return (float)Math.Clamp(value, -float.MaxValue, float.MaxValue);
    }
}
