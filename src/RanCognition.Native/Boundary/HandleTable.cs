using System.Runtime.CompilerServices;
using RanCognition.Modules;

namespace RanCognition.Native.Boundary;

/// <summary>All live handles. A handle's value is kind (8 bits), generation (32) and index (24): never an address, never NULL, never reused.</summary>
internal static class HandleTable
{
    /// <summary>Handles that can live at one time.</summary>
    public const int CapacityHandles = 1 << 20;

    private static readonly Lock Gate = new();
    private static int s_used;
    private static readonly Stack<HandleSlot> Free = new();

    public static nint Create(HandleKind kind, object core) => Create(kind, core, isBorrowed: false, null);

    /// <summary>A handle that only <see cref="Revoke"/> makes stale; calls on it hold the lock too, if there is one.</summary>
    public static nint Lend(HandleKind kind, object core, CoreLock? shared = null) => Create(kind, core, isBorrowed: true, shared);

    private static nint Create(HandleKind kind, object core, bool isBorrowed, CoreLock? shared)
    {
        lock (Gate)
        {
            HandleSlot slot = Free.Count > 0 ? Free.Pop() : Grow();
            slot.Generation++;
            slot.Core = core;
            slot.IsBorrowed = isBorrowed;
            slot.Shared = shared;
            ulong handle = ((ulong)kind << 56) | ((ulong)slot.Generation << 24) | (uint)slot.Index;
            Volatile.Write(ref slot.Handle, handle);
            return (nint)handle;
        }
    }

    /// <summary>Finds the slot of a live handle of this kind, or throws with the reason.</summary>
    public static HandleSlot Find(nint handle, HandleKind kind, string typeName)
    {
        ulong value = (ulong)handle;
        if (SlotOf(value, kind) is { } slot && Volatile.Read(ref slot.Handle) == value)
        {
            return slot;
        }
        throw Refusal(value, kind, typeName);
    }

    /// <summary>The core of a live handle of this kind, without its lock: for cores that are safe from any thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object CoreOf(nint handle, HandleKind kind, string typeName)
    {
        ulong value = (ulong)handle;
        if (SlotOf(value, kind) is { } slot)
        {
            // In this order: a handle that is live after the core was read was live before, for its value is never used again.
            object? core = Volatile.Read(ref slot.Core);
            if (Volatile.Read(ref slot.Handle) == value)
            {
                return core!;
            }
        }
        throw Refusal(value, kind, typeName);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static HandleSlot? SlotOf(ulong value, HandleKind kind)
    {
        HandleSlot[]? slots = Volatile.Read(ref Slots.All);
        uint index = (uint)(value & 0xFF_FFFF);
        return (byte)(value >> 56) == (byte)kind && slots is not null && index < (uint)slots.Length ? slots[index] : null;
    }

    /// <summary>
    /// Makes the handle stale at once. Its core is let go here when nobody uses it, else by the call that leaves last.
    /// </summary>
    public static void Destroy(nint handle, HandleKind kind, string typeName)
    {
        if (handle == 0)
        {
            return;
        }
        HandleSlot slot = Find(handle, kind, typeName);
        if (slot.IsBorrowed)
        {
            BoundaryException.Throw(Status.EInvalidArgument, $"self: is a {typeName} that belongs to a rancog_loader; unload its module instead");
        }
        Retire(slot, handle, kind, typeName);
    }

    /// <summary>Makes a lent handle stale at once; its core is let go as by <see cref="Destroy"/>.</summary>
    public static void Revoke(nint handle, HandleKind kind, string typeName) => Retire(Find(handle, kind, typeName), handle, kind, typeName);

    private static void Retire(HandleSlot slot, nint handle, HandleKind kind, string typeName)
    {
        if (Interlocked.CompareExchange(ref slot.Handle, 0, (ulong)handle) != (ulong)handle)
        {
            throw Refusal((ulong)handle, kind, typeName);   // another thread destroyed it first
        }
        slot.ClosePending = true;
        CloseIfPending(slot);
    }

    /// <summary>Lets a destroyed core go when its lock is free; called after every call that found its handle stale on leaving.</summary>
    public static void CloseIfPending(HandleSlot slot)
    {
        // From inside the core's own call (a callback destroyed it) the lock is held by this thread: the outer call closes it.
        if (Monitor.IsEntered(slot) || !Monitor.TryEnter(slot))
        {
            return;
        }
        object? core = null;
        try
        {
            if (slot.ClosePending)
            {
                slot.ClosePending = false;
                core = slot.Core;
                slot.Core = null;
            }
        }
        finally
        {
            Monitor.Exit(slot);
        }
        if (core is not null)
        {
            (core as IDisposable)?.Dispose();
            lock (Gate)
            {
                Free.Push(slot);
            }
        }
    }

    private static HandleSlot Grow()
    {
        if (s_used == CapacityHandles)
        {
            BoundaryException.Throw(Status.ELimit, $"more than {CapacityHandles} handles at one time");
        }
        HandleSlot[] slots = Slots.All ?? [];
        if (s_used == slots.Length)
        {
            Array.Resize(ref slots, Math.Max(64, s_used * 2));
            Volatile.Write(ref Slots.All, slots);
        }
        return slots[s_used] = new HandleSlot(s_used++);
    }

    private static BoundaryException Refusal(ulong value, HandleKind kind, string typeName)
    {
        string reason = value == 0 ? "is NULL"
            : (byte)(value >> 56) != (byte)kind ? $"is not a {typeName}"
            : $"is a {typeName} that was destroyed, or not a handle";
        return new BoundaryException(Status.EInvalidHandle, $"self: {reason}");
    }

    // Apart from the other statics, whose initial values would be asked for at each look-up.
    private static class Slots
    {
        public static HandleSlot[]? All;
    }
}
