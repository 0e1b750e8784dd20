using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>Keeps a handle alive during one call; throws <see cref="ObjectDisposedException"/> when it is closed.</summary>
internal readonly ref struct HandleUse
{
    private readonly SafeHandle _handle;

    public HandleUse(SafeHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
    }

    public nint Value => _handle.DangerousGetHandle();

    public void Dispose() => _handle.DangerousRelease();
}
