namespace RanCognition.Json;

/// <summary>The field names of the objects that are open, innermost last. Each object owns the part that its FieldNames tells.</summary>
internal sealed class OpenNames
{
    private string[] _names = new string[16];
    private uint[] _hashes = new uint[16];   // beside the names, as they are searched at several a step

    public int Count { get; private set; }

    public ReadOnlySpan<string> From(int first) => _names.AsSpan(first, Count - first);

    public void Add(string name, uint hash)
    {
        if (Count == _names.Length)
        {
            Array.Resize(ref _names, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
        }
        _names[Count] = name;
        _hashes[Count++] = hash;
    }

    public bool Contains(string name, uint hash, int first)
    {
        while (first < Count)
        {
            int found = _hashes.AsSpan(first, Count - first).IndexOf(hash);
            if (found < 0)
            {
                return false;
            }
            if (_names[first + found] == name)
            {
                return true;
            }
            first += found + 1;
        }
        return false;
    }

    public void RemoveFrom(int first) => Count = first;
}
