using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Native.Boundary;

/// <summary>A module with the handles under which its holder knows it and its core: the same values as long as it is loaded.</summary>
internal sealed class LoadedModule
{
    private readonly nint _core;

    public LoadedModule(ModuleLoader loader, Module module)
    {
        Loader = loader;
        Module = module;
        Handle = HandleTable.Lend(HandleKind.Module, this);
        try
        {
            _core = LendCore();
        }
        catch
        {
            HandleTable.Revoke(Handle, HandleKind.Module, "rancog_module");
            throw;
        }
    }

    public ModuleLoader Loader { get; }

    public Module Module { get; }

    public nint Handle { get; }

    public TemporalHandle Temporal => Module is TemporalModule ? new TemporalHandle(_core) : throw Without(TemporalModule.ModuleName);

    public SchedulerHandle Scheduler => Module is SchedulerModule ? new SchedulerHandle(_core) : throw Without(SchedulerModule.ModuleName);

    public MemoryHandle Memory => Module is MemoryModule ? new MemoryHandle(_core) : throw Without(MemoryModule.ModuleName);

    public OptimizationHandle Optimization => Module is OptimizationModule ? new OptimizationHandle(_core) : throw Without(OptimizationModule.ModuleName);

    public StrangeLoopHandle StrangeLoop => Module is StrangeLoopModule ? new StrangeLoopHandle(_core) : throw Without(StrangeLoopModule.ModuleName);

    public CognitiveHandle Cognitive => Module is CognitiveModule ? new CognitiveHandle(_core) : throw Without(CognitiveModule.ModuleName);

    /// <summary>Makes the handles stale.</summary>
    public void Revoke()
    {
        HandleTable.Revoke(Handle, HandleKind.Module, "rancog_module");
        if (Module is TemporalModule)
        {
            HandleTable.Revoke(_core, HandleKind.Temporal, "rancog_temporal");
        }
        else if (Module is SchedulerModule)
        {
            HandleTable.Revoke(_core, HandleKind.Scheduler, "rancog_scheduler");
        }
        else if (Module is MemoryModule)
        {
            HandleTable.Revoke(_core, HandleKind.Memory, "rancog_memory");
        }
        else if (Module is OptimizationModule)
        {
            HandleTable.Revoke(_core, HandleKind.Optimization, "rancog_optimization");
        }
        else if (Module is StrangeLoopModule)
        {
            HandleTable.Revoke(_core, HandleKind.StrangeLoop, "rancog_strange_loop");
        }
        else if (Module is CognitiveModule)
        {
            HandleTable.Revoke(_core, HandleKind.Cognitive, "rancog_cognitive");
        }
    }

    private nint LendCore() => Module switch
    {
        TemporalModule temporal => HandleTable.Lend(HandleKind.Temporal, temporal.Core, temporal.Lock),
        SchedulerModule scheduler => HandleTable.Lend(HandleKind.Scheduler, new SchedulerSession(scheduler.Core)),
        MemoryModule memory => HandleTable.Lend(HandleKind.Memory, memory.Core),
        OptimizationModule optimization => HandleTable.Lend(HandleKind.Optimization, optimization.Core, optimization.Lock),
        StrangeLoopModule strangeLoop => HandleTable.Lend(HandleKind.StrangeLoop, strangeLoop.Core, strangeLoop.Lock),
        CognitiveModule cognitive => HandleTable.Lend(HandleKind.Cognitive, cognitive.Session, cognitive.Lock),
        _ => 0,
    };

    private InvalidInputException Without(string core) => new("self", $"is the module '{Module.Name}', which has no {core} core");
}
