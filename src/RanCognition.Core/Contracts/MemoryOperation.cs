namespace RanCognition.Contracts;

/// <summary>What a task asks of a memory.</summary>
public abstract record MemoryOperation
{
    private MemoryOperation()
    {
    }

    /// <summary>All are stored, or none.</summary>
    /// <param name="Episodes">At least one.</param>
    /// <param name="IsBatch">Given as an array, and answered with one.</param>
    public sealed record Store(IReadOnlyList<Episode> Episodes, bool IsBatch) : MemoryOperation
    {
        public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
    }

    public sealed record Recall(RecallQuery Query) : MemoryOperation;

    public sealed record Update(EpisodeUpdate Change) : MemoryOperation;

    public sealed record Remove(ulong Id) : MemoryOperation
    {
        public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];
    }

    public sealed record Analyze(MemoryAnalysis Request) : MemoryOperation;
}
