namespace RanCognition.Memory.Filtering;

/// <summary>One condition, ready to be asked of rows. Good until the next writer.</summary>
internal abstract class RowTest
{
    /// <summary>No more living rows than these satisfy it.</summary>
    public abstract int Most { get; }

    /// <summary>Its rows can be listed at about the cost of reading them.</summary>
    public virtual bool IsListed => false;

    /// <summary><see cref="List"/> writes the rows to the buffer; otherwise they lie ready.</summary>
    public virtual bool NeedsBuffer => false;

    /// <summary>The living rows that satisfy it, ascending; only where <see cref="IsListed"/>.</summary>
    public virtual ReadOnlySpan<int> List(Span<int> buffer) => throw new NotSupportedException();

    /// <summary>Keeps those of the rows that satisfy it, in order; gives how many. Both spans may be the same.</summary>
    public abstract int Keep(ReadOnlySpan<int> rows, Span<int> kept);

    /// <summary>Clears the bits of rows that do not satisfy it.</summary>
    public abstract void Restrict(Span<ulong> words);

    /// <summary>Sets the bits of the living rows that satisfy it, and no others.</summary>
    public virtual void Fill(Span<ulong> words, ReadOnlySpan<ulong> alive)
    {
        alive.CopyTo(words);
        Restrict(words);
    }
}
