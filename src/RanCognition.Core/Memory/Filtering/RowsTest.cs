namespace RanCognition.Memory.Filtering;

/// <summary>Holds for these rows, or for all but these.</summary>
internal sealed class RowsTest : RowTest
{
    private readonly int[] _rows;   // ascending, alive
    private readonly bool _isInverted;
    private readonly int _living;

    public RowsTest(int[] rows, bool isInverted, int living)
    {
        _rows = rows;
        _isInverted = isInverted;
        _living = living;
    }

    public static RowsTest None { get; } = new([], isInverted: false, 0);

    public override int Most => _isInverted ? _living - _rows.Length : _rows.Length;

    public override bool IsListed => !_isInverted;

    public override ReadOnlySpan<int> List(Span<int> buffer) => _rows;

    public override int Keep(ReadOnlySpan<int> rows, Span<int> kept)
    {
        int count = 0;
        foreach (int row in rows)
        {
            if (_rows.AsSpan().BinarySearch(row) >= 0 != _isInverted)
            {
                kept[count++] = row;
            }
        }
        return count;
    }

    public override void Restrict(Span<ulong> words)
    {
        if (_isInverted)
        {
            RowBits.Clear(words, _rows);
            return;
        }
        int next = 0;
        for (int word = 0; word < words.Length; word++)
        {
            ulong bits = 0;
            for (; next < _rows.Length && _rows[next] / RowBits.WordBits == word; next++)
            {
                bits |= 1UL << (_rows[next] % RowBits.WordBits);
            }
            words[word] &= bits;
        }
    }
}
