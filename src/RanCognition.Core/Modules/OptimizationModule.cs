using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Optimization;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>The optimization core as a module.</summary>
public sealed class OptimizationModule : Module
{
    public const string ModuleName = "optimization";

    private static readonly ModuleInterface[] Offered =
    [
        new(ModuleName, ["optimize", "optimize_with", "optimize_with_batch", "begin", "ask", "tell", "result", "evaluate_network"]),
    ];

    private readonly OptimizationOptions _options;

    internal OptimizationModule(ReadOnlySpan<byte> config, IHost host, CoreSettings settings)
        : base(ModuleName)
    {
        _options = JsonIn.OptimizationOptions(config, "config");
        Core = new OptimizationCore(_options, host, settings.Threads);
    }

    public OptimizationCore Core { get; }

    /// <summary>To be held during every call on the core.</summary>
    public CoreLock Lock { get; } = new();

    public override IReadOnlyList<ModuleInterface> Interfaces => Offered;

    public override IReadOnlyList<IgnoredField> Ignored => _options.Ignored;

    // A search that was begun is all that it keeps between calls.
    public override ulong UsedBytes => Core.MemoryBytes;

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config)
    {
        OptimizationOptions other = JsonIn.OptimizationOptions(config, "config");
        return _options == other with { Ignored = _options.Ignored };
    }

    internal override void Close()
    {
        // Nothing but managed memory; a call that is under way keeps it.
    }
}
