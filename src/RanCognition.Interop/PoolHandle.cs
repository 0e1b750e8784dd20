namespace RanCognition.Interop;

/// <summary>Owns a rancog_pool. Its blocks count as users of it: the pool goes with the last of them.</summary>
internal sealed class PoolHandle(nint handle) : NativeHandle(handle, host: null)
{
    protected override void DestroyNative() => NativeMethods.rancog_pool_destroy(handle);
}
