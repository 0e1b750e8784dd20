namespace RanCognition.Memory.Storage;

/// <summary>Where the pages are and how many loose rows each has; the writer's view, brought up to date with every change.</summary>
/// <remarks>
/// Pages do not overlap. The last ones may be small, each with the rows of one commit, until there are enough for a page of full size. A loose row belongs to the last page that begins at or below
/// its id, else to the first.
/// </remarks>
internal sealed class PageMap
{
    private readonly List<Entry> _pages = [];
    private int _small;          // index of the first of the small pages at the end

    public int Count => _pages.Count;

    /// <summary>Rows of all pages.</summary>
    public int Rows => _pages.Sum(page => page.Rows);

    /// <summary>Last id of the last page; 0 without pages.</summary>
    public ulong LastId => _pages.Count == 0 ? 0 : _pages[^1].LastId;

    /// <summary>Index of the first of the small pages at the end; all that follow are small.</summary>
    public int Small => _small;

    /// <summary>Rows of the small pages, loose ones not counted.</summary>
    public int SmallRows { get; private set; }

    /// <param name="database">The writer's connection.</param>
    /// <param name="pageRows">Rows of a page of full size.</param>
    public void Read(SqliteDatabase database, int pageRows)
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
                AddLoose(Owner(loose.UInt64(0)));
            }
        }
        _small = _pages.Count;
        SmallRows = 0;
        while (_small > 0 && _pages[_small - 1].Rows < PageSealer.SmallBelow(pageRows))
        {
            SmallRows += _pages[--_small].Rows;
        }
    }

    /// <summary>Page that a loose row of this id belongs to; there must be one.</summary>
    public int Owner(ulong id)
    {
        int low = 0;
        int high = _pages.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _pages[middle].FirstId <= id ? (middle + 1, high) : (low, middle);
        }
        if (id > LastId)
        {
            throw StorageFailure.Damaged($"row of episode {id}");
        }
        return Math.Max(0, low - 1);
    }

    public void AddLoose(int page) => _pages[page] = _pages[page] with { Loose = _pages[page].Loose + 1 };

    public ulong FirstId(int page) => _pages[page].FirstId;

    /// <summary>The page has at least so many loose rows, and that share of its rows.</summary>
    public bool HasMany(int page, int least, int share) => _pages[page].Loose >= Math.Max(least, _pages[page].Rows / share);

    /// <summary>Ids of the loose rows that belong to these pages, both included.</summary>
    public (ulong From, ulong To) Range(int first, int last) =>
        (first == 0 ? 0 : _pages[first].FirstId, last == _pages.Count - 1 ? _pages[last].LastId : _pages[last + 1].FirstId - 1);

    /// <summary>A page has come to the end.</summary>
    public void Add(ulong firstId, ulong lastId, int rows, bool isSmall)
    {
        _pages.Add(new Entry(firstId, lastId, rows, 0));
        if (isSmall)
        {
            SmallRows += rows;
        }
        else
        {
            (_small, SmallRows) = (_pages.Count, 0);
        }
    }

    /// <summary>These pages are no more; what they had has been written as others. All of them were small, or there was one.</summary>
    public void Replace(int first, int last, IReadOnlyList<(ulong FirstId, ulong LastId, int Rows)> pages)
    {
        _pages.RemoveRange(first, last - first + 1);
        _pages.InsertRange(first, pages.Select(p => new Entry(p.FirstId, p.LastId, p.Rows, 0)));
        if (last > first)
        {
            _small = _pages.Count;
        }
        else if (first < _small)
        {
            _small += pages.Count - 1;
        }
        SmallRows = 0;
        for (int page = _small; page < _pages.Count; page++)
        {
            SmallRows += _pages[page].Rows;
        }
    }

    private readonly record struct Entry(ulong FirstId, ulong LastId, int Rows, int Loose);
}
