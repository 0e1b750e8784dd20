namespace RanCognition.Telemetry;

/// <summary>When values were measured.</summary>
internal sealed class MeasurementPeriod
{
    /// <summary>Null when it is not known; then it counts as the end.</summary>
    public ulong? StartNs { get; init; }

    /// <summary>Null when it is missing or unreadable.</summary>
    public ulong? EndNs { get; init; }

    public ulong? GranularityNs { get; init; }

    /// <summary>The length is below 0.</summary>
    public bool IsBackwards { get; init; }

    public bool IsBad => EndNs is null || IsBackwards || StartNs > EndNs;
}
