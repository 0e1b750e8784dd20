namespace RanCognition.Performance;

/// <summary>The units of an address range that nothing uses: runs in ascending order, neighbours merged. The lowest run that fits is taken.</summary>
internal sealed class FreeUnits(nuint units)
{
    private readonly List<(nuint First, nuint Count)> _runs = [];
    private nuint _unused;   // from here on no unit was ever used

    /// <summary>First of a run of units; false when there is none.</summary>
    public bool TryTake(nuint count, out nuint first)
    {
        for (int i = 0; i < _runs.Count; i++)
        {
            (nuint start, nuint length) = _runs[i];
            if (length >= count)
            {
                first = start;
                if (length == count)
                {
                    _runs.RemoveAt(i);
                }
                else
                {
                    _runs[i] = (start + count, length - count);
                }
                return true;
            }
        }
        first = _unused;
        if (count > units - _unused)
        {
            return false;
        }
        _unused += count;
        return true;
    }

    public void Give(nuint first, nuint count)
    {
        int place = _runs.BinarySearch((first, 0));
        place = place < 0 ? ~place : place;
        if (place < _runs.Count && first + count == _runs[place].First)
        {
            count += _runs[place].Count;
            _runs.RemoveAt(place);
        }
        if (place > 0 && _runs[place - 1].First + _runs[place - 1].Count == first)
        {
            place--;
            (first, count) = (_runs[place].First, _runs[place].Count + count);
            _runs.RemoveAt(place);
        }
        _runs.Insert(place, (first, count));
    }

    /// <summary>All runs that were used once and are not now.</summary>
    public IReadOnlyList<(nuint First, nuint Count)> Runs => _runs;

    /// <summary>Units below this may be in use.</summary>
    public nuint End => _unused;
}
