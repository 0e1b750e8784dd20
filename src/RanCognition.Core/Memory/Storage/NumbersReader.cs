namespace RanCognition.Memory.Storage;

/// <summary>Vector and situation of an episode as they lie in the file.</summary>
internal sealed class NumbersReader(SqliteDatabase database)
{
    private readonly SqliteStatement _row = database.Prepare("SELECT data FROM loose WHERE id = ?");
    private readonly SqliteStatement _page = database.Prepare($"SELECT {StoredPage.SelectedColumns} FROM page WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1");

    /// <summary>False when the file has no such episode.</summary>
    public bool Find(ulong id, out float[] vector, out float[] situation)
    {
        (vector, situation) = ([], []);
        _row.Bind(1, id);
        _page.Bind(1, id);
        try
        {
            if (_row.Step())
            {
                LooseRow row = LooseRow.Read(id, _row.Bytes(0));
                (vector, situation) = (row.Vector.ToArray(), row.Situation.ToArray());
                return row.IsPresent;
            }
            if (!_page.Step())
            {
                return false;
            }
            StoredPage page = StoredPage.Read(_page);
            int place = page.Find(id);
            if (place < 0)
            {
                return false;
            }
            (vector, situation) = (page.Vector(place).ToArray(), page.Situation(place).ToArray());
            return true;
        }
        finally
        {
            _row.Reset();
            _page.Reset();
        }
    }
}
