using System.Runtime.InteropServices;

namespace RanCognition.Memory.Storage;

/// <summary>Rows side by side as a page has them, gathered one by one; used again and again.</summary>
internal sealed class EpisodeColumns
{
    private ulong[] _ids = [];
    private ulong[] _times = [];
    private double[] _rewards = [];
    private uint[] _cells = [];
    private sbyte[] _success = [];
    private byte[] _hasVector = [];
    private float[] _vectors = [];        // every row has its place, zeros where it has no vector
    private float[] _situations = [];
    private bool _anyVector;

    public int Rows { get; private set; }

    /// <summary>Numbers of a vector; 0 until the first one.</summary>
    public int Dimension { get; private set; }

    /// <summary>Numbers of a situation: those of the longest so far.</summary>
    public int Positions { get; private set; }

    public bool AnyVector => _anyVector;

    public ReadOnlySpan<ulong> Ids => _ids.AsSpan(0, Rows);

    public ReadOnlySpan<ulong> Times => _times.AsSpan(0, Rows);

    public ReadOnlySpan<double> Rewards => _rewards.AsSpan(0, Rows);

    public ReadOnlySpan<uint> Cells => _cells.AsSpan(0, Rows);

    public ReadOnlySpan<sbyte> Success => _success.AsSpan(0, Rows);

    public ReadOnlySpan<byte> HasVector => _hasVector.AsSpan(0, Rows);

    public ReadOnlySpan<float> Vectors => _anyVector ? _vectors.AsSpan(0, Rows * Dimension) : default;

    public ReadOnlySpan<float> Situations => _situations.AsSpan(0, Rows * Positions);

    public void Clear()
    {
        Rows = 0;
        Positions = 0;
        _anyVector = false;
    }

    public void Add(ulong id, ulong timeNs, double reward, uint cell, sbyte success, ReadOnlySpan<float> vector, ReadOnlySpan<float> situation)
    {
        Reserve(Rows + 1, vector.Length, situation.Length);
        int row = Rows++;
        _ids[row] = id;
        _times[row] = timeNs;
        _rewards[row] = reward;
        _cells[row] = cell;
        _success[row] = success;
        _hasVector[row] = vector.IsEmpty ? (byte)0 : (byte)1;
        if (Dimension != 0)
        {
            Span<float> place = _vectors.AsSpan(row * Dimension, Dimension);
            place.Clear();
            vector.CopyTo(place);
        }
        Span<float> positions = _situations.AsSpan(row * Positions, Positions);
        situation.CopyTo(positions);
        positions[situation.Length..].Fill(float.NaN);
        _anyVector |= !vector.IsEmpty;
    }

    public void Add(ulong id, LooseRow row) => Add(id, row.TimeNs, row.Reward, row.Cell, row.Success, row.Vector, row.Situation);

    public void Add(in StoredPage page, int row) =>
        Add(page.Id(row), page.Times[row], page.Rewards[row], page.Cells[row], page.Success[row], page.Vector(row), page.Situation(row));

    /// <summary>Vectors of the rows that have one, without gaps.</summary>
    public static ReadOnlySpan<float> WithoutGaps(ReadOnlySpan<float> vectors, ReadOnlySpan<byte> hasVector, int dimension, ref float[] room)
    {
        if (vectors.IsEmpty || hasVector.IndexOf((byte)0) < 0)
        {
            return vectors;
        }
        if (room.Length < vectors.Length)
        {
            room = new float[vectors.Length];
        }
        int taken = 0;
        for (int row = 0; row < hasVector.Length; row++)
        {
            if (hasVector[row] != 0)
            {
                vectors.Slice(row * dimension, dimension).CopyTo(room.AsSpan(taken));
                taken += dimension;
            }
        }
        return room.AsSpan(0, taken);
    }

    private void Reserve(int rows, int vectorLength, int situationLength)
    {
        if (vectorLength != 0 && vectorLength != Dimension)
        {
            if (_anyVector)
            {
                throw StorageFailure.Damaged("vectors of different lengths");
            }
            Dimension = vectorLength;
            _vectors = new float[Math.Max(1, _ids.Length) * Dimension];
        }
        if (rows > _ids.Length)
        {
            int room = Math.Max(64, 2 * _ids.Length);
            Array.Resize(ref _ids, room);
            Array.Resize(ref _times, room);
            Array.Resize(ref _rewards, room);
            Array.Resize(ref _cells, room);
            Array.Resize(ref _success, room);
            Array.Resize(ref _hasVector, room);
            Array.Resize(ref _vectors, room * Dimension);
        }
        if (situationLength > Positions)
        {
            Widen(situationLength);
        }
        if (_situations.Length < rows * Positions)
        {
            Array.Resize(ref _situations, _ids.Length * Positions);
        }
    }

    /// <summary>Rows that are there already lack the new positions.</summary>
    private void Widen(int positions)
    {
        var wider = new float[_ids.Length * positions];
        wider.AsSpan().Fill(float.NaN);
        for (int row = 0; row < Rows; row++)
        {
            _situations.AsSpan(row * Positions, Positions).CopyTo(wider.AsSpan(row * positions));
        }
        _situations = wider;
        Positions = positions;
    }
}
