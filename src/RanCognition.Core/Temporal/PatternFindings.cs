using RanCognition.Contracts;
using RanCognition.Temporal.Logic;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Temporal;

/// <summary>What was found in the histories, as patterns and as marks for charts.</summary>
internal sealed class PatternFindings
{
    private readonly Dictionary<string, SeriesFindings> _perMetric = new(StringComparer.Ordinal);

    public List<TemporalPattern> Patterns { get; private set; } = [];

    /// <summary>Alarms and change points of one metric; empty when it was not looked at.</summary>
    public SeriesFindings Of(string metric) => _perMetric.TryGetValue(metric, out SeriesFindings? found) ? found : SeriesFindings.None;

    public static PatternFindings Find(IReadOnlyList<MetricGrid> grids, ConstraintSet constraints, Func<bool> expired)
    {
        PatternFindings findings = new();
        foreach (MetricGrid grid in grids)
        {
            if (expired())
            {
                break;
            }
            AnomalyEvent[] anomalies = AnomalyScan.Events(grid.Values, grid.StepSeconds);
            ChangePoint[] changes = ChangePoints.Describe(grid.Values, ChangePoints.Find(grid.Values));
            findings._perMetric[grid.Metric] = new SeriesFindings(anomalies, changes);
        }
        return findings;
    }
}
