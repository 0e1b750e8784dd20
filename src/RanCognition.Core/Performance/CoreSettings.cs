namespace RanCognition.Performance;

/// <summary>What a core may use of the machine; the same for all cores of a loader.</summary>
public sealed record CoreSettings
{
    /// <summary>Everything.</summary>
    public static CoreSettings Default { get; } = new();

    /// <summary>The kernels of <see cref="SimdOps"/> with vector instructions; without, they take one value at a time, and results are the same to the last bit.</summary>
    public bool Simd { get; init; } = true;

    /// <summary>The kernels that a core computes with.</summary>
    public SimdOps Kernels => Simd ? SimdOps.Vector : SimdOps.Scalar;

    /// <summary>Threads of the library's own during a call; without them all work is done on the calling thread.</summary>
    public bool Threads { get; init; } = true;
}
