using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>The memory core as a module.</summary>
public sealed class MemoryModule : Module
{
    public const string ModuleName = "memory";

    private static readonly ModuleInterface[] Offered =
    [
        new(ModuleName, ["store", "recall", "update", "remove", "analyze", "get_stats", "flush", "append", "search"]),
    ];

    private readonly MemoryOptions _options;

    internal MemoryModule(ReadOnlySpan<byte> config, IHost host)
        : base(ModuleName)
    {
        _options = JsonIn.MemoryOptions(config, "config");
        Core = new MemoryCore(_options, EpisodeCodec.Instance, host);
    }

    /// <summary>Safe from any thread.</summary>
    public MemoryCore Core { get; }

    public override IReadOnlyList<ModuleInterface> Interfaces => Offered;

    public override IReadOnlyList<IgnoredField> Ignored => _options.Ignored;

    public override ulong UsedBytes => Core.MemoryBytes;

    internal override bool IsConfiguredAs(ReadOnlySpan<byte> config)
    {
        MemoryOptions other = JsonIn.MemoryOptions(config, "config");
        return _options == other with { Ignored = _options.Ignored };
    }

    internal override void Close() => Core.Dispose();
}
