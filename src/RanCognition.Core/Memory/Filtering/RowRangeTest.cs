namespace RanCognition.Memory.Filtering;

/// <summary>Holds for the rows from one place to another, or for all but these: a window of time or of ids where these ascend.</summary>
internal sealed class RowRangeTest : RowTest
{
    private readonly EpisodeTable _table;
    private readonly int _first;
    private readonly int _end;
    private readonly bool _isInverted;

    public RowRangeTest(EpisodeTable table, int first, int end, bool isInverted)
    {
        _table = table;
        _first = first;
        _end = Math.Max(first, end);
        _isInverted = isInverted;
    }

    public override int Most => Math.Min(_table.Count, _isInverted ? _table.Rows - (_end - _first) : _end - _first);

    /// <summary>The rows of both, where both are windows.</summary>
    public RowRangeTest? Within(RowRangeTest other) =>
        _isInverted || other._isInverted ? null : new RowRangeTest(_table, Math.Max(_first, other._first), Math.Min(_end, other._end), isInverted: false);

    public override bool IsListed => !_isInverted;

    public override bool NeedsBuffer => true;

    public override ReadOnlySpan<int> List(Span<int> buffer)
    {
        int count = 0;
        if (_table.Count == _table.Rows)
        {
            for (; count < _end - _first; count++)
            {
                buffer[count] = _first + count;
            }
            return buffer[..count];
        }
        ReadOnlySpan<ulong> alive = _table.AliveWords;
        for (int row = _first; row < _end; row++)
        {
            if (RowBits.Has(alive, row))
            {
                buffer[count++] = row;
            }
        }
        return buffer[..count];
    }

    public override int Keep(ReadOnlySpan<int> rows, Span<int> kept)
    {
        int count = 0;
        foreach (int row in rows)
        {
            if ((row >= _first && row < _end) != _isInverted)
            {
                kept[count++] = row;
            }
        }
        return count;
    }

    public override void Restrict(Span<ulong> words)
    {
        if (!_isInverted)
        {
            RowBits.KeepRange(words, _first, _end);
            return;
        }
        for (int row = _first; row < _end; row++)
        {
            words[row / RowBits.WordBits] &= ~(1UL << (row % RowBits.WordBits));
        }
    }
}
