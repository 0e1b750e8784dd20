namespace RanCognition.Memory.Index;

/// <summary>Which rows a search may return. Rows without a vector never are.</summary>
internal readonly ref struct RowSelection
{
    private readonly Shape _shape;

    /// <summary>The rows whose bit is set: bit i of word w is row 64 w + i. Rows beyond the words do not count.</summary>
    public RowSelection(ReadOnlySpan<ulong> words, int count)
    {
        _shape = Shape.Bitmap;
        Words = words;
        Count = count;
    }

    /// <summary>These rows, in ascending order.</summary>
    public RowSelection(ReadOnlySpan<int> rows)
    {
        _shape = Shape.List;
        Rows = rows;
        Count = rows.Length;
    }

    private enum Shape : byte
    {
        All,
        Bitmap,
        List,
    }

    /// <summary>Every row that has a vector.</summary>
    public static RowSelection All => default;

    public bool IsAll => _shape == Shape.All;

    public bool IsList => _shape == Shape.List;

    /// <summary>The bitmap; empty for the other shapes.</summary>
    public ReadOnlySpan<ulong> Words { get; }

    /// <summary>The list; empty for the other shapes.</summary>
    public ReadOnlySpan<int> Rows { get; }

    /// <summary>Rows that are selected; 0 for <see cref="All"/>.</summary>
    public int Count { get; }
}
