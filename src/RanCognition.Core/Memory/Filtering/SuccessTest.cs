namespace RanCognition.Memory.Filtering;

/// <summary>Holds where the success is this one, or another.</summary>
internal sealed class SuccessTest : RowTest
{
    private readonly EpisodeTable _table;
    private readonly sbyte _success;
    private readonly bool _isInverted;

    public SuccessTest(EpisodeTable table, int success, bool isInverted)
    {
        _table = table;
        _success = (sbyte)success;
        _isInverted = isInverted;
    }

    public override int Most => _isInverted ? _table.Count - _table.CountOfSuccess(_success) : _table.CountOfSuccess(_success);

    public override int Keep(ReadOnlySpan<int> rows, Span<int> kept)
    {
        ReadOnlySpan<sbyte> successes = _table.Successes;
        int count = 0;
        foreach (int row in rows)
        {
            if ((successes[row] == _success) != _isInverted)
            {
                kept[count++] = row;
            }
        }
        return count;
    }

    public override void Restrict(Span<ulong> words) => RangeScan.Restrict(_table.Successes, words, _success, _isInverted);
}
