namespace RanCognition.Memory.Storage;

/// <summary>Hands rows to a sink as it wants them: vectors without gaps, cells by names that exist.</summary>
internal sealed class RowLoader(IEpisodeSink sink, string[] cells)
{
    private ulong[] _ids = [];
    private float[] _vectors = [];
    private ulong _lastId;

    /// <summary>Handed over so far.</summary>
    public long Rows { get; private set; }

    public void Take(in StoredPage page)
    {
        if (_ids.Length < page.Rows)
        {
            _ids = new ulong[page.Rows];
        }
        Span<ulong> ids = _ids.AsSpan(0, page.Rows);
        page.CopyIds(ids);
        Take(ids, page.Times, page.Cells, page.Rewards, page.Success, page.Vectors, page.HasVector, page.Dimension, page.Situations, page.Positions);
    }

    public void Take(EpisodeColumns rows)
    {
        if (rows.Rows > 0)
        {
            Take(rows.Ids, rows.Times, rows.Cells, rows.Rewards, rows.Success, rows.Vectors, rows.HasVector, rows.Dimension, rows.Situations, rows.Positions);
        }
    }

    private void Take(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> times, ReadOnlySpan<uint> cellNumbers, ReadOnlySpan<double> rewards, ReadOnlySpan<sbyte> success,
        ReadOnlySpan<float> vectors, ReadOnlySpan<byte> hasVector, int dimension, ReadOnlySpan<float> situations, int positions)
    {
        if (ids[0] <= _lastId)
        {
            throw StorageFailure.Damaged($"page of the episodes from {ids[0]} on");
        }
        _lastId = ids[^1];
        Rows += ids.Length;
        foreach (uint cell in cellNumbers)
        {
            if (cell >= (uint)cells.Length)
            {
                throw StorageFailure.Damaged($"name of cell {cell}");
            }
        }
        ReadOnlySpan<float> packed = EpisodeColumns.WithoutGaps(vectors, hasVector, dimension, ref _vectors);
        bool all = hasVector.IndexOf((byte)0) < 0;
        sink.Take(ids, times, cellNumbers, cells, rewards, success, packed, all ? default : hasVector, situations, positions);
    }
}
