using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Owns a rancog_temporal: destroyed once, also when nobody disposed of it.</summary>
internal sealed class TemporalHandle : SafeHandle
{
    public TemporalHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.rancog_temporal_destroy(handle);
        return true;
    }
}
