namespace RanCognition.Memory.Storage;

/// <summary>Where the pages are and how many loose rows each has; the writer's view, brought up to date with every change.</summary>
/// <remarks>Pages do not overlap. A loose row belongs to the last page that begins at or below its id (else to the first); beyond the last page's last id lies the tail, which no page has yet.</remarks>
internal sealed class PageMap
{
    private readonly List<Entry> _pages = [];

    public int Count => _pages.Count;

    /// <summary>Loose rows beyond the last page.</summary>
    public int Tail { get; private set; }

    /// <summary>Last id of the last page; 0 without pages.</summary>
    public ulong LastId => _pages.Count == 0 ? 0 : _pages[^1].LastId;

    public void Read(SqliteDatabase database)
    {
        _pages.Clear();
        Tail = 0;
        using (SqliteStatement pages = database.Once("SELECT first_id, last_id, rows FROM page ORDER BY first_id"))
        {
            while (pages.Step())
            {
                _pages.Add(new Entry(pages.UInt64(0), pages.UInt64(1), pages.Int32(2), 0));
            }
        }
        using SqliteStatement loose = database.Once("SELECT id FROM loose ORDER BY id");
        while (loose.Step())
        {
            AddLoose(loose.UInt64(0));
        }
    }

    /// <summary>A loose row has come. Gives the page it belongs to, or -1: the tail.</summary>
    public int AddLoose(ulong id)
    {
        int page = Owner(id);
        if (page < 0)
        {
            Tail++;
            return page;
        }
        _pages[page] = _pages[page] with { Loose = _pages[page].Loose + 1 };
        return page;
    }

    public void RemoveFromTail() => Tail--;

    /// <summary>Page that a loose row of this id belongs to; -1 = the tail.</summary>
    public int Owner(ulong id)
    {
        if (_pages.Count == 0 || id > LastId)
        {
            return -1;
        }
        int low = 0;
        int high = _pages.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _pages[middle].FirstId <= id ? (middle + 1, high) : (low, middle);
        }
        return Math.Max(0, low - 1);
    }

    public ulong FirstId(int page) => _pages[page].FirstId;

    public bool HasMany(int page, int least, int share) => _pages[page].Loose >= Math.Max(least, _pages[page].Rows / share);

    /// <summary>Ids of the loose rows that belong to the page, both included.</summary>
    public (ulong From, ulong To) Range(int page) =>
        (page == 0 ? 0 : _pages[page].FirstId, page == _pages.Count - 1 ? _pages[page].LastId : _pages[page + 1].FirstId - 1);

    public void SealedTail(ulong firstId, ulong lastId, int rows)
    {
        _pages.Add(new Entry(firstId, lastId, rows, 0));
        Tail -= rows;
    }

    /// <summary>The page has been written anew as these.</summary>
    public void Replace(int page, IReadOnlyList<(ulong FirstId, ulong LastId, int Rows)> pages)
    {
        _pages.RemoveAt(page);
        _pages.InsertRange(page, pages.Select(p => new Entry(p.FirstId, p.LastId, p.Rows, 0)));
    }

    private readonly record struct Entry(ulong FirstId, ulong LastId, int Rows, int Loose);
}
