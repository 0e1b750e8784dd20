namespace RanCognition.Memory.Storage;

/// <summary>Where the pages are and how many loose rows each has; the writer's view, brought up to date with every change.</summary>
/// <remarks>
/// Pages do not overlap. Rows beyond the last page's last id are in the tail, which no page has yet. Any other row that is not in its page is loose, and belongs to the last page that begins at
/// or below its id, else to the first.
/// </remarks>
internal sealed class PageMap
{
    private readonly List<Entry> _pages = [];

    /// <summary>Rows of the tail.</summary>
    public int Tail { get; set; }

    /// <summary>Last id of the last page; 0 without pages.</summary>
    public ulong LastId => _pages.Count == 0 ? 0 : _pages[^1].LastId;

    public void Read(SqliteDatabase database)
    {
        _pages.Clear();
        using (SqliteStatement pages = database.Once("SELECT first_id, last_id, rows FROM page ORDER BY first_id"))
        {
            while (pages.Step())
            {
                _pages.Add(new Entry(pages.UInt64(0), pages.UInt64(1), pages.Int32(2), 0));
            }
        }
        using (SqliteStatement loose = database.Once("SELECT id FROM loose ORDER BY id"))
        {
            while (loose.Step())
            {
                int page = Owner(loose.UInt64(0));
                if (page < 0)
                {
                    throw StorageFailure.Damaged($"row of episode {loose.UInt64(0)}");
                }
                AddLoose(page);
            }
        }
        Tail = (int)(database.Number("SELECT count(*) FROM tail") ?? 0);
    }

    /// <summary>Page that a row of this id belongs to; -1 = the tail.</summary>
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

    public void AddLoose(int page) => _pages[page] = _pages[page] with { Loose = _pages[page].Loose + 1 };

    public ulong FirstId(int page) => _pages[page].FirstId;

    /// <summary>The page has at least so many loose rows, and that share of its rows.</summary>
    public bool HasMany(int page, int least, int share) => _pages[page].Loose >= Math.Max(least, _pages[page].Rows / share);

    /// <summary>Ids of the loose rows that belong to the page, both included.</summary>
    public (ulong From, ulong To) Range(int page) =>
        (page == 0 ? 0 : _pages[page].FirstId, page == _pages.Count - 1 ? _pages[page].LastId : _pages[page + 1].FirstId - 1);

    /// <summary>The tail has become these.</summary>
    public void AddPages(IReadOnlyList<(ulong FirstId, ulong LastId, int Rows)> pages)
    {
        _pages.AddRange(pages.Select(p => new Entry(p.FirstId, p.LastId, p.Rows, 0)));
        Tail = 0;
    }

    /// <summary>The page has been written anew as these.</summary>
    public void Replace(int page, IReadOnlyList<(ulong FirstId, ulong LastId, int Rows)> pages)
    {
        _pages.RemoveAt(page);
        _pages.InsertRange(page, pages.Select(p => new Entry(p.FirstId, p.LastId, p.Rows, 0)));
    }

    private readonly record struct Entry(ulong FirstId, ulong LastId, int Rows, int Loose);
}
