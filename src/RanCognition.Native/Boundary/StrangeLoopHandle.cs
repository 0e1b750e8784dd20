namespace RanCognition.Native.Boundary;

/// <summary>A strange-loop core: loops that contain a model of themselves.</summary>
[CType("rancog_strange_loop")]
internal readonly struct StrangeLoopHandle
{
    public readonly nint Value;

    public StrangeLoopHandle(nint value) => Value = value;
}
