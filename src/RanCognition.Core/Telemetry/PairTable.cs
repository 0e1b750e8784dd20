namespace RanCognition.Telemetry;

/// <summary>Pairs of whole numbers as numbers from 0 on, in the order in which they are met.</summary>
/// <remarks>Open addressing with linear probing, at most half full; the bits are mixed as in SplitMix64 (G. Steele et al., 2014), after a key that differs in each process.</remarks>
internal sealed class PairTable
{
    private static readonly ulong Seed = (ulong)(uint)default(HashCode).ToHashCode() * 0x9E3779B97F4A7C15;

    private ulong[] _pairs = new ulong[64];
    private int[] _slots = new int[128];   // number + 1; 0 = free

    public int Count { get; private set; }

    public int First(int pair) => (int)(_pairs[pair] >> 32);

    public int Second(int pair) => (int)(uint)_pairs[pair];

    /// <summary>The number of a pair; minus one when it was not met yet.</summary>
    public int Find(int first, int second)
    {
        ulong pair = ((ulong)(uint)first << 32) | (uint)second;
        int slot = Start(pair);
        while (_slots[slot] != 0 && _pairs[_slots[slot] - 1] != pair)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }
        return _slots[slot] - 1;
    }

    /// <summary>The number of a pair, a new one when it was not met yet.</summary>
    public int Get(int first, int second)
    {
        int met = Find(first, second);
        if (met >= 0)
        {
            return met;
        }
        if (Count == _pairs.Length)
        {
            Array.Resize(ref _pairs, 2 * Count);
            _slots = new int[2 * _slots.Length];
            for (int pair = 0; pair < Count; pair++)
            {
                Place(pair);
            }
        }
        _pairs[Count] = ((ulong)(uint)first << 32) | (uint)second;
        Place(Count);
        return Count++;
    }

    public void Clear()
    {
        if (Count > 0)
        {
            Count = 0;
            Array.Clear(_slots);
        }
    }

    /// <summary>No pair is looked up any more: what that needs is given back.</summary>
    public void Close()
    {
        Array.Resize(ref _pairs, Math.Max(Count, 1));
        _slots = [];
    }

    private void Place(int pair)
    {
        int slot = Start(_pairs[pair]);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }
        _slots[slot] = pair + 1;
    }

    private int Start(ulong pair)
    {
        ulong mixed = (pair ^ Seed) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)(mixed >> 33) & (_slots.Length - 1);
    }
}
