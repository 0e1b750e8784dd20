using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Owns a rancog_temporal: destroyed once, also when nobody disposed of it. One that is borrowed from a loader is the loader's.</summary>
internal sealed class TemporalHandle : SafeHandle
{
    private readonly LoaderHandle? _loader;

    public TemporalHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public TemporalHandle(nint handle, LoaderHandle loader)
        : this(handle)
    {
        bool added = false;
        loader.DangerousAddRef(ref added);
        _loader = loader;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        if (_loader is not null)
        {
            _loader.DangerousRelease();
        }
        else
        {
            NativeMethods.rancog_temporal_destroy(handle);
        }
        return true;
    }
}
