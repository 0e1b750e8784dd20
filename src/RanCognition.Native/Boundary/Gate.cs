using System.Runtime.CompilerServices;
using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>The way into the library: every export passes here first.</summary>
internal static unsafe class Gate
{
    /// <summary>Starts a call that needs no handle; those that make handles are among them.</summary>
    public static void Enter() => ThreadStatus.Prepare();

    /// <summary>Starts a call on a handle: checks it and takes its lock. Calls on one handle queue here; re-entry from its own callback is BUSY.</summary>
    public static Call<TCore> Enter<TCore>(nint handle, HandleKind kind, string typeName)
        where TCore : class
    {
        NativeThread* thread = NativeThread.Current;
        CallTime.Begin(thread);
        HandleSlot slot = HandleTable.Find(handle, kind, typeName);
        Monitor.Enter(slot);   // lets a thread in again that holds it
        if (slot.InCall)
        {
            Monitor.Exit(slot);
            BoundaryException.Throw(Status.EBusy, "self: in use by the call whose callback this is");
        }
        if (Volatile.Read(ref slot.Handle) != (ulong)handle)
        {
            Monitor.Exit(slot);
            HandleTable.CloseIfPending(slot);
            BoundaryException.Throw(Status.EInvalidHandle, $"self: is a {typeName} that was destroyed while this call waited");
        }
        try
        {
            return new Call<TCore>(slot, (ulong)handle, thread);
        }
        catch (BusyException)   // a task of the loader's scheduler is in the core, and this is a callback of that
        {
            Monitor.Exit(slot);
            throw;
        }
    }

    /// <summary>Starts a call on a loader, which is safe from any thread: no lock is taken here.</summary>
    public static LoaderSession EnterLoader(nint handle)
    {
        CallTime.Begin(NativeThread.Current);
        return (LoaderSession)HandleTable.CoreOf(handle, HandleKind.Loader, "rancog_loader");
    }

    /// <summary>Starts a call on a module, of which nothing changes while its handle lives.</summary>
    public static LoadedModule EnterModule(nint handle)
    {
        CallTime.Begin(NativeThread.Current);
        return (LoadedModule)HandleTable.CoreOf(handle, HandleKind.Module, "rancog_module");
    }

    /// <summary>Starts a call on a scheduler, which is safe from any thread: no lock is taken, and its own callbacks may call it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SchedulerSession EnterScheduler(nint handle)
    {
        // A handle that is live and of this kind has nothing else under it.
        return Unsafe.As<SchedulerSession>(HandleTable.CoreOf(handle, HandleKind.Scheduler, "rancog_scheduler"));
    }

    /// <summary>The same for a call whose failure is told in JSON, with the time.</summary>
    public static SchedulerSession EnterTimedScheduler(nint handle)
    {
        CallTime.Begin(NativeThread.Current);
        return EnterScheduler(handle);
    }

    /// <summary>Starts a call on a memory, which is safe from any thread: no lock is taken here.</summary>
    public static MemoryCore EnterMemory(nint handle)
    {
        CallTime.Begin(NativeThread.Current);
        return Unsafe.As<MemoryCore>(HandleTable.CoreOf(handle, HandleKind.Memory, "rancog_memory"));
    }

    /// <summary>Starts a call on a memory pool, which is safe from any thread.</summary>
    public static MemoryPool EnterPool(nint handle)
    {
        CallTime.Begin(NativeThread.Current);
        return Unsafe.As<MemoryPool>(HandleTable.CoreOf(handle, HandleKind.Pool, "rancog_pool"));
    }
}
