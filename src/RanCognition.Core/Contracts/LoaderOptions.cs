namespace RanCognition.Contracts;

/// <summary>The document's WASMModuleConfig.</summary>
public sealed record LoaderOptions
{
    /// <summary>Pages with which the document's memory begins; so many free ones the pool keeps.</summary>
    public uint MemoryPages { get; init; } = LoaderLimits.MemoryPagesDefault;

    /// <summary>Pages to which the document's memory may grow: the budget of the pool.</summary>
    public uint MaxMemoryPages { get; init; } = LoaderLimits.MaxMemoryPagesDefault;

    public bool Simd { get; init; } = true;

    public bool BulkMemory { get; init; } = true;

    public bool MultiThreading { get; init; } = true;

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
}
