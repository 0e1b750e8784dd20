using System.Numerics;

namespace RanCognition.Optimization.Search;

/// <summary>What points gave that were evaluated, so that none is evaluated twice.</summary>
/// <remarks>
/// A point is known by 128 bits of a hash of its values: a million points collide with a chance below 1e-26. It stops adding when it is full; points beyond are then evaluated again when they come back.
/// </remarks>
internal sealed class PointCache
{
    private const int EntriesMax = 1 << 20;
    private const int NumbersMax = 1 << 24;

    private readonly int _rowLength;
    private readonly int _entriesMax;

    // Open addressing: place in the entries + 1, 0 = free. At most half of it is taken.
    private int[] _slots = new int[64];
    private ulong[] _first = new ulong[32];
    private ulong[] _second = new ulong[32];
    private double[] _rows;

    /// <param name="rowLength">Numbers kept with a point.</param>
    public PointCache(int rowLength)
    {
        _rowLength = rowLength;
        _entriesMax = Math.Min(EntriesMax, NumbersMax / (rowLength + 3));
        _rows = new double[32 * rowLength];
    }

    public int Count { get; private set; }

    public bool IsFull => Count >= _entriesMax;

    /// <summary>The two halves of the hash of a point.</summary>
    public static (ulong First, ulong Second) Hash(ReadOnlySpan<double> x)
    {
        ulong first = 0x9E3779B97F4A7C15, second = 0xC2B2AE3D27D4EB4F;
        foreach (double value in x)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(value + 0.0);   // -0 is 0
            first = BitOperations.RotateLeft((first ^ bits) * 0xBF58476D1CE4E5B9, 29) + second;
            second = BitOperations.RotateLeft((second + bits) * 0x94D049BB133111EB, 31) ^ first;
        }
        first = (first ^ (first >> 32)) * 0xD6E8FEB86659FD93;
        second = (second ^ (second >> 32)) * 0xD6E8FEB86659FD93;
        return (first ^ (first >> 29), second ^ (second >> 29));
    }

    /// <summary>Place of a point, -1 = it is not known.</summary>
    public int Find(ulong first, ulong second)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)first & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int entry = _slots[slot] - 1;
            if (_first[entry] == first && _second[entry] == second)
            {
                return entry;
            }
        }
        return -1;
    }

    /// <summary>Adds a point that is not known; its place, or -1 when the cache is full.</summary>
    public int Add(ulong first, ulong second)
    {
        if (IsFull)
        {
            return -1;
        }
        if (Count == _first.Length)
        {
            Grow();
        }
        int entry = Count++;
        _first[entry] = first;
        _second[entry] = second;
        Place(entry);
        return entry;
    }

    /// <summary>The hash of a point that was added.</summary>
    public (ulong First, ulong Second) Key(int entry) => (_first[entry], _second[entry]);

    /// <summary>What is kept with a point.</summary>
    public Span<double> Row(int entry) => _rows.AsSpan(entry * _rowLength, _rowLength);

    private void Grow()
    {
        int room = Math.Min(2 * Count, _entriesMax);
        Array.Resize(ref _first, room);
        Array.Resize(ref _second, room);
        Array.Resize(ref _rows, room * _rowLength);
        _slots = new int[2 * _slots.Length];
        for (int entry = 0; entry < Count; entry++)
        {
            Place(entry);
        }
    }

    private void Place(int entry)
    {
        int mask = _slots.Length - 1, slot = (int)_first[entry] & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = entry + 1;
    }
}
