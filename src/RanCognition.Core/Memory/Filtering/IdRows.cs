using System.Numerics;

namespace RanCognition.Memory.Filtering;

/// <summary>From an id to its row. Ids that ascend need no memory; the first that does not makes a hash table of 6 to 12 bytes a row.</summary>
internal sealed class IdRows
{
    private const int Free = -1;

    private int[]? _slots;   // open addressing, linear probing; null while ids ascend with the rows
    private int _used;

    public bool Ascend => _slots is null;

    public ulong Bytes => _slots is null ? 0 : (ulong)_slots.Length * sizeof(int);

    /// <summary>The last living row of the id, or -1.</summary>
    /// <param name="id">Looked for.</param>
    /// <param name="ids">Of all rows, removed ones too.</param>
    /// <param name="alive">Bit per row.</param>
    public int Find(ulong id, ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> alive)
    {
        int row = _slots is null ? FindAscending(id, ids) : FindHashed(id, ids, alive);
        return row >= 0 && IsAlive(alive, row) ? row : -1;
    }

    /// <summary>Ids from the first row given on are new, all alive.</summary>
    public void Added(int first, ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> alive)
    {
        if (_slots is not null)
        {
            for (int row = first; row < ids.Length; row++)
            {
                AddHashed(row, ids, alive);
            }
            return;
        }
        for (int row = Math.Max(first, 1); row < ids.Length; row++)
        {
            if (ids[row] <= ids[row - 1])
            {
                Hash(ids, alive);
                return;
            }
        }
    }

    /// <summary>Rows were numbered anew, all alive.</summary>
    public void Compacted(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> alive)
    {
        _slots = null;
        for (int row = 1; row < ids.Length; row++)
        {
            if (ids[row] <= ids[row - 1])
            {
                Hash(ids, alive);
                return;
            }
        }
    }

    /// <summary>The first row whose id is not below; ids must ascend.</summary>
    public static int LowerBound(ReadOnlySpan<ulong> ascending, ulong value)
    {
        int low = 0, length = ascending.Length;
        while (length > 0)
        {
            int half = length / 2;
            bool isBelow = ascending[low + half] < value;
            low += isBelow ? half + 1 : 0;
            length = isBelow ? length - half - 1 : half;
        }
        return low;
    }

    private static int FindAscending(ulong id, ReadOnlySpan<ulong> ids)
    {
        if (ids.IsEmpty || id < ids[0])
        {
            return -1;
        }
        ulong offset = id - ids[0];
        if (offset < (ulong)ids.Length && ids[(int)offset] == id)   // no gap before it
        {
            return (int)offset;
        }
        int row = LowerBound(ids[..(int)Math.Min(offset, (ulong)ids.Length)], id);   // each id is at least one above the last
        return row < ids.Length && ids[row] == id ? row : -1;
    }

    private int FindHashed(ulong id, ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> alive)
    {
        int[] slots = _slots!;
        for (int slot = Slot(id); ; slot = (slot + 1) & (slots.Length - 1))
        {
            int row = slots[slot];
            if (row == Free || (ids[row] == id && IsAlive(alive, row)))
            {
                return row;
            }
        }
    }

    private void AddHashed(int row, ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> alive)
    {
        if (4L * (_used + 1) > 3L * _slots!.Length)
        {
            Hash(ids[..(row + 1)], alive);
            return;
        }
        Insert(ids[row], row);
    }

    private void Hash(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> alive)
    {
        int living = 0;
        foreach (ulong word in alive)
        {
            living += BitOperations.PopCount(word);
        }
        _slots = new int[Math.Max(64, (int)Math.Min(BitOperations.RoundUpToPowerOf2((ulong)living * 3 / 2), 1UL << 30))];
        _slots.AsSpan().Fill(Free);
        _used = 0;
        for (int row = 0; row < ids.Length; row++)
        {
            if (IsAlive(alive, row))
            {
                Insert(ids[row], row);
            }
        }
    }

    private void Insert(ulong id, int row)
    {
        int slot = Slot(id);
        while (_slots![slot] != Free)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }
        _slots[slot] = row;
        _used++;
    }

    private int Slot(ulong id) => (int)((id * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)_slots!.Length)));

    private static bool IsAlive(ReadOnlySpan<ulong> alive, int row) => (alive[row >> 6] >> (row & 63) & 1) != 0;
}
