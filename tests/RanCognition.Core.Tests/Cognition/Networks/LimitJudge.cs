using RanCognition.Cognition.Situations;
using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Cognition;

/// <summary>Judges limits one by one.</summary>
internal sealed class LimitJudge(params Limit[] limits) : ITargetJudge
{
    private readonly int[] _places = limits.Select(limit => Array.IndexOf(limits.Select(other => other.Metric).Distinct().ToArray(), limit.Metric)).ToArray();

    public IReadOnlyList<MetricReference> References { get; } = limits.Select(limit => MetricReference.FromKey(limit.Metric)!).Distinct().ToArray();

    public int Count => limits.Length;

    public bool? Holds(int target, ReadOnlySpan<double> values)
    {
        double value = values[_places[target]];
        return double.IsNaN(value) ? null : limits[target].IsUpper ? value <= limits[target].Value : value >= limits[target].Value;
    }
}
