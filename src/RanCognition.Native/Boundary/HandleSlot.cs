using RanCognition.Modules;

namespace RanCognition.Native.Boundary;

/// <summary>One place of the handle table. Its monitor is the lock of the handle that lives in it.</summary>
internal sealed class HandleSlot(int index)
{
    public readonly int Index = index;

    /// <summary>Value of the handle that lives here now; 0 when free or when its handle was destroyed. A stale handle never equals it.</summary>
    public ulong Handle;

    /// <summary>Counts the handles that lived here, so that their values differ.</summary>
    public uint Generation;

    /// <summary>The core; cleared only under the monitor, and read only there but by <see cref="HandleTable.CoreOf"/>.</summary>
    public object? Core;

    /// <summary>A call is under way; read and written only under the monitor, so a caller that sees it set is that call's own callback.</summary>
    public bool InCall;

    /// <summary>The core belongs to a loader: its handle is not its holder's to destroy. Written before the handle.</summary>
    public bool IsBorrowed;

    /// <summary>To be held during calls too, where another way than the handle leads to the core. Written before the handle.</summary>
    public CoreLock? Shared;

    /// <summary>Set when a handle was destroyed and its core not yet let go; cleared only under the monitor.</summary>
    public volatile bool ClosePending;
}
