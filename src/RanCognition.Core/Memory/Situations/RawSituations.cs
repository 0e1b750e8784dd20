namespace RanCognition.Memory.Situations;

/// <summary>The raw numbers of all situations by row and position of their metric; NaN = lacks it. Kept so that new scales can be applied to all.</summary>
internal sealed class RawSituations
{
    private const int ChunkRows = 1024;

    private readonly List<float[]?> _chunks = [];   // null where no row of the chunk has a situation

    public int Rows { get; private set; }

    /// <summary>Numbers of a row; grows by doubling.</summary>
    public int Stride { get; private set; }

    public ulong Bytes => (ulong)_chunks.Count(chunk => chunk is not null) * ChunkRows * (ulong)Stride * sizeof(float);

    /// <summary>Makes room for this many metrics; true when rows are laid out anew.</summary>
    public bool Widen(int positions)
    {
        if (positions <= Stride)
        {
            return false;
        }
        int stride = Math.Max(4, Stride);
        while (stride < positions)
        {
            stride *= 2;
        }
        for (int i = 0; i < _chunks.Count; i++)
        {
            if (_chunks[i] is { } old)
            {
                float[] wide = NewChunk(stride);
                for (int row = 0; row < ChunkRows; row++)
                {
                    old.AsSpan(row * Stride, Stride).CopyTo(wide.AsSpan(row * stride));
                }
                _chunks[i] = wide;
            }
        }
        Stride = stride;
        return true;
    }

    /// <summary>The next row; empty = it has no situation.</summary>
    public void Add(ReadOnlySpan<float> raw)
    {
        if (Rows % ChunkRows == 0)
        {
            _chunks.Add(null);
        }
        Rows++;
        if (!raw.IsEmpty)
        {
            Set(Rows - 1, raw);
        }
    }

    /// <summary>Replaces a row; empty = it has no situation any more.</summary>
    public void Set(int row, ReadOnlySpan<float> raw)
    {
        float[]? chunk = _chunks[row / ChunkRows];
        if (chunk is null)
        {
            if (raw.IsEmpty)
            {
                return;
            }
            _chunks[row / ChunkRows] = chunk = NewChunk(Stride);
        }
        Span<float> place = chunk.AsSpan(row % ChunkRows * Stride, Stride);
        place.Fill(float.NaN);
        raw.CopyTo(place);
    }

    public float Value(int row, int position) => _chunks[row / ChunkRows] is { } chunk && position < Stride ? chunk[row % ChunkRows * Stride + position] : float.NaN;

    /// <summary>The numbers of a row; empty when its chunk has none.</summary>
    public ReadOnlySpan<float> Row(int row) => _chunks[row / ChunkRows] is { } chunk ? chunk.AsSpan(row % ChunkRows * Stride, Stride) : [];

    /// <summary>Keeps these rows, in this order.</summary>
    public void Compact(ReadOnlySpan<int> kept)
    {
        RawSituations next = new() { Stride = Stride };
        foreach (int row in kept)
        {
            ReadOnlySpan<float> raw = Row(row);
            next.Add(raw.IndexOfAnyExcept(float.NaN) < 0 ? [] : raw);
        }
        _chunks.Clear();
        _chunks.AddRange(next._chunks);
        Rows = next.Rows;
    }

    private static float[] NewChunk(int stride)
    {
        float[] chunk = new float[ChunkRows * stride];
        Array.Fill(chunk, float.NaN);
        return chunk;
    }
}
