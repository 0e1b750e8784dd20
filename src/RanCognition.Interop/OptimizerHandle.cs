namespace RanCognition.Interop;

/// <summary>Owns a rancog_optimization, or borrows it from a loader.</summary>
internal sealed class OptimizerHandle : NativeHandle
{
    public OptimizerHandle(nint handle, HostBridge host)
        : base(handle, host)
    {
    }

    public OptimizerHandle(nint handle, LoaderHandle loader)
        : base(handle, loader)
    {
    }

    protected override void DestroyNative() => NativeMethods.rancog_optimization_destroy(handle);
}
