namespace RanCognition.Json;

/// <summary>Names seen in one object: a part of the cursor's list while there are few, a set when there are many.</summary>
internal struct FieldNames
{
    private const int FewMax = 16;
    private int _first;   // of this object's names in the list, above those of the objects around it
    private ulong _hashes;   // a bit for each hash seen: most names show by it that they are new
    private HashSet<string>? _many;

    public int Count { readonly get; private set; }

    /// <summary>False when the name was there already. Equal names have equal hashes.</summary>
    public bool Add(string name, uint hash, List<string> open)
    {
        if (Count == 0)
        {
            _first = open.Count;
        }
        ulong bit = 1UL << (int)(hash & 63);
        if (_many is not null ? !_many.Add(name) : (_hashes & bit) != 0 && open.IndexOf(name, _first) >= 0)
        {
            return false;
        }
        _hashes |= bit;
        Count++;
        if (_many is null)
        {
            open.Add(name);
            if (Count > FewMax)
            {
                _many = new HashSet<string>(open.Skip(_first), StringComparer.Ordinal);
                Leave(open);
            }
        }
        return true;
    }

    /// <summary>The object ends: its names leave the list.</summary>
    public readonly void Leave(List<string> open)
    {
        if (Count > 0 && open.Count > _first)
        {
            open.RemoveRange(_first, open.Count - _first);
        }
    }
}
