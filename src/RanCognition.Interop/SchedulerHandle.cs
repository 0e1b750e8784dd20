using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Owns a rancog_scheduler and the handlers registered with it, which live until no call is under way any more. One that is borrowed from a loader is the loader's, with them.</summary>
internal sealed class SchedulerHandle : SafeHandle
{
    private readonly List<GCHandle> _handlers = [];
    private readonly LoaderHandle? _loader;
    private int _destroyed;

    public SchedulerHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public SchedulerHandle(nint handle, LoaderHandle loader)
        : this(handle)
    {
        bool added = false;
        loader.DangerousAddRef(ref added);
        _loader = loader;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Destroy was called: a run that ends now was ended by that.</summary>
    public bool IsDestroyed => Volatile.Read(ref _destroyed) != 0;

    /// <summary>Keeps an object alive as long as the scheduler; gives what a callback finds it by.</summary>
    public nint Keep(object handler)
    {
        if (_loader is not null)
        {
            return _loader.Keep(handler);
        }
        GCHandle kept = GCHandle.Alloc(handler);
        lock (_handlers)
        {
            _handlers.Add(kept);
        }
        return GCHandle.ToIntPtr(kept);
    }

    /// <summary>Ends what runs; calls that are under way leave by themselves.</summary>
    public void Destroy()
    {
        if (Interlocked.Exchange(ref _destroyed, 1) == 0 && _loader is null)
        {
            NativeMethods.rancog_scheduler_destroy(handle);
        }
    }

    protected override bool ReleaseHandle()
    {
        Destroy();
        _handlers.ForEach(kept => kept.Free());
        _loader?.DangerousRelease();
        return true;
    }
}
