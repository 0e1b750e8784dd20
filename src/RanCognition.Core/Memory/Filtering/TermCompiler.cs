using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>From the conditions of a filter to tests of rows.</summary>
internal sealed class TermCompiler
{
    private readonly EpisodeTable _table;
    private readonly DocumentColumns _columns;

    public TermCompiler(EpisodeTable table, DocumentColumns columns)
    {
        _table = table;
        _columns = columns;
    }

    /// <summary>Rows whose time is not after this one.</summary>
    public RowTest NotAfter(ulong timeNs) => OfTimes(new WholeNumbers(0, Math.Min(timeNs, MemoryLimits.TimeMax)));

    /// <summary>False when the documents must be asked; a null test holds for all rows.</summary>
    public bool TryCompile(FilterTerm term, out RowTest? test)
    {
        switch (term.Field)
        {
            case FilterFields.Id:
                test = OfIds(WholeNumbers.Of(term));
                return true;
            case FilterFields.Time:
                test = OfTimes(WholeNumbers.Of(term));
                return true;
            case FilterFields.Cell:
                test = ValueConditions.Of(term, _table.Cells);
                return true;
            case FilterFields.Reward:
                test = new NumberTest(_table, null, term);
                return true;
            case FilterFields.Success:
                test = OfSuccess(term);
                return true;
            default:
                DocumentColumn column = _columns.Of(term.Field);
                test = column.Values is not null ? ValueConditions.Of(term, column.Values) : column.Numbers is not null ? new NumberTest(_table, column.Numbers, term) : null;
                return column.IsKept;
        }
    }

    private RowTest OfIds(in WholeNumbers numbers)
    {
        if (numbers.IsEmpty)
        {
            return RowsTest.None;
        }
        if (numbers.Set is not null || numbers.Low == numbers.High)
        {
            return new RowsTest(RowsOf(numbers.Set ?? [numbers.Low]), numbers.IsInverted, _table.Count);
        }
        return _table.IdsAscend ? Range(_table.Ids, numbers) : new WholeNumberTest(_table, areTimes: false, numbers);
    }

    private RowTest OfTimes(in WholeNumbers numbers)
    {
        if (numbers.IsEmpty)
        {
            return RowsTest.None;
        }
        return _table.TimesAscend && numbers.Set is null ? Range(_table.Times, numbers) : new WholeNumberTest(_table, areTimes: true, numbers);
    }

    private RowRangeTest Range(ReadOnlySpan<ulong> ascending, in WholeNumbers numbers)
    {
        bool isNone = numbers.Low > numbers.High;
        int first = isNone ? 0 : IdRows.LowerBound(ascending, numbers.Low);
        int end = isNone ? 0 : IdRows.LowerBound(ascending, numbers.High + 1);
        return new RowRangeTest(_table, first, end, numbers.IsInverted);
    }

    private int[] RowsOf(ulong[] ids)
    {
        var rows = new List<int>(ids.Length);
        foreach (ulong id in ids)
        {
            if (_table.RowOf(id) is var row && row >= 0)
            {
                rows.Add(row);
            }
        }
        rows.Sort();
        return [.. rows];
    }

    private RowTest? OfSuccess(FilterTerm term)
    {
        int holding = 0, last = 0, lastNot = 0;
        for (int success = -1; success <= 1; success++)
        {
            bool holds = FilterValues.Holds(term.Operator, FilterFields.OfSuccess(success), term.Values);
            holding += holds ? 1 : 0;
            last = holds ? success : last;
            lastNot = holds ? lastNot : success;
        }
        return holding switch
        {
            0 => RowsTest.None,
            1 => new SuccessTest(_table, last, isInverted: false),
            2 => new SuccessTest(_table, lastNot, isInverted: true),
            _ => null,
        };
    }
}
