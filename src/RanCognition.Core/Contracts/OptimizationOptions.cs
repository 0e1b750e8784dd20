namespace RanCognition.Contracts;

/// <summary>Options of an optimization core: what problems have that say nothing else.</summary>
public sealed record OptimizationOptions
{
    public ulong Seed { get; init; }

    public int Threads { get; init; } = 1;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
