namespace RanCognition.Interop;

/// <summary>A module of a <see cref="ModuleLoader"/>; it belongs to the loader, there is nothing to dispose of.</summary>
public sealed unsafe class LoadedModule
{
    private readonly nint _handle;
    private readonly LoaderHandle _loader;
    private readonly Lock _gate = new();
    private TemporalCore? _temporal;
    private Scheduler? _scheduler;

    internal LoadedModule(string name, nint handle, LoaderHandle loader)
    {
        Name = name;
        _handle = handle;
        _loader = loader;
    }

    /// <summary>The name it was loaded by.</summary>
    public string Name { get; }

    /// <summary>The core of the module "temporal", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="RanCognitionException">The module is another, or was unloaded.</exception>
    public TemporalCore Temporal
    {
        get
        {
            nint core = NativeMethods.rancog_module_get_temporal(_handle);
            NativeCall.Check(NativeMethods.rancog_last_status());
            lock (_gate)
            {
                return _temporal ??= new TemporalCore(new TemporalHandle(core, _loader));
            }
        }
    }

    /// <summary>The core of the module "scheduler", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="RanCognitionException">The module is another, or was unloaded.</exception>
    public Scheduler Scheduler
    {
        get
        {
            nint core = NativeMethods.rancog_module_get_scheduler(_handle);
            NativeCall.Check(NativeMethods.rancog_last_status());
            lock (_gate)
            {
                return _scheduler ??= new Scheduler(new SchedulerHandle(core, _loader));
            }
        }
    }

    /// <summary>What it offers, and how it and its loader are set, as JSON.</summary>
    public string Interfaces() => NativeCall.TakeText(NativeMethods.rancog_module_interfaces(_handle));

    /// <summary>The memory that it holds, and its bounds, as JSON.</summary>
    public string Memory() => NativeCall.TakeText(NativeMethods.rancog_module_memory(_handle));
}
