using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>What was found in the histories, as patterns and as marks for charts.</summary>
internal sealed class PatternFindings(List<TemporalPattern> patterns, Dictionary<string, SeriesFindings> perMetric)
{
    public List<TemporalPattern> Patterns { get; } = patterns;

    /// <summary>Alarms and change points of one metric; empty when it was not looked at.</summary>
    public SeriesFindings Of(string metric) => perMetric.TryGetValue(metric, out SeriesFindings? found) ? found : SeriesFindings.None;
}
