namespace RanCognition.Native.Boundary;

/// <summary>The reply of the task that a handler is running. Valid in that handler, on its thread, until it returns; nothing to release.</summary>
[CType("rancog_reply")]
internal readonly struct ReplyHandle
{
    public readonly nint Value;

    public ReplyHandle(nint value) => Value = value;
}
