using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Modules;

/// <summary>The scheduler as a module. Its tasks use the loader's cores while those are loaded.</summary>
public sealed class SchedulerModule : Module
{
    public const string ModuleName = "scheduler";

    private static readonly ModuleInterface[] Offered =
    [
        new(ModuleName,
        [
            "schedule_task", "schedule_recurring_task", "execute_ready_tasks", "get_next_execution_time", "get_queue_status", "advance_time", "cancel_task", "reschedule_task",
            "register_handler", "schedule_batch", "execute_ready_batch", "run", "snapshot", "restore",
        ]),
    ];

    private readonly SchedulerOptions _options;
    private readonly MemoryOperationTasks _memoryTasks;
    private readonly CognitiveTasks _cognitiveTasks;

    internal SchedulerModule(ReadOnlySpan<byte> config, IHost host, CoreSettings settings, SharedPool memory, SharedCores cores)
        : base(ModuleName)
    {
        _options = JsonIn.SchedulerOptions(config, "config");
        Core = new NanoScheduler(_options, host, memory);
        _memoryTasks = new MemoryOperationTasks(_options.Memory, host, cores.Memory);
        Core.SetCore(TaskKind.MemoryOperation, _memoryTasks);
        Core.SetCore(TaskKind.TemporalAnalysis, new TemporalAnalysisTasks(_options.ExpansionFactor, _options.TemporalResolution, host, cores.Temporal, settings));
        Core.SetCore(TaskKind.Optimization, new OptimizationTasks(host, cores.Optimization, settings.Threads));
        Core.SetCore(TaskKind.StrangeLoop, new StrangeLoopTasks(host, cores.StrangeLoop));
        _cognitiveTasks = new CognitiveTasks(host, cores.Cognitive);
        Core.SetCore(TaskKind.CognitiveProcessing, _cognitiveTasks);
    }

    public NanoScheduler Core { get; }

    public override IReadOnlyList<ModuleInterface> Interfaces => Offered;

    public override IReadOnlyList<IgnoredField> Ignored => _options.Ignored;

    public override ulong UsedBytes => Core.MemoryBytes + Core.DataBytes;

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config)
    {
        SchedulerOptions other = JsonIn.SchedulerOptions(config, "config");
        return _options == other with { Ignored = _options.Ignored };
    }

    internal override void Close()
    {
        Core.Dispose();
        _memoryTasks.Dispose();
        _cognitiveTasks.Dispose();
    }
}
