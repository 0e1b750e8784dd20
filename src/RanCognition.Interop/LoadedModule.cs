using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>A module of a <see cref="ModuleLoader"/>; it belongs to the loader, there is nothing to dispose of.</summary>
/// <remarks>After it was unloaded every member throws <see cref="ObjectDisposedException"/>.</remarks>
public sealed unsafe class LoadedModule
{
    private readonly nint _handle;
    private readonly LoaderHandle _loader;
    private readonly Lock _gate = new();
    private TemporalCore? _temporal;
    private Scheduler? _scheduler;
    private EpisodeMemory? _episodes;
    private Optimizer? _optimizer;
    private StrangeLoop? _strangeLoop;
    private DecisionCore? _cognitive;

    internal LoadedModule(string name, nint handle, LoaderHandle loader)
    {
        Name = name;
        _handle = handle;
        _loader = loader;
    }

    /// <summary>The name it was loaded by.</summary>
    public string Name { get; }

    /// <summary>The core of the module "temporal", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="ArgumentException">The module is another.</exception>
    public TemporalCore Temporal
    {
        get
        {
            using HandleUse use = new(_loader);
            nint core = NativeMethods.rancog_module_get_temporal(_handle);
            NativeCall.CheckLast();
            lock (_gate)
            {
                return _temporal ??= new TemporalCore(new TemporalHandle(core, _loader));
            }
        }
    }

    /// <summary>The core of the module "scheduler", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="ArgumentException">The module is another.</exception>
    public Scheduler Scheduler
    {
        get
        {
            using HandleUse use = new(_loader);
            nint core = NativeMethods.rancog_module_get_scheduler(_handle);
            NativeCall.CheckLast();
            lock (_gate)
            {
                return _scheduler ??= new Scheduler(new SchedulerHandle(core, _loader));
            }
        }
    }

    /// <summary>The memory of the module "memory", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="ArgumentException">The module is another.</exception>
    public EpisodeMemory EpisodeMemory
    {
        get
        {
            using HandleUse use = new(_loader);
            nint core = NativeMethods.rancog_module_get_memory(_handle);
            NativeCall.CheckLast();
            lock (_gate)
            {
                return _episodes ??= new EpisodeMemory(new EpisodeMemoryHandle(core, _loader));
            }
        }
    }

    /// <summary>The core of the module "optimization", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="ArgumentException">The module is another.</exception>
    public Optimizer Optimization
    {
        get
        {
            using HandleUse use = new(_loader);
            nint core = NativeMethods.rancog_module_get_optimization(_handle);
            NativeCall.CheckLast();
            lock (_gate)
            {
                return _optimizer ??= new Optimizer(new OptimizerHandle(core, _loader));
            }
        }
    }

    /// <summary>The core of the module "strangeLoop", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="ArgumentException">The module is another.</exception>
    public StrangeLoop StrangeLoop
    {
        get
        {
            using HandleUse use = new(_loader);
            nint core = NativeMethods.rancog_module_get_strange_loop(_handle);
            NativeCall.CheckLast();
            lock (_gate)
            {
                return _strangeLoop ??= new StrangeLoop(new StrangeLoopHandle(core, _loader));
            }
        }
    }

    /// <summary>The core of the module "cognitive", the same object each time; to dispose of it ends nothing.</summary>
    /// <exception cref="ArgumentException">The module is another.</exception>
    public DecisionCore Cognitive
    {
        get
        {
            using HandleUse use = new(_loader);
            nint core = NativeMethods.rancog_module_get_cognitive(_handle);
            NativeCall.CheckLast();
            lock (_gate)
            {
                return _cognitive ??= new DecisionCore(new CognitiveHandle(core, _loader));
            }
        }
    }

    /// <summary>What it offers, and how it and its loader are set.</summary>
    public ModuleInterfaces Interfaces()
    {
        using HandleUse use = new(_loader);
        return NativeCall.TakeRecord<ModuleInterfaces>(NativeMethods.rancog_module_interfaces(_handle));
    }

    /// <inheritdoc cref="Interfaces"/>
    /// <returns>JSON.</returns>
    public string InterfacesJson()
    {
        using HandleUse use = new(_loader);
        return NativeCall.TakeText(NativeMethods.rancog_module_interfaces(_handle));
    }

    /// <summary>The bytes that it holds, and their bounds.</summary>
    public ModuleMemory Memory()
    {
        using HandleUse use = new(_loader);
        return NativeCall.TakeRecord<ModuleMemory>(NativeMethods.rancog_module_memory(_handle));
    }

    /// <inheritdoc cref="Memory"/>
    /// <returns>JSON.</returns>
    public string MemoryJson()
    {
        using HandleUse use = new(_loader);
        return NativeCall.TakeText(NativeMethods.rancog_module_memory(_handle));
    }
}
