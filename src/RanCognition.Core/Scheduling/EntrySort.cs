namespace RanCognition.Scheduling;

/// <summary>Sorts entries: few by insertion, many by a byte radix from the lowest, leaving out bytes in which all agree.</summary>
internal static unsafe class EntrySort
{
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
