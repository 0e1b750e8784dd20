namespace RanCognition.Native.Boundary;

/// <summary>An optimization core: what to set.</summary>
[CType("rancog_optimization")]
internal readonly struct OptimizationHandle
{
    public readonly nint Value;

    public OptimizationHandle(nint value) => Value = value;
}
