namespace RanCognition.Contracts;

/// <summary>Bounds of a module loader.</summary>
public static class LoaderLimits
{
    /// <summary>Bytes of a page, as in WebAssembly.</summary>
    public const ulong PageBytes = 65_536;

    public const uint MemoryPagesDefault = 256;
    public const uint MaxMemoryPagesDefault = 16_384;

    /// <summary>1 TiB.</summary>
    public const uint PagesMax = 1 << 24;

    /// <summary>Name of a module or path of a plug-in, UTF-8 bytes.</summary>
    public const int NameBytesMax = 4096;

    /// <summary>Configuration of a plug-in, bytes.</summary>
    public const int PluginConfigBytesMax = 1 << 20;

    /// <summary>Modules of one loader.</summary>
    public const int ModulesMax = 256;

    /// <summary>Options that are taken but switch nothing, and why.</summary>
    public static IReadOnlyList<IgnoredField> WithoutEffect { get; } =
        [new("enable_bulk_memory", "blocks of memory are always copied as blocks: there is nothing to switch")];
}
