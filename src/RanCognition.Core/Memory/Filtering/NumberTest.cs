using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>Holds where the reward, or a number of the documents, is among the numbers of a condition; other values are judged one by one.</summary>
internal sealed class NumberTest : RowTest
{
    private readonly EpisodeTable _table;
    private readonly NumberColumn? _column;   // null = the rewards
    private readonly FilterTerm _term;
    private readonly RealNumbers _numbers;

    public NumberTest(EpisodeTable table, NumberColumn? column, FilterTerm term)
    {
        _table = table;
        _column = column;
        _term = term;
        _numbers = RealNumbers.Of(term);
    }

    public override int Most => _table.Count;

    private ReadOnlySpan<double> Values => _column is null ? _table.Rewards : _column.Values.AsSpan(0, _column.Rows);

    private bool HasOthers => _column is { Others.Count: > 0 };

    public override int Keep(ReadOnlySpan<int> rows, Span<int> kept)
    {
        ReadOnlySpan<double> values = Values;
        bool hasOthers = HasOthers;
        int count = 0;
        foreach (int row in rows)
        {
            double value = values[row];
            bool holds = hasOthers && double.IsNaN(value) && _column!.Others.TryGetValue(row, out MetadataValue? other)
                ? FilterValues.Holds(_term.Operator, other, _term.Values)
                : _numbers.Holds(value);
            if (holds)
            {
                kept[count++] = row;
            }
        }
        return count;
    }

    public override void Restrict(Span<ulong> words)
    {
        List<int> others = HasOthers ? OthersThatHold(words) : [];
        if (_numbers.Set is null)
        {
            RangeScan.Restrict(Values, words, _numbers.Low, _numbers.High, _numbers.IsInverted);
        }
        else
        {
            RestrictToSet(words);
        }
        if (HasOthers)
        {
            foreach (int row in _column!.Others.Keys)
            {
                words[row / RowBits.WordBits] &= ~(1UL << (row % RowBits.WordBits));
            }
            RowBits.Set(words, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(others));
        }
    }

    private List<int> OthersThatHold(ReadOnlySpan<ulong> words)
    {
        List<int> holding = [];
        foreach ((int row, MetadataValue value) in _column!.Others)
        {
            if (RowBits.Has(words, row) && FilterValues.Holds(_term.Operator, value, _term.Values))
            {
                holding.Add(row);
            }
        }
        return holding;
    }

    private void RestrictToSet(Span<ulong> words)
    {
        ReadOnlySpan<double> values = Values;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                if (!_numbers.Holds(values[i * RowBits.WordBits + System.Numerics.BitOperations.TrailingZeroCount(word)]))
                {
                    words[i] &= ~(word & (0 - word));
                }
            }
        }
    }
}
