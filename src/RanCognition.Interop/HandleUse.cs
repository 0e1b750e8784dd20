using System.Runtime.InteropServices;

namespace RanCognition.Interop;

/// <summary>One call on a handle: keeps it alive meanwhile; throws <see cref="ObjectDisposedException"/> when it is closed.</summary>
internal readonly ref struct HandleUse
{
    private readonly SafeHandle _handle;
    private readonly CallScope _scope;

    public HandleUse(SafeHandle handle)
        : this(handle, null, default)
    {
    }

    /// <param name="handle">The handle.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="token">Cancels the call.</param>
    /// <param name="stop">Flag of a run, raised when a callback throws.</param>
    public HandleUse(SafeHandle handle, IProgress<double>? progress, CancellationToken token, int[]? stop = null)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
        _scope = new CallScope(progress, token, stop);
    }

    public nint Value => _handle.DangerousGetHandle();

    public void Dispose()
    {
        _scope.Dispose();
        _handle.DangerousRelease();
    }
}
