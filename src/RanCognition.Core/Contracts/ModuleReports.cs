namespace RanCognition.Contracts;

/// <summary>A group of functions that a module offers, by the document's names.</summary>
public sealed record ModuleInterface(string Name, IReadOnlyList<string> Functions);

/// <summary>What a module offers and how it and its loader are set.</summary>
public sealed record ModuleInterfaces
{
    public required string Module { get; init; }

    public required IReadOnlyList<ModuleInterface> Interfaces { get; init; }

    /// <summary>Fields of the module's configuration that were not used.</summary>
    public required IReadOnlyList<IgnoredField> Ignored { get; init; }

    public required LoaderOptions Loader { get; init; }

    /// <summary>Options of the loader that switch nothing, and why.</summary>
    public IReadOnlyList<IgnoredField> WithoutEffect { get; init; } = LoaderLimits.WithoutEffect;
}

/// <summary>The memory of a module and its bounds.</summary>
public sealed record ModuleMemory
{
    public required string Module { get; init; }

    /// <summary>Pages with which the loader's memory begins.</summary>
    public required uint InitialPages { get; init; }

    /// <summary>Pages to which it may grow.</summary>
    public required uint MaximumPages { get; init; }

    public ulong MaximumBytes => MaximumPages * LoaderLimits.PageBytes;

    /// <summary>Bytes that this module holds.</summary>
    public required ulong UsedBytes { get; init; }

    /// <summary>Bytes that all modules of the loader hold.</summary>
    public required ulong LoaderUsedBytes { get; init; }

    /// <summary>The pool of the loader, in which the data of its scheduler's tasks lies.</summary>
    public required MemoryPoolStats Pool { get; init; }
}
