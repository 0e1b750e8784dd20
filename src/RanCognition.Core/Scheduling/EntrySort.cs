namespace RanCognition.Scheduling;

/// <summary>Sorts entries: few by insertion, many by a byte radix from the lowest, leaving out bytes in which all agree.</summary>
internal static unsafe class EntrySort
{
    public const int VeryFew = 12;
    public const int Few = 48;

    private const int Values = 256;

    // The slot, the lowest three bytes, never decides: arrivals differ.
    private const int FirstKeyByte = TimerEntry.SlotBits / 8;

    /// <summary>scratch has room for count entries.</summary>
    public static void Sort(TimerEntry* entries, uint count, TimerEntry* scratch)
    {
        if (count <= Few)
        {
            Insert(entries, count);
            return;
        }
        ulong dueDiffers = 0;
        ulong keyDiffers = 0;
        for (uint i = 1; i < count; i++)
        {
            dueDiffers |= entries[i].Due ^ entries[0].Due;
            keyDiffers |= entries[i].Key ^ entries[0].Key;
        }
        TimerEntry* from = entries;
        TimerEntry* to = scratch;
        for (int place = FirstKeyByte; place < 16; place++)
        {
            bool byDue = place >= 8;
            int shift = (place & 7) * 8;
            if (((byDue ? dueDiffers : keyDiffers) >> shift & 0xFF) == 0)
            {
                continue;
            }
            Pass((ulong*)from, to, count, byDue ? 0 : 1, shift);
            TimerEntry* swap = from;
            from = to;
            to = swap;
        }
        if (from != entries)
        {
            Buffer.MemoryCopy(from, entries, (ulong)count * (uint)sizeof(TimerEntry), (ulong)count * (uint)sizeof(TimerEntry));
        }
    }

    /// <summary>
    /// Very few entries, whose due times differ in their lowest 12 bits only, each to the place that the number of those before it gives: without a
    /// branch that depends on them.
    /// </summary>
    public static void Rank(TimerEntry* entries, uint count, TimerEntry* target)
    {
        ulong* keys = stackalloc ulong[VeryFew];
        uint* ranks = stackalloc uint[VeryFew];
        for (uint i = 0; i < count; i++)
        {
            ulong key = (entries[i].Due << (64 - DueBits)) | (entries[i].Key >> DueBits);   // due, priority, arrival
            uint rank = 0;
            for (uint j = 0; j < i; j++)
            {
                uint isAfter = key > keys[j] ? 1u : 0u;
                rank += isAfter;
                ranks[j] += 1 - isAfter;
            }
            keys[i] = key;
            ranks[i] = rank;
        }
        for (uint i = 0; i < count; i++)
        {
            target[ranks[i]] = entries[i];
        }
    }

    // Width of a bucket of level 0. What it pushes out of the key is half of the slot.
    private const int DueBits = 12;

    private static void Pass(ulong* from, TimerEntry* to, uint count, int word, int shift)
    {
        uint* places = stackalloc uint[Values];
        new Span<uint>(places, Values).Clear();
        for (uint i = 0; i < count; i++)
        {
            places[(byte)(from[2 * i + (uint)word] >> shift)]++;
        }
        uint sum = 0;
        for (int value = 0; value < Values; value++)
        {
            uint here = places[value];
            places[value] = sum;
            sum += here;
        }
        for (uint i = 0; i < count; i++)
        {
            to[places[(byte)(from[2 * i + (uint)word] >> shift)]++] = ((TimerEntry*)from)[i];
        }
    }

    private static void Insert(TimerEntry* entries, uint count)
    {
        for (uint i = 1; i < count; i++)
        {
            TimerEntry entry = entries[i];
            uint place = i;
            while (place > 0 && entry.IsBefore(entries[place - 1]))
            {
                entries[place] = entries[place - 1];
                place--;
            }
            entries[place] = entry;
        }
    }
}
