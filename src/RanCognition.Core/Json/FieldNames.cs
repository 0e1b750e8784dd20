namespace RanCognition.Json;

/// <summary>Names seen in one object: a list while there are few, a set when there are many.</summary>
internal struct FieldNames
{
    private const int FewMax = 16;
    private List<string>? _few;
    private HashSet<string>? _many;

    public readonly int Count => _many?.Count ?? _few?.Count ?? 0;

    /// <summary>False when the name was there already.</summary>
    public bool Add(string name)
    {
        if (_many is not null)
        {
            return _many.Add(name);
        }
        _few ??= [];
        if (_few.Contains(name))
        {
            return false;
        }
        _few.Add(name);
        if (_few.Count > FewMax)
        {
            _many = new HashSet<string>(_few, StringComparer.Ordinal);
        }
        return true;
    }
}
