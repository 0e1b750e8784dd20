namespace RanCognition.Memory.Storage;

/// <summary>Packs loose rows into pages, within the writer's transaction.</summary>
internal sealed class PageSealer
{
    private const int PageBytes = 512 << 10;     // about; larger pages load no faster, and take longer to write anew
    private const int PageRowsMin = 32;
    private const int PageRowsMax = 4096;
    private const int RowBytesBeside = 24;

    private const int LooseRowsMin = 64;         // of a page, before it is written anew
    private const int LooseShare = 8;            // or an eighth of its rows

    private readonly PageMap _map;
    private readonly SqliteStatement _select;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _deleteLoose;
    private readonly LooseCursor _loose;
    private readonly EpisodeColumns _rows = new();

    public PageSealer(SqliteDatabase writer, PageMap map)
    {
        _map = map;
        _select = writer.Prepare($"SELECT {StoredPage.SelectedColumns} FROM page WHERE first_id = ?");
        _insert = writer.Prepare($"INSERT INTO page({StoredPage.SelectedColumns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _delete = writer.Prepare("DELETE FROM page WHERE first_id = ?");
        _deleteLoose = writer.Prepare("DELETE FROM loose WHERE id BETWEEN ? AND ?");
        _loose = new LooseCursor(writer.Prepare(LooseCursor.Sql));
    }

    /// <summary>Rows of a page whose rows have this many numbers.</summary>
    public static int PageRows(int numbers) => Math.Clamp(PageBytes / (RowBytesBeside + 4 * numbers), PageRowsMin, PageRowsMax);

    /// <summary>Makes a page of the tail when it has enough rows.</summary>
    /// <param name="numbers">Of a row: vector and situation.</param>
    public void SealTail(int numbers)
    {
        int wanted = PageRows(numbers);
        if (_map.Tail < wanted)
        {
            return;
        }
        _rows.Clear();
        using (_loose)
        {
            _loose.Start(_map.LastId + 1, long.MaxValue);
            while (_rows.Rows < wanted && _loose.HasRow)
            {
                _loose.Take(_rows);
            }
        }
        ulong first = _rows.Ids[0];
        ulong last = _rows.Ids[^1];
        Write(0, _rows.Rows);
        DeleteLoose(first, last);
        _map.SealedTail(first, last, _rows.Rows);
    }

    /// <summary>Writes a page anew when many of its rows have been overridden.</summary>
    /// <returns>True when it was.</returns>
    public bool Renew(int page)
    {
        if (!_map.HasMany(page, LooseRowsMin, LooseShare))
        {
            return false;
        }
        ulong key = _map.FirstId(page);
        (ulong from, ulong to) = _map.Range(page);
        Gather(key, from, to);
        _delete.Bind(1, key);
        _delete.Run();
        DeleteLoose(from, to);
        _map.Replace(page, WriteAll());
        return true;
    }

    private void Gather(ulong key, ulong from, ulong to)
    {
        _rows.Clear();
        _select.Bind(1, key);
        try
        {
            if (!_select.Step())
            {
                throw StorageFailure.Damaged($"no page of the episodes from {key} on");
            }
            _loose.Start(from, to);
            _loose.Merge(StoredPage.Read(_select), to, _rows);
        }
        finally
        {
            _loose.Dispose();
            _select.Reset();
        }
    }

    /// <summary>Pages of like size, so that none is left with a handful of rows.</summary>
    private List<(ulong FirstId, ulong LastId, int Rows)> WriteAll()
    {
        var written = new List<(ulong FirstId, ulong LastId, int Rows)>();
        int most = PageRows(_rows.Positions + (_rows.AnyVector ? _rows.Dimension : 0));
        int pages = _rows.Rows <= most + most / 2 ? Math.Min(1, _rows.Rows) : (_rows.Rows + most - 1) / most;
        for (int page = 0; page < pages; page++)
        {
            int from = (int)((long)_rows.Rows * page / pages);
            int count = (int)((long)_rows.Rows * (page + 1) / pages) - from;
            Write(from, count);
            written.Add((_rows.Ids[from], _rows.Ids[from + count - 1], count));
        }
        return written;
    }

    private void Write(int from, int count)
    {
        StoredPage.Bind(_insert, _rows, from, count);
        _insert.Run();
    }

    private void DeleteLoose(ulong from, ulong to)
    {
        _deleteLoose.Bind(1, from);
        _deleteLoose.Bind(2, to);
        _deleteLoose.Run();
    }
}
