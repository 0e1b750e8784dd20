namespace RanCognition.Memory.Storage;

/// <summary>Packs the rows of the tail, and loose ones, into pages, within the writer's transaction.</summary>
internal sealed class PageSealer
{
    private const int PageBytes = 128 << 10;     // about; larger pages load no faster, and take longer to look into and to write anew
    private const int PageRowsMin = 32;
    private const int PageRowsMax = 1024;
    private const int RowBytesBeside = 24;

    private const int LooseRowsMin = 32;         // of a page, before it is written anew
    private const int LooseShare = 8;            // or an eighth of its rows

    private readonly PageMap _map;
    private readonly SqliteStatement _select;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _deleteLoose;
    private readonly SqliteStatement _deleteTail;
    private readonly LooseCursor _loose;
    private readonly LooseCursor _tail;
    private readonly EpisodeColumns _rows = new();
    private readonly EpisodeColumns _tailRows = new();
    private bool _tailIsKnown;                   // _tailRows has the rows of the tail: reading them again takes longer than all the rest of a page

    public PageSealer(SqliteDatabase writer, PageMap map)
    {
        _map = map;
        _select = writer.Prepare($"SELECT {StoredPage.SelectedColumns} FROM page WHERE first_id = ?");
        _insert = writer.Prepare($"INSERT INTO page({StoredPage.SelectedColumns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _delete = writer.Prepare("DELETE FROM page WHERE first_id = ?");
        _deleteLoose = writer.Prepare("DELETE FROM loose WHERE id BETWEEN ? AND ?");
        _deleteTail = writer.Prepare("DELETE FROM tail");
        _loose = new LooseCursor(writer.Prepare(LooseCursor.LooseSql));
        _tail = new LooseCursor(writer.Prepare(LooseCursor.TailSql));
    }

    /// <summary>Rows of a page whose rows have this many numbers.</summary>
    public static int PageRows(int numbers) => Math.Clamp(PageBytes / (RowBytesBeside + 4 * numbers), PageRowsMin, PageRowsMax);

    /// <summary>The tail is what its table has.</summary>
    public void ForgetTail()
    {
        _tailRows.Clear();
        _tailIsKnown = _map.Tail == 0;
    }

    /// <summary>A row has come to the tail; makes pages of it when it has enough rows.</summary>
    public void AddToTail(StoredEpisode episode, uint cell)
    {
        _map.Tail++;
        if (_tailIsKnown && (_tailRows.Rows == 0 || _tailRows.Ids[^1] < episode.Id))
        {
            _tailRows.Add(episode.Id, episode.TimeNs, StoredNumbers.Reward(episode.Reward), cell, (sbyte)episode.Success, episode.Vector.Span, episode.Situation.Span);
        }
        else
        {
            _tailIsKnown = false;
        }
        if (_map.Tail >= PageRows(episode.Vector.Length + episode.Situation.Length))
        {
            SealTail();
        }
    }

    /// <summary>A row of the tail has changed, or gone.</summary>
    public void ChangeTail(int rowsGone)
    {
        _map.Tail -= rowsGone;
        ForgetTail();
    }

    /// <summary>Writes a page anew when many of its rows are loose.</summary>
    public void Renew(int page)
    {
        if (!_map.HasMany(page, LooseRowsMin, LooseShare))
        {
            return;
        }
        ulong key = _map.FirstId(page);
        (ulong from, ulong to) = _map.Range(page);
        Gather(key, from, to);
        _delete.Bind(1, key);
        _delete.Run();
        _deleteLoose.Bind(1, from);
        _deleteLoose.Bind(2, to);
        _deleteLoose.Run();
        _map.Replace(page, Write(_rows));
    }

    private void SealTail()
    {
        EpisodeColumns rows = _tailRows;
        if (!_tailIsKnown)
        {
            rows = _rows;
            rows.Clear();
            using (_tail)
            {
                _tail.Start(0, long.MaxValue);
                while (_tail.HasRow)
                {
                    _tail.Take(rows);
                }
            }
        }
        _map.AddPages(Write(rows));
        _deleteTail.Run();
        ForgetTail();
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
    private List<(ulong FirstId, ulong LastId, int Rows)> Write(EpisodeColumns rows)
    {
        var written = new List<(ulong FirstId, ulong LastId, int Rows)>();
        int most = PageRows(rows.Positions + (rows.AnyVector ? rows.Dimension : 0));
        int pages = rows.Rows <= most + most / 2 ? Math.Min(1, rows.Rows) : (rows.Rows + most - 1) / most;
        for (int page = 0; page < pages; page++)
        {
            int from = (int)((long)rows.Rows * page / pages);
            int count = (int)((long)rows.Rows * (page + 1) / pages) - from;
            StoredPage.Bind(_insert, rows, from, count);
            _insert.Run();
            written.Add((rows.Ids[from], rows.Ids[from + count - 1], count));
        }
        return written;
    }
}
