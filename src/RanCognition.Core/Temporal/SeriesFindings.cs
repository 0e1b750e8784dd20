using RanCognition.Temporal.Patterns;

namespace RanCognition.Temporal;

/// <summary>Alarms and lasting changes of one metric.</summary>
internal sealed record SeriesFindings(AnomalyEvent[] Anomalies, ChangePoint[] ChangePoints)
{
    public static SeriesFindings None { get; } = new([], []);
}
