namespace RanCognition.Native.Boundary;

/// <summary>A memory pool: its blocks, its budget, its statistics.</summary>
[CType("rancog_pool")]
internal readonly struct PoolHandle
{
    public readonly nint Value;

    public PoolHandle(nint value) => Value = value;
}
