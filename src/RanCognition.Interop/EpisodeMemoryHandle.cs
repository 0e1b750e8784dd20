namespace RanCognition.Interop;

/// <summary>Owns a rancog_memory, or borrows it from a loader.</summary>
internal sealed class EpisodeMemoryHandle : NativeHandle
{
    public EpisodeMemoryHandle(nint handle, HostBridge host)
        : base(handle, host)
    {
    }

    public EpisodeMemoryHandle(nint handle, LoaderHandle loader)
        : base(handle, loader)
    {
    }

    protected override void DestroyNative() => NativeMethods.rancog_memory_destroy(handle);
}
