namespace RanCognition.Memory.Filtering;

/// <summary>Holds where a time or id lies in an interval, or is one of a set; inverted: where not.</summary>
internal sealed class WholeNumberTest : RowTest
{
    private readonly EpisodeTable _table;
    private readonly bool _areTimes;
    private readonly ulong _low;
    private readonly ulong _high;
    private readonly ulong[]? _set;   // ascending; null = the interval
    private readonly bool _isInverted;

    public WholeNumberTest(EpisodeTable table, bool areTimes, in WholeNumbers numbers)
    {
        _table = table;
        _areTimes = areTimes;
        _low = numbers.Low;
        _high = numbers.High;
        _set = numbers.Set;
        _isInverted = numbers.IsInverted;
    }

    public override int Most => _table.Count;

    private ReadOnlySpan<ulong> Values => _areTimes ? _table.Times : _table.Ids;

    public override int Keep(ReadOnlySpan<int> rows, Span<int> kept)
    {
        ReadOnlySpan<ulong> values = Values;
        int count = 0;
        foreach (int row in rows)
        {
            if (Holds(values[row]))
            {
                kept[count++] = row;
            }
        }
        return count;
    }

    public override void Restrict(Span<ulong> words)
    {
        ReadOnlySpan<ulong> values = Values;
        if (_set is null)
        {
            RangeScan.Restrict(values, words, _low, _high, _isInverted);
            return;
        }
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                if (!Holds(values[i * RowBits.WordBits + System.Numerics.BitOperations.TrailingZeroCount(word)]))
                {
                    words[i] &= ~(word & (0 - word));
                }
            }
        }
    }

    private bool Holds(ulong value) => (_set is null ? value >= _low && value <= _high : _set.AsSpan().BinarySearch(value) >= 0) != _isInverted;
}
