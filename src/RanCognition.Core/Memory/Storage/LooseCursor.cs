namespace RanCognition.Memory.Storage;

/// <summary>Walks the rows of the table loose, or of the tail, by ascending id.</summary>
/// <param name="select">Gives id and data of the rows between two ids, both included.</param>
internal sealed class LooseCursor(SqliteStatement select) : IDisposable
{
    public const string LooseSql = "SELECT id, data FROM loose WHERE id BETWEEN ? AND ? ORDER BY id";
    public const string TailSql = "SELECT id, data FROM tail WHERE id BETWEEN ? AND ? ORDER BY id";

    private ulong _id;

    public bool HasRow { get; private set; }

    public void Start(ulong from, ulong to)
    {
        select.Reset();
        select.Bind(1, from);
        select.Bind(2, to);
        Next();
    }

    /// <summary>There is a row, and its id is not above.</summary>
    public bool IsUpTo(ulong id) => HasRow && _id <= id;

    public ulong Id => _id;

    /// <summary>Good until the next step.</summary>
    public LooseRow Row => LooseRow.Read(_id, select.Bytes(1));

    public void Next()
    {
        HasRow = select.Step();
        _id = HasRow ? select.UInt64(0) : 0;
    }

    /// <summary>Appends the rows of the page and the loose rows up to the id, in order; a loose row stands for the page's row of the same id.</summary>
    public void Merge(in StoredPage page, ulong upTo, EpisodeColumns into)
    {
        int row = 0;
        while (row < page.Rows || IsUpTo(upTo))
        {
            ulong next = row < page.Rows ? page.Id(row) : ulong.MaxValue;
            if (!IsUpTo(upTo) || _id > next)
            {
                into.Add(page, row++);
                continue;
            }
            row += _id == next ? 1 : 0;
            Take(into);
        }
    }

    /// <summary>Appends the row where it says that there is an episode, and goes on.</summary>
    public void Take(EpisodeColumns into)
    {
        LooseRow row = Row;
        if (row.IsPresent)
        {
            into.Add(_id, row);
        }
        Next();
    }

    public void Dispose() => select.Reset();
}
