namespace RanCognition.Contracts;

/// <summary>The document's WASMModuleConfig.</summary>
public sealed record LoaderOptions
{
    /// <summary>Pages that the document's memory starts with.</summary>
    public uint MemoryPages { get; init; } = LoaderLimits.MemoryPagesDefault;

    /// <summary>Pages that the memory of all modules may grow to.</summary>
    public uint MaxMemoryPages { get; init; } = LoaderLimits.MaxMemoryPagesDefault;

    public bool Simd { get; init; } = true;

    public bool BulkMemory { get; init; } = true;

    public bool MultiThreading { get; init; } = true;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
