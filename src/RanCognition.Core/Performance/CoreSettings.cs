namespace RanCognition.Performance;

/// <summary>What a core may use of the machine; the same for all cores of a loader.</summary>
public sealed record CoreSettings
{
    /// <summary>Everything.</summary>
    public static CoreSettings Default { get; } = new();

    /// <summary>Vector instructions; without them the scalar paths run.</summary>
    public bool Simd { get; init; } = true;

    /// <summary>Threads of the library's own during a call; without them all work is done on the calling thread.</summary>
    public bool Threads { get; init; } = true;
}
