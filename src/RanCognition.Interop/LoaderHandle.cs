namespace RanCognition.Interop;

/// <summary>Owns a rancog_loader and the handlers registered with its scheduler. Wrappers of its cores count as users of it.</summary>
internal sealed class LoaderHandle(nint handle, HostBridge host) : NativeHandle(handle, host)
{
    protected override void DestroyNative() => NativeMethods.rancog_loader_destroy(handle);
}
