using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Modules;

/// <summary>The temporal reasoning core as a module.</summary>
public sealed class TemporalModule : Module
{
    public const string ModuleName = "temporal";

    private static readonly ModuleInterface[] Offered =
    [
        new(ModuleName,
        [
            "expand_subjective_time", "parallel_temporal_analysis", "set_consciousness_level", "get_performance_metrics", "analyze_temporal_patterns", "predict_future_states",
            "optimize_temporal_expansion", "forecast", "observe", "score_anomalies", "detect_anomalies", "detect_change_points",
        ]),
    ];

    private readonly TemporalOptions _options;

    internal TemporalModule(ReadOnlySpan<byte> config, IHost host, CoreSettings settings)
        : base(ModuleName)
    {
        _options = JsonIn.TemporalOptions(config, "config");
        Core = new TemporalReasoningCore(_options.ExpansionFactor, _options.TemporalResolution, host, settings);
    }

    public TemporalReasoningCore Core { get; }

    /// <summary>To be held during every call on the core.</summary>
    public CoreLock Lock { get; } = new();

    public override IReadOnlyList<ModuleInterface> Interfaces => Offered;

    public override IReadOnlyList<IgnoredField> Ignored => _options.Ignored;

    // One number, read beside a call that may change it.
    public override ulong UsedBytes => Core.GetPerformanceMetrics().MemoryUsage;

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config)
    {
        TemporalOptions other = JsonIn.TemporalOptions(config, "config");
        return _options == other with { Ignored = _options.Ignored };
    }

    internal override void Close()
    {
        // Nothing but managed memory; a call that is under way keeps it.
    }
}
