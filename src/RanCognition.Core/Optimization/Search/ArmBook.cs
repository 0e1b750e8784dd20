namespace RanCognition.Optimization.Search;

/// <summary>Which strategy the evaluations were made for.</summary>
internal sealed class ArmBook
{
    private readonly List<string> _names = [];
    private readonly List<ulong> _counts = [];
    private int _current = -1;

    /// <summary>What is evaluated from now on is for this one.</summary>
    public void ChargeTo(string name)
    {
        _current = _names.IndexOf(name);
        if (_current < 0)
        {
            _current = _names.Count;
            _names.Add(name);
            _counts.Add(0);
        }
    }

    /// <summary>One more evaluation, for the present strategy; before the first one nobody counts.</summary>
    public void Count()
    {
        if (_current >= 0)
        {
            _counts[_current]++;
        }
    }

    /// <summary>One more evaluation that no strategy asked for.</summary>
    public void CountTold()
    {
        int present = _current;
        ChargeTo("told");
        Count();
        _current = present;
    }

    /// <summary>Evaluations by strategy, in the order in which they began: those that made any.</summary>
    public List<KeyValuePair<string, ulong>> Entries()
    {
        List<KeyValuePair<string, ulong>> entries = [];
        for (int i = 0; i < _names.Count; i++)
        {
            if (_counts[i] > 0)
            {
                entries.Add(new(_names[i], _counts[i]));
            }
        }
        return entries;
    }
}
