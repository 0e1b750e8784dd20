using System.Diagnostics;
using System.Text;

namespace RanCognition.Telemetry;

/// <summary>Names as numbers from 0 on, in the order in which they are met. One copy of the bytes, and a string only of those that are asked for.</summary>
/// <remarks>Open addressing with linear probing, at most half full. The framework's hash has a seed of its own in each process, so that no message can be made of names that collide.</remarks>
internal sealed class NameTable
{
    private byte[] _bytes = new byte[1024];
    private int[] _ends = new int[64];   // of each name in the bytes; the one before it ends where it begins
    private int[] _hashes = new int[64];
    private string?[] _texts = new string?[64];
    private int[] _slots = new int[128];   // number + 1; 0 = free

    public int Count { get; private set; }

    /// <summary>The number of a name; minus one when it was not met yet.</summary>
    public int Find(ReadOnlySpan<byte> name) => _slots[SlotOf(name, HashOf(name))] - 1;

    /// <summary>The number of a name, a new one when it was not met yet.</summary>
    public int Get(ReadOnlySpan<byte> name)
    {
        int hash = HashOf(name);
        int slot = SlotOf(name, hash);
        if (_slots[slot] != 0)
        {
            return _slots[slot] - 1;
        }
        Append(name, hash);
        _slots[slot] = Count;
        if (2 * Count > _slots.Length)
        {
            Widen();
        }
        return Count - 1;
    }

    public ReadOnlySpan<byte> Bytes(int name)
    {
        Debug.Assert(name < Count);
        int start = name == 0 ? 0 : _ends[name - 1];
        return _bytes.AsSpan(start, _ends[name] - start);
    }

    public string Text(int name) => _texts[name] ??= Encoding.UTF8.GetString(Bytes(name));

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        HashCode seeded = default;
        seeded.AddBytes(name);
        return seeded.ToHashCode();
    }

    /// <summary>Where a name is, or would be.</summary>
    private int SlotOf(ReadOnlySpan<byte> name, int hash)
    {
        int slot = hash & (_slots.Length - 1);
        while (_slots[slot] != 0 && (_hashes[_slots[slot] - 1] != hash || !Bytes(_slots[slot] - 1).SequenceEqual(name)))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }
        return slot;
    }

    private void Append(ReadOnlySpan<byte> name, int hash)
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
            Array.Resize(ref _texts, 2 * Count);
        }
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (name.Length > _bytes.Length - start)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, start + name.Length));
        }
        name.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + name.Length;
        _hashes[Count++] = hash;
    }

    private void Widen()
    {
        _slots = new int[2 * _slots.Length];
        for (int name = 0; name < Count; name++)
        {
            int slot = _hashes[name] & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }
            _slots[slot] = name + 1;
        }
    }
}
