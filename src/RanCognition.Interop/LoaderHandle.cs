using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Owns a rancog_loader and the handlers registered with its scheduler. Wrappers of its cores count as users of it.</summary>
internal sealed class LoaderHandle : SafeHandle
{
    private readonly List<GCHandle> _handlers = [];
    private int _destroyed;

    public LoaderHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>Destroy has done its work, although wrappers may still hold this.</summary>
    public bool IsDestroyed => Volatile.Read(ref _destroyed) != 0;

    /// <summary>Keeps an object alive until the loader is destroyed and no wrapper is left; gives what a callback finds it by.</summary>
    public nint Keep(object handler)
    {
        GCHandle kept = GCHandle.Alloc(handler);
        lock (_handlers)
        {
            _handlers.Add(kept);
        }
        return GCHandle.ToIntPtr(kept);
    }

    /// <summary>Ends all modules at once, although wrappers may be there; gives the status of that, after which it can be tried again.</summary>
    public int Destroy()
    {
        if (Interlocked.Exchange(ref _destroyed, 1) != 0)
        {
            return 0;
        }
        NativeMethods.rancog_loader_destroy(handle);
        int status = NativeMethods.rancog_last_status();
        if (status < 0)
        {
            Volatile.Write(ref _destroyed, 0);
        }
        return status;
    }

    protected override bool ReleaseHandle()
    {
        bool done = Destroy() == 0;
        _handlers.ForEach(kept => kept.Free());
        return done;
    }
}
