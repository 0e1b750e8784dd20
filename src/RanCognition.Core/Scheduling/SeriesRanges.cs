namespace RanCognition.Scheduling;

/// <summary>Which ids belong to the executions of which recurring task: ranges sorted by their first id.</summary>
internal sealed class SeriesRanges
{
    private readonly List<ulong> _first = [];
    private readonly List<uint> _slots = [];   // 0 = its task is no more
    private int _gone;

    public void Add(ulong firstId, uint slot)
    {
        // Ids grow, so it is the end, or near it when another thread's id was later in coming.
        int place = _first.Count;
        while (place > 0 && _first[place - 1] > firstId)
        {
            place--;
        }
        _first.Insert(place, firstId);
        _slots.Insert(place, slot);
    }

    /// <summary>Slot of the task whose range could hold the id; 0 = none.</summary>
    public uint Find(ulong id)
    {
        int place = _first.BinarySearch(id);
        place = place < 0 ? ~place - 1 : place;
        return place < 0 ? 0 : _slots[place];
    }

    public void Remove(ulong firstId)
    {
        int place = _first.BinarySearch(firstId);
        if (place < 0 || _slots[place] == 0)
        {
            return;
        }
        _slots[place] = 0;
        if (++_gone > 32 && _gone > _slots.Count / 2)
        {
            Compact();
        }
    }

    private void Compact()
    {
        int kept = 0;
        for (int i = 0; i < _slots.Count; i++)
        {
            if (_slots[i] != 0)
            {
                _first[kept] = _first[i];
                _slots[kept++] = _slots[i];
            }
        }
        _first.RemoveRange(kept, _first.Count - kept);
        _slots.RemoveRange(kept, _slots.Count - kept);
        _gone = 0;
    }
}
