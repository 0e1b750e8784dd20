namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Numbers for names, so that they are compared at once.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int Count => _numbers.Count;

    public int NumberOf(string name)
    {
        if (!_numbers.TryGetValue(name, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(name, number);
        }
        return number;
    }
}
