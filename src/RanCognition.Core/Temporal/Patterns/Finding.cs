namespace RanCognition.Temporal.Patterns;

/// <summary>Something found in one series, before the correction for the other tests of the call.</summary>
/// <param name="Metric">Index of the series in the call.</param>
/// <param name="Type">One of PatternTypes.</param>
/// <param name="From">First sample, in the series' grid.</param>
/// <param name="To">Last sample.</param>
/// <param name="PValue">Corrected for this finder's own search.</param>
/// <param name="Parameters">Measured numbers by name.</param>
internal sealed record Finding(int Metric, string Type, int From, int To, double PValue, KeyValuePair<string, double>[] Parameters)
{
    /// <summary>The second metric of lead and lag, or of a quotient.</summary>
    public string? OtherMetric { get; init; }

    /// <summary>Id of the constraint that was violated.</summary>
    public string? Constraint { get; init; }
}
