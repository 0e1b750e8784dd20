namespace RanCognition.Native.Boundary;

/// <summary>A cognitive core: accountable decisions.</summary>
[CType("rancog_cognitive")]
internal readonly struct CognitiveHandle
{
    public readonly nint Value;

    public CognitiveHandle(nint value) => Value = value;
}
