namespace RanCognition.Interop;

/// <summary>Owns a rancog_cognitive, or borrows it from a loader.</summary>
internal sealed class CognitiveHandle : NativeHandle
{
    public CognitiveHandle(nint handle, HostBridge host)
        : base(handle, host)
    {
    }

    public CognitiveHandle(nint handle, LoaderHandle loader)
        : base(handle, loader)
    {
    }

    protected override void DestroyNative() => NativeMethods.rancog_cognitive_destroy(handle);
}
