namespace RanCognition.Interop;

/// <summary>Owns a rancog_scheduler, or borrows it from a loader.</summary>
internal sealed class SchedulerHandle : NativeHandle
{
    public SchedulerHandle(nint handle, HostBridge host)
        : base(handle, host)
    {
    }

    public SchedulerHandle(nint handle, LoaderHandle loader)
        : base(handle, loader)
    {
    }

    protected override void DestroyNative() => NativeMethods.rancog_scheduler_destroy(handle);
}
