namespace RanCognition.Scheduling;

/// <summary>Which tasks wait for which.</summary>
internal sealed class Dependencies
{
    private readonly Dictionary<ulong, List<ulong>> _waiting = [];

    /// <summary>A field, for it is read after every task.</summary>
    public bool Any;

    public void Add(ulong id, ulong waitsFor)
    {
        if (!_waiting.TryGetValue(waitsFor, out List<ulong>? waiting))
        {
            _waiting.Add(waitsFor, waiting = []);
        }
        waiting.Add(id);
        Any = true;
    }

    /// <summary>The ids that waited for this one, which is no longer waited for; some may be gone by now.</summary>
    public List<ulong>? Take(ulong id)
    {
        _waiting.Remove(id, out List<ulong>? waiting);
        Any = _waiting.Count != 0;
        return waiting;
    }

    /// <summary>The ids that each waiting task still waits for.</summary>
    public Dictionary<ulong, List<ulong>> ByWaiting()
    {
        Dictionary<ulong, List<ulong>> byWaiting = [];
        foreach ((ulong waitsFor, List<ulong> waiting) in _waiting.OrderBy(pair => pair.Key))
        {
            foreach (ulong id in waiting)
            {
                if (!byWaiting.TryGetValue(id, out List<ulong>? ids))
                {
                    byWaiting.Add(id, ids = []);
                }
                ids.Add(waitsFor);
            }
        }
        return byWaiting;
    }
}
