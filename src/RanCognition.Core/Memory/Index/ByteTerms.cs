namespace RanCognition.Memory.Index;

/// <summary>What byte codes do not say of their rows, eight rows a cache line: squared norms of what the codes stand for, then how far the rows are from that.</summary>
internal static class ByteTerms
{
    /// <summary>Rows of one line.</summary>
    public const int LineRows = 8;

    public const int LineBytes = 2 * LineRows * sizeof(float);

    /// <summary>Numbers between a row's norm and its error.</summary>
    public const int ErrorFrom = LineRows;

    /// <summary>Lines of so many rows.</summary>
    public static int Lines(int rows) => (int)(((long)rows + LineRows - 1) / LineRows);

    /// <summary>Where a row's squared norm is, in numbers.</summary>
    public static nuint Place(uint row) => (nuint)row + (row & ~(LineRows - 1u));
}
