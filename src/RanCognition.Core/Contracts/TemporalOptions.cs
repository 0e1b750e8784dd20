namespace RanCognition.Contracts;

/// <summary>Options of a temporal core that a loader makes.</summary>
public sealed record TemporalOptions
{
    public ulong ExpansionFactor { get; init; } = 200;

    public ulong TemporalResolution { get; init; } = 100;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
