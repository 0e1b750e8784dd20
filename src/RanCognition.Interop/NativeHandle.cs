using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>
/// Owns a native object and what its callbacks find: host and handlers, kept alive here and found by weak references, so that an object to which nothing but its own callbacks refers
/// is collected. One that is borrowed from a loader keeps the loader instead, and is the loader's.
/// </summary>
internal abstract class NativeHandle : SafeHandle
{
    private readonly HostBridge? _host;
    private readonly LoaderHandle? _loader;
    private readonly List<object> _kept = [];
    private readonly List<GCHandle> _found = [];
    private int _destroyed;

    protected NativeHandle(nint handle, HostBridge? host)
        : base(0, ownsHandle: true)
    {
        _host = host;
        SetHandle(handle);
    }

    protected NativeHandle(nint handle, LoaderHandle loader)
        : base(0, ownsHandle: true)
    {
        bool added = false;
        loader.DangerousAddRef(ref added);
        _loader = loader;
        SetHandle(handle);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Destroy has done its work, on this or on the loader that owns it, although calls may still be under way.</summary>
    public bool IsDestroyed => Volatile.Read(ref _destroyed) != 0 || _loader is { IsDestroyed: true };

    /// <summary>Throws why the call just made gave no handle, or what one of its callbacks threw; what was created is then destroyed.</summary>
    public void RequireCreated()
    {
        try
        {
            NativeCall.CheckLast();
        }
        catch
        {
            Dispose();
            if (IsInvalid)
            {
                _host?.Free();   // an invalid handle is not released
            }
            throw;
        }
    }

    /// <summary>Keeps an object as long as the native one; gives what a callback finds it by.</summary>
    public nint Keep(object callback)
    {
        if (_loader is not null)
        {
            return _loader.Keep(callback);
        }
        GCHandle found = GCHandle.Alloc(callback, GCHandleType.Weak);
        lock (_kept)
        {
            _kept.Add(callback);
            _found.Add(found);
        }
        return GCHandle.ToIntPtr(found);
    }

    /// <summary>Destroys the native object at once, although calls may be under way; they leave by themselves. Gives the status, and can be tried again after a refusal.</summary>
    public int Destroy()
    {
        if (_loader is not null || handle == 0 || Interlocked.Exchange(ref _destroyed, 1) != 0)
        {
            return 0;
        }
        using CallScope scope = new(null, default);   // what the host's log throws now has no call to end
        DestroyNative();
        int status = NativeMethods.rancog_last_status();
        if (status < 0)
        {
            Volatile.Write(ref _destroyed, 0);
        }
        return status;
    }

    protected abstract void DestroyNative();

    protected override bool ReleaseHandle()
    {
        bool done = Destroy() == 0;
        _found.ForEach(found => found.Free());
        _host?.Free();
        _loader?.DangerousRelease();
        return done;
    }
}
