namespace RanCognition.Interop;

/// <summary>Owns a rancog_temporal, or borrows it from a loader.</summary>
internal sealed class TemporalHandle : NativeHandle
{
    public TemporalHandle(nint handle, HostBridge host)
        : base(handle, host)
    {
    }

    public TemporalHandle(nint handle, LoaderHandle loader)
        : base(handle, loader)
    {
    }

    protected override void DestroyNative() => NativeMethods.rancog_temporal_destroy(handle);
}
