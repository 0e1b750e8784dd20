using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.StrangeLoop;

namespace RanCognition.Modules;

/// <summary>The strange-loop core as a module.</summary>
public sealed class StrangeLoopModule : Module
{
    public const string ModuleName = "strangeLoop";

    private static readonly ModuleInterface[] Offered =
    [
        new(ModuleName, ["solve", "solve_with", "observe", "detect_conflicts", "get_state", "restore"]),
    ];

    private readonly StrangeLoopOptions _options;

    internal StrangeLoopModule(ReadOnlySpan<byte> config, IHost host)
        : base(ModuleName)
    {
        _options = JsonIn.StrangeLoopOptions(config, "config");
        Core = new StrangeLoopCore(_options, host);
    }

    public StrangeLoopCore Core { get; }

    /// <summary>To be held during every call on the core.</summary>
    public CoreLock Lock { get; } = new();

    public override IReadOnlyList<ModuleInterface> Interfaces => Offered;

    public override IReadOnlyList<IgnoredField> Ignored => _options.Ignored;

    public override ulong UsedBytes => Core.MemoryBytes;

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config)
    {
        StrangeLoopOptions other = JsonIn.StrangeLoopOptions(config, "config");
        return _options == other with { Ignored = _options.Ignored };
    }

    internal override void Close()
    {
        // Nothing but managed memory; a call that is under way keeps it.
    }
}
