using System.Diagnostics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>What every episode has, by rows in order of arrival. A removed row stays as a dead place until <see cref="Compact"/>.</summary>
/// <remarks>About 34 bytes a row. Any number of readers, or one writer; spans are good until the next writer.</remarks>
internal sealed unsafe partial class EpisodeTable : IDisposable
{
    private const int WordBits = 64;

    private readonly NativeColumn<ulong> _ids = new();
    private readonly NativeColumn<ulong> _times = new();
    private readonly NativeColumn<double> _rewards = new();
    private readonly NativeColumn<sbyte> _success = new();
    private readonly NativeColumn<ulong> _alive = new();   // bits past the last row are 0
    private readonly IdRows _idRows = new();
    private readonly int[] _successCounts = new int[3];   // unknown, no, yes; of living rows

    /// <summary>Places, dead ones too.</summary>
    public int Rows { get; private set; }

    /// <summary>Living rows.</summary>
    public int Count { get; private set; }

    /// <summary>The cell of each row; rows without one are those of <see cref="ValueColumn.Missing"/>.</summary>
    public ValueColumn Cells { get; } = new();

    public ulong Bytes =>
        NativeColumn<ulong>.BytesOf(2 * Rows + WordCount) + NativeColumn<double>.BytesOf(Rows) + NativeColumn<sbyte>.BytesOf(Rows) + _idRows.Bytes + Cells.Bytes;

    public ReadOnlySpan<ulong> Ids => _ids.Span(Rows);

    public ReadOnlySpan<ulong> Times => _times.Span(Rows);

    /// <summary>NaN = unknown.</summary>
    public ReadOnlySpan<double> Rewards => _rewards.Span(Rows);

    /// <summary>1, 0, or -1 = unknown.</summary>
    public ReadOnlySpan<sbyte> Successes => _success.Span(Rows);

    /// <summary>Bit i of word w is set when row 64 w + i is alive.</summary>
    public ReadOnlySpan<ulong> AliveWords => _alive.Span(WordCount);

    public int WordCount => (Rows + WordBits - 1) / WordBits;

    /// <summary>Ids of all rows ascend, dead ones too.</summary>
    public bool IdsAscend => _idRows.Ascend;

    /// <summary>No row is older than one before it, dead ones too.</summary>
    public bool TimesAscend { get; private set; } = true;

    public bool IsAlive(int row) => (_alive.Pointer[row / WordBits] >> (row % WordBits) & 1) != 0;

    public int Success(int row) => _success.Pointer[row];

    /// <summary>Living rows with this success: 1, 0 or -1.</summary>
    public int CountOfSuccess(int success) => _successCounts[success + 1];

    public string Cell(int row) => Cells.CodeAt(row) is var code && code > ValueColumn.Missing ? ((MetadataValue.Text)Cells.ValueOf(code)!).Value : "";

    /// <summary>The living row of the id, or -1.</summary>
    public int RowOf(ulong id) => _idRows.Find(id, Ids, AliveWords);

    /// <summary>Gives the row. The id must not be that of a living one.</summary>
    public int Add(ulong id, ulong timeNs, string cell, double reward, int success)
    {
        Debug.Assert(RowOf(id) < 0 && id <= MemoryLimits.IdMax && timeNs <= MemoryLimits.TimeMax);
        int row = Rows;
        Ensure(row + 1);
        Cells.Set(row, FilterFields.OfCell(cell));
        _ids.Pointer[row] = id;
        _times.Pointer[row] = timeNs;
        _rewards.Pointer[row] = reward;
        _success.Pointer[row] = (sbyte)success;
        Appear(1);
        return row;
    }

