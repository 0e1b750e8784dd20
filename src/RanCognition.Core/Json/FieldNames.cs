namespace RanCognition.Json;

/// <summary>Names seen in one object: a part of the cursor's list while there are few, a set when there are many.</summary>
internal struct FieldNames
{
    private const int FewMax = 64;
    private int _first;   // of this object's names in the list, above those of the objects around it
    private HashSet<string>? _many;

    public int Count { readonly get; private set; }

    /// <summary>False when the name was there already. Equal names have equal hashes.</summary>
    public bool Add(string name, uint hash, OpenNames open)
    {
        if (Count == 0)
        {
            _first = open.Count;
        }
        if (_many is not null)
        {
            if (!_many.Add(name))
            {
                return false;
            }
        }
        else if (open.Contains(name, hash, _first))
        {
            return false;
        }
        else
        {
            open.Add(name, hash);
        }
        if (++Count == FewMax)
        {
            _many = new HashSet<string>(StringComparer.Ordinal);
            foreach (string few in open.From(_first))
            {
                _many.Add(few);
            }
            open.RemoveFrom(_first);
        }
        return true;
    }

    /// <summary>The object ends: its names leave the list.</summary>
    public readonly void Leave(OpenNames open)
    {
        if (Count > 0)
        {
            open.RemoveFrom(_first);
        }
    }
}
