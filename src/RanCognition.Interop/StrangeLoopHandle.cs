namespace RanCognition.Interop;

/// <summary>Owns a rancog_strange_loop, or borrows it from a loader.</summary>
internal sealed class StrangeLoopHandle : NativeHandle
{
    public StrangeLoopHandle(nint handle, HostBridge host)
        : base(handle, host)
    {
    }

    public StrangeLoopHandle(nint handle, LoaderHandle loader)
        : base(handle, loader)
    {
    }

    protected override void DestroyNative() => NativeMethods.rancog_strange_loop_destroy(handle);
}