    /// <summary>Episodes as the store hands them over: see <see cref="Storage.IEpisodeSink.Take"/>. Gives the first row.</summary>
    public int AddMany(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> times, ReadOnlySpan<uint> cells, IReadOnlyList<string> cellNames, ReadOnlySpan<double> rewards, ReadOnlySpan<sbyte> success)
    {
        int first = Rows;
        Ensure(first + ids.Length);
        ReadOnlySpan<int> codes = _loadedCells.CodesOf(cellNames, Cells);
        Cells.Append(cells, codes);
        ids.CopyTo(new Span<ulong>(_ids.Pointer + first, ids.Length));
        times.CopyTo(new Span<ulong>(_times.Pointer + first, times.Length));
        rewards.CopyTo(new Span<double>(_rewards.Pointer + first, rewards.Length));
        success.CopyTo(new Span<sbyte>(_success.Pointer + first, success.Length));
        Appear(ids.Length);
        return first;
    }

    public void Set(int row, ulong timeNs, string cell, double reward, int success)
    {
        Debug.Assert(IsAlive(row) && timeNs <= MemoryLimits.TimeMax);
        if (Cell(row) != cell)
        {
            Cells.Set(row, FilterFields.OfCell(cell));
        }
        Forget(row);
        _times.Pointer[row] = timeNs;
        _rewards.Pointer[row] = reward;
        _success.Pointer[row] = (sbyte)success;
        TimesAscend &= (row == 0 || _times.Pointer[row - 1] <= timeNs) && (row + 1 >= Rows || timeNs <= _times.Pointer[row + 1]);
        Learn(row);
    }

    public void Remove(int row)
    {
        Debug.Assert(IsAlive(row));
        _alive.Pointer[row / WordBits] &= ~(1UL << (row % WordBits));
        Count--;
        Cells.Remove(row);
        Forget(row);
    }

    /// <summary>Closes the gaps of removed rows. Gives the old row of each new one, in order.</summary>
    public int[] Compact()
    {
        var kept = new int[Count];
        int rows = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (IsAlive(row))
            {
                kept[rows++] = row;
            }
        }
        TimesAscend = true;
        for (int row = 0; row < rows; row++)
        {
            int old = kept[row];
            _ids.Pointer[row] = _ids.Pointer[old];
            _times.Pointer[row] = _times.Pointer[old];
            _rewards.Pointer[row] = _rewards.Pointer[old];
            _success.Pointer[row] = _success.Pointer[old];
            TimesAscend &= row == 0 || _times.Pointer[row - 1] <= _times.Pointer[row];
        }
        Cells.Compact(kept);
        new Span<ulong>(_alive.Pointer, WordCount).Clear();
        Rows = rows;
        for (int word = 0; word < WordCount; word++)
        {
            _alive.Pointer[word] = Rows - word * WordBits >= WordBits ? ulong.MaxValue : (1UL << (Rows - word * WordBits)) - 1;
        }
        _firstAliveWord = 0;
        _idRows.Compacted(Ids, AliveWords);
        return kept;
    }

    public void Dispose()
    {
        _ids.Dispose();
        _times.Dispose();
        _rewards.Dispose();
        _success.Dispose();
        _alive.Dispose();
        Rows = Count = 0;
    }

    private void Ensure(int rows)
    {
        _ids.Ensure(rows);
        _times.Ensure(rows);
        _rewards.Ensure(rows);
        _success.Ensure(rows);
        _alive.Ensure((rows + WordBits - 1) / WordBits);
    }

    /// <summary>The next rows, whose values are there, come to life.</summary>
    private void Appear(int count)
    {
        int first = Rows;
        Rows += count;
        Count += count;
        for (int row = first; row < Rows;)
        {
            int word = row / WordBits, end = Math.Min(Rows, (word + 1) * WordBits);
            ulong before = row % WordBits == 0 ? 0 : _alive.Pointer[word];
            _alive.Pointer[word] = before | (ulong.MaxValue >> (WordBits - (end - row)) << (row % WordBits));
            row = end;
        }
        ulong last = first == 0 ? 0 : _times.Pointer[first - 1];
        bool ascend = TimesAscend;
        for (int row = first; row < Rows; row++)
        {
            ulong time = _times.Pointer[row];
            ascend &= last <= time;
            last = time;
            Learn(row);
        }
        TimesAscend = ascend;
        _idRows.Added(first, Ids, AliveWords);
    }
}
