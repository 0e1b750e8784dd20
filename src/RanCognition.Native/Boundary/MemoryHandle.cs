namespace RanCognition.Native.Boundary;

/// <summary>A memory: the experience of a network, kept and recalled.</summary>
[CType("rancog_memory")]
internal readonly struct MemoryHandle
{
    public readonly nint Value;

    public MemoryHandle(nint value) => Value = value;
}
