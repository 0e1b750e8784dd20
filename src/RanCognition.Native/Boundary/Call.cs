using RanCognition.Modules;

namespace RanCognition.Native.Boundary;

/// <summary>One call on one handle: holds the handle's lock until disposed.</summary>
internal readonly ref struct Call<TCore> where TCore : class
{
    private readonly HandleSlot _slot;
    private readonly ulong _handle;
    private readonly CoreLock? _shared;

    public Call(HandleSlot slot, ulong handle)
    {
        _slot = slot;
        _handle = handle;
        _shared = slot.Shared;
        _shared?.Enter();
        slot.InCall = true;
        Core = (TCore)slot.Core!;
    }

    public TCore Core { get; }

    public void Dispose()
    {
        // A callback of this call may have made calls of its own; their status is not this call's. A failure sets its own after this.
        ThreadStatus.Clear();
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
