using System.Runtime.CompilerServices;
using RanCognition.Modules;

namespace RanCognition.Native.Boundary;

/// <summary>One call on one handle: holds the handle's lock until disposed.</summary>
internal readonly unsafe ref struct Call<TCore> where TCore : class
{
    private readonly HandleSlot _slot;
    private readonly ulong _handle;
    private readonly NativeThread* _thread;
    private readonly CoreLock? _shared;

    public Call(HandleSlot slot, ulong handle, NativeThread* thread)
    {
        _slot = slot;
        _handle = handle;
        _thread = thread;
        _shared = slot.Shared;
        _shared?.Enter();
        slot.InCall = true;
        Core = Unsafe.As<TCore>(slot.Core)!;   // a handle that is live and of this kind has nothing else under it
    }

    public TCore Core { get; }

    public void Dispose()
    {
        // A callback of this call may have made calls of its own; their status is not this call's. A failure sets its own after this.
        _thread->Status = Status.Ok;
        _shared?.Exit();
        _slot.InCall = false;
        Monitor.Exit(_slot);
        // Read after the release: whoever destroys the handle first makes it stale, then tries the lock, so one of the two sees the other.
        if (Volatile.Read(ref _slot.Handle) != _handle)
        {
            HandleTable.CloseIfPending(_slot);
        }
    }
}
