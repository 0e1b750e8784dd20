namespace RanCognition.Memory.Storage;

/// <summary>Walks the loose rows by ascending id.</summary>
/// <param name="select">Gives id and data of the rows between two ids, both included.</param>
internal sealed class LooseCursor(SqliteStatement select) : IDisposable
{
    public const string Sql = "SELECT id, data FROM loose WHERE id BETWEEN ? AND ? ORDER BY id";

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
    private void Take(EpisodeColumns into)
    {
        LooseRow row = Row;
        if (row.IsPresent)
        {
            into.Add(_id, row);
        }
        Next();
    }

    /// <summary>Lets go of the table.</summary>
    public void Dispose() => select.Reset();
}
