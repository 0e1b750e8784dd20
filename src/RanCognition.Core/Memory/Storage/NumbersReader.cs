namespace RanCognition.Memory.Storage;

/// <summary>Vector and situation of an episode as they lie in the file; keeps the last page it looked into.</summary>
internal sealed class NumbersReader(SqliteDatabase database)
{
    private readonly SqliteStatement _loose = database.Prepare("SELECT data FROM loose WHERE id = ?");
    private readonly SqliteStatement _page = database.Prepare($"SELECT {StoredPage.SelectedColumns} FROM page WHERE first_id = ?");
    private readonly SqliteStatement _pageOf = database.Prepare("SELECT first_id FROM page WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1");
    private readonly EpisodeColumns _rows = new();
    private ulong _rowsOf;       // first id of the page that the rows are of; 0 = none

    /// <summary>The pages may have changed.</summary>
    public void Forget() => _rowsOf = 0;

    /// <summary>False when the file has no numbers of such an episode.</summary>
    public bool Find(ulong id, out float[] vector, out float[] situation)
    {
        if (FindLoose(id, out bool present, out vector, out situation))
        {
            return present;
        }
        _pageOf.Bind(1, id);
        ulong page = _pageOf.Step() ? _pageOf.UInt64(0) : 0;
        _pageOf.Reset();
        if (page == 0)
        {
            return false;
        }
        Keep(page);
        int row = _rows.Ids.BinarySearch(id);
        if (row < 0)
        {
            return false;
        }
        vector = _rows.HasVector[row] == 0 ? [] : _rows.Vectors.Slice(row * _rows.Dimension, _rows.Dimension).ToArray();
        situation = _rows.Situations.Slice(row * _rows.Positions, _rows.Positions).ToArray();
        return true;
    }

    private bool FindLoose(ulong id, out bool present, out float[] vector, out float[] situation)
    {
        (present, vector, situation) = (false, [], []);
        _loose.Bind(1, id);
        try
        {
            if (!_loose.Step())
            {
                return false;
            }
            LooseRow row = LooseRow.Read(id, _loose.Bytes(0));
            (present, vector, situation) = (row.IsPresent, row.Vector.ToArray(), row.Situation.ToArray());
            return true;
        }
        finally
        {
            _loose.Reset();
        }
    }

    private void Keep(ulong page)
    {
        if (_rowsOf == page)
        {
            return;
        }
        Forget();
        _rows.Clear();
        _page.Bind(1, page);
        try
        {
            if (_page.Step())
            {
                StoredPage found = StoredPage.Read(_page);
                for (int row = 0; row < found.Rows; row++)
                {
                    _rows.Add(found, row);
                }
            }
        }
        finally
        {
            _page.Reset();
        }
        _rowsOf = page;
    }
}
