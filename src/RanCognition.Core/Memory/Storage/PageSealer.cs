namespace RanCognition.Memory.Storage;

/// <summary>Writes new rows as pages, and pages anew that have become small or have many loose rows, within the writer's transaction.</summary>
internal sealed class PageSealer
{
    private const int PageBytes = 128 << 10;     // about; larger pages load no faster, and take longer to look into and to write anew
    private const int PageRowsMin = 32;
    private const int PageRowsMax = 1024;
    private const int RowBytesBeside = 24;
    private const int SmallRowsMax = 64;

    private const int LooseRowsMin = 32;         // of a page, before it is written anew
    private const int LooseShare = 8;            // or an eighth of its rows

    private readonly PageMap _map;
    private readonly SqliteStatement _select;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _deleteLoose;
    private readonly LooseCursor _loose;
    private readonly EpisodeColumns _new = new();        // rows that this transaction has added after the last page, not written yet
    private readonly EpisodeColumns _gathered = new();

    public PageSealer(SqliteDatabase writer, PageMap map)
    {
        _map = map;
        _select = writer.Prepare($"SELECT {StoredPage.SelectedColumns} FROM page WHERE first_id BETWEEN ? AND ? ORDER BY first_id");
        _insert = writer.Prepare($"INSERT INTO page({StoredPage.SelectedColumns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _delete = writer.Prepare("DELETE FROM page WHERE first_id BETWEEN ? AND ?");
        _deleteLoose = writer.Prepare("DELETE FROM loose WHERE id BETWEEN ? AND ?");
        _loose = new LooseCursor(writer.Prepare(LooseCursor.Sql));
    }

    /// <summary>Rows of a page of full size whose rows have this many numbers.</summary>
    public static int PageRows(int numbers) => Math.Clamp(PageBytes / (RowBytesBeside + 4 * numbers), PageRowsMin, PageRowsMax);

    /// <summary>Rows below which a page is merged with its like: a group commit's page of so many loads nearly as fast as a full one, and merging would write all of it once more.</summary>
    public static int SmallBelow(int pageRows) => Math.Min(pageRows / 2, SmallRowsMax);

    /// <summary>The transaction that added the rows has been taken back.</summary>
    public void ForgetNew() => _new.Clear();

    /// <summary>Takes a row whose id is beyond all others; false when it is not.</summary>
    public bool Append(StoredEpisode episode, uint cell)
    {
        if (episode.Id <= Math.Max(_map.LastId, _new.Rows == 0 ? 0 : _new.Ids[^1]))
        {
            return false;
        }
        _new.Add(episode.Id, episode.TimeNs, StoredNumbers.Reward(episode.Reward), cell, (sbyte)episode.Success, episode.Vector.Span, episode.Situation.Span);
        if (_new.Rows >= FullRows(_new))
        {
            WriteNew();
        }
        return true;
    }

    /// <summary>Writes the rows that were added: before others are touched, and before the transaction ends.</summary>
    public void WriteNew()
    {
        if (_new.Rows == 0)
        {
            return;
        }
        int full = FullRows(_new);
        foreach ((ulong firstId, ulong lastId, int rows) in Write(_new))
        {
            if (rows >= SmallBelow(full))
            {
                MergeSmall();
                _map.Add(firstId, lastId, rows, isSmall: false);
            }
            else
            {
                _map.Add(firstId, lastId, rows, isSmall: true);
            }
        }
        _new.Clear();
        if (_map.SmallRows >= full)
        {
            MergeSmall();
        }
    }

    /// <summary>Writes a page anew when many of its rows are loose.</summary>
    public void Renew(int page)
    {
        if (_map.HasMany(page, LooseRowsMin, LooseShare))
        {
            Rewrite(page, page);
        }
    }

    private void MergeSmall()
    {
        if (_map.Count - _map.Small > 1)
        {
            Rewrite(_map.Small, _map.Count - 1);
        }
    }

    private void Rewrite(int first, int last)
    {
        ulong firstKey = _map.FirstId(first);
        ulong lastKey = _map.FirstId(last);
        (ulong from, ulong to) = _map.Range(first, last);
        Gather(firstKey, lastKey, from, to);
        Run(_delete, firstKey, lastKey);
        Run(_deleteLoose, from, to);
        _map.Replace(first, last, Write(_gathered));
    }

    private void Gather(ulong firstKey, ulong lastKey, ulong from, ulong to)
    {
        _gathered.Clear();
        _select.Bind(1, firstKey);
        _select.Bind(2, lastKey);
        try
        {
            _loose.Start(from, to);
            while (_select.Step())
            {
                StoredPage page = StoredPage.Read(_select);
                _loose.Merge(page, page.FirstId == lastKey ? to : page.LastId, _gathered);
            }
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
        int most = FullRows(rows);
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

    private static int FullRows(EpisodeColumns rows) => PageRows(rows.Positions + (rows.AnyVector ? rows.Dimension : 0));

    private static void Run(SqliteStatement statement, ulong from, ulong to)
    {
        statement.Bind(1, from);
        statement.Bind(2, to);
        statement.Run();
    }
}
