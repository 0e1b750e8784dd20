namespace RanCognition.Contracts;

/// <summary>Options of a strange-loop core.</summary>
public sealed record StrangeLoopOptions
{
    /// <summary>Step of adaptive conformal inference, above 0 and at most 1.</summary>
    public double AciStep { get; init; } = 0.05;

    /// <summary>
    /// How deep the loop models itself, 0..3: 0 predictions are taken as they are, 1 they are corrected, 2 the corrections tune themselves, 3 the tuning tunes its own patience.
    /// </summary>
    public int Levels { get; init; } = 2;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
