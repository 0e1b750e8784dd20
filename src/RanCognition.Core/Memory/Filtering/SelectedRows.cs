using System.Buffers;
using RanCognition.Memory.Index;

namespace RanCognition.Memory.Filtering;

/// <summary>The rows that passed a filter. Good until the next writer; give it back when done.</summary>
internal sealed class SelectedRows : IDisposable
{
    private readonly EpisodeTable _table;
    private RowTest? _ready;   // the rows lie in its column
    private int[]? _rows;
    private ulong[]? _words;
    private int _wordCount;

    private SelectedRows(EpisodeTable table, int count)
    {
        _table = table;
        Count = count;
    }

    /// <summary>Living rows that passed.</summary>
    public int Count { get; }

    /// <summary>All living rows.</summary>
    public bool IsAll => _ready is null && _rows is null && _words is null;

    /// <summary>What the index takes.</summary>
    public RowSelection Selection =>
        _words is not null ? new RowSelection(_words.AsSpan(0, _wordCount), Count) : IsAll ? RowSelection.All : new RowSelection(List);

    private ReadOnlySpan<int> List => _ready is not null ? _ready.List(default) : _rows.AsSpan(0, Count);

    public static SelectedRows All(EpisodeTable table) => new(table, table.Count);

    /// <summary>The rows of a condition that lie ready.</summary>
    public static SelectedRows Ready(EpisodeTable table, RowTest condition) => new(table, condition.List(default).Length) { _ready = condition };

    /// <param name="table">Of the rows.</param>
    /// <param name="rows">Rented; ascending.</param>
    /// <param name="count">Rows of it.</param>
    public static SelectedRows OfRented(EpisodeTable table, int[] rows, int count) => new(table, count) { _rows = rows };

    /// <param name="table">Of the rows.</param>
    /// <param name="words">Rented; a bit for each row.</param>
    /// <param name="wordCount">Words of it.</param>
    /// <param name="count">Bits set.</param>
    public static SelectedRows OfRented(EpisodeTable table, ulong[] words, int wordCount, int count) => new(table, count) { _words = words, _wordCount = wordCount };

    /// <summary>The living row passed.</summary>
    public bool Contains(int row)
    {
        if (_words is not null)
        {
            return RowBits.Has(_words, row);
        }
        return IsAll ? _table.IsAlive(row) : List.BinarySearch(row) >= 0;
    }

    /// <summary>Writes the rows, ascending, to a place for at least <see cref="Count"/>.</summary>
    public void CopyTo(Span<int> rows)
    {
        if (_words is not null || IsAll)
        {
            RowBits.List(IsAll ? _table.AliveWords : _words.AsSpan(0, _wordCount), rows);
        }
        else
        {
            List.CopyTo(rows);
        }
    }

    public int[] ToArray()
    {
        var rows = new int[Count];
        CopyTo(rows);
        return rows;
    }

    public void Dispose()
    {
        if (_rows is not null)
        {
            ArrayPool<int>.Shared.Return(_rows);
            _rows = null;
        }
        if (_words is not null)
        {
            ArrayPool<ulong>.Shared.Return(_words);
            _words = null;
        }
    }
}
