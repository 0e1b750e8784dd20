using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Filtering;

/// <summary>The columns of document fields that filters have named. Readers may build one while others use the rest; the least recently used makes room.</summary>
internal sealed class DocumentColumns
{
    /// <summary>Columns kept.</summary>
    public const int Most = 64;

    private readonly EpisodeTable _table;
    private readonly IEpisodeCodec _codec;
    private readonly Action<DocumentReader> _readAllDocuments;
    private readonly Lock _building = new();
    private volatile Dictionary<string, DocumentColumn> _columns = [];   // never changed, only replaced: readers need no lock
    private long _uses;

    public DocumentColumns(EpisodeTable table, IEpisodeCodec codec, Action<DocumentReader> readAllDocuments)
    {
        _table = table;
        _codec = codec;
        _readAllDocuments = readAllDocuments;
    }

    public ulong Bytes => _columns.Values.Aggregate(0UL, (sum, column) => sum + column.Bytes);

    public int Count => _columns.Count;

    /// <summary>The column of the field, built from all documents when it is named first.</summary>
    public DocumentColumn Of(string field)
    {
        if (!_columns.TryGetValue(field, out DocumentColumn? column))
        {
            lock (_building)
            {
                if (!_columns.TryGetValue(field, out column))
                {
                    column = Build(field);
                    _columns = WithRoom(column);
                }
            }
        }
        column.LastUse = Interlocked.Increment(ref _uses);
        return column;
    }

    /// <summary>The document of the row is new or other than before.</summary>
    public void Set(int row, ReadOnlySpan<byte> document)
    {
        foreach (DocumentColumn column in _columns.Values)
        {
            column.Set(row, FilterFields.Present(column.Field, _codec.Field(document, column.Field)));
        }
    }

    public void Remove(int row)
    {
        foreach (DocumentColumn column in _columns.Values)
        {
            column.Remove(row);
        }
    }

    public void Compact(ReadOnlySpan<int> kept)
    {
        foreach (DocumentColumn column in _columns.Values)
        {
            column.Compact(kept);
        }
    }

    private DocumentColumn Build(string field)
    {
        var column = new DocumentColumn(field);
        int next = 0;   // rows before it have been set
        if (column.IsKept)
        {
            _readAllDocuments((id, document) =>
            {
                // What is kept but not seen yet has no row; it comes with its writer.
                if (column.IsKept && _table.RowOf(id) is var row && row >= 0)
                {
                    SetMissing(column, ref next, row);
                    column.Set(row, FilterFields.Present(field, _codec.Field(document, field)));
                    next = Math.Max(next, row + 1);
                }
            });
        }
        SetMissing(column, ref next, _table.Rows);
        return column;
    }

    /// <summary>Living rows up to the end have no document with the field.</summary>
    private void SetMissing(DocumentColumn column, ref int next, int end)
    {
        for (; next < end; next++)
        {
            if (_table.IsAlive(next))
            {
                column.Set(next, null);
            }
        }
    }

    private Dictionary<string, DocumentColumn> WithRoom(DocumentColumn added)
    {
        var columns = new Dictionary<string, DocumentColumn>(_columns, StringComparer.Ordinal);
        if (columns.Count >= Most)
        {
            columns.Remove(columns.Values.MinBy(column => column.LastUse)!.Field);
        }
        columns.Add(added.Field, added);
        return columns;
    }
}
