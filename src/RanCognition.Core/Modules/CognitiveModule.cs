using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>The cognitive core as a module.</summary>
public sealed class CognitiveModule : Module
{
    public const string ModuleName = "cognitive";

    private static readonly ModuleInterface[] Offered =
    [
        new(ModuleName, ["decide", "decide_with", "report_outcome", "rollback", "get_state", "ingest"]),
    ];

    private readonly CognitiveOptions _options;

    internal CognitiveModule(ReadOnlySpan<byte> config, IHost host, CoreSettings settings)
        : base(ModuleName)
    {
        _options = JsonIn.CognitiveOptions(config, "config");
        Session = new CognitiveSession(_options, host, settings);
    }

    public CognitiveSession Session { get; }

    /// <summary>To be held during every call on the session.</summary>
    public CoreLock Lock { get; } = new();

    public override IReadOnlyList<ModuleInterface> Interfaces => Offered;

    public override IReadOnlyList<IgnoredField> Ignored => _options.Ignored;

    public override ulong UsedBytes => Session.MemoryBytes;

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config)
    {
        CognitiveOptions other = JsonIn.CognitiveOptions(config, "config");
        return _options == other with { Ignored = _options.Ignored };
    }

    internal override void Close() => Session.Dispose();
}
