namespace RanCognition.Memory.Index;

/// <summary>Which rows of an index count: all, those whose bit is set, or those of an ascending list.</summary>
internal readonly ref struct RowSelection
{
    private readonly bool _isPart;

    /// <param name="words">Bit i of word w is row 64 w + i.</param>
    /// <param name="count">Bits set.</param>
    public RowSelection(ReadOnlySpan<ulong> words, int count)
    {
        Words = words;
        Count = count;
        _isPart = IsBitmap = true;
    }

    /// <param name="rows">Ascending.</param>
    public RowSelection(ReadOnlySpan<int> rows)
    {
        Rows = rows;
        Count = rows.Length;
        _isPart = true;
    }

    public static RowSelection All => default;

    public bool IsAll => !_isPart;

    public bool IsBitmap { get; }

    public ReadOnlySpan<ulong> Words { get; }

    public ReadOnlySpan<int> Rows { get; }

    /// <summary>Rows that count; of no meaning for all.</summary>
    public int Count { get; }
}
