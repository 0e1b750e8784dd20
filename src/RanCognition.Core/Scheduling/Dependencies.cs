namespace RanCognition.Scheduling;

/// <summary>Which tasks wait for which.</summary>
internal sealed class Dependencies
{
    // So few that wait no more are not worth looking through the others.
    private const int GoneAllowed = 16;

    private readonly Dictionary<ulong, List<ulong>> _waitsFor = [];
    private readonly Dictionary<ulong, Waiting> _waiting = [];

    /// <summary>A field, for it is read after every task.</summary>
    public bool Any;

    public void Add(ulong id, IReadOnlyList<ulong> waitsFor)
    {
        _waitsFor.Add(id, [.. waitsFor]);
        foreach (ulong other in waitsFor)
        {
            if (!_waiting.TryGetValue(other, out Waiting? waiting))
            {
                _waiting.Add(other, waiting = new Waiting());
            }
            waiting.Ids.Add(id);
        }
        Any = true;
    }

    /// <summary>The ids that this one still waits for.</summary>
    public IReadOnlyList<ulong> Of(ulong id) => _waitsFor.TryGetValue(id, out List<ulong>? others) ? others : [];

    /// <summary>An id is waited for no more: those that waited for it, in the order in which they came.</summary>
    public List<ulong> Take(ulong id)
    {
        if (!_waiting.Remove(id, out Waiting? waiting))
        {
            return [];
        }
        Any = _waiting.Count != 0;
        waiting.Ids.RemoveAll(other => !_waitsFor.ContainsKey(other));
        foreach (ulong other in waiting.Ids)
        {
            List<ulong> left = _waitsFor[other];
            left.Remove(id);
            if (left.Count == 0)
            {
                _waitsFor.Remove(other);
            }
        }
        return waiting.Ids;
    }

    /// <summary>A task waits no more, whatever became of it.</summary>
    public void Forget(ulong id)
    {
        if (!_waitsFor.Remove(id, out List<ulong>? others))
        {
            return;
        }
        foreach (ulong other in others)
        {
            Waiting waiting = _waiting[other];
            if (++waiting.Gone == waiting.Ids.Count)
            {
                _waiting.Remove(other);
            }
            else if (waiting.Gone > GoneAllowed && waiting.Gone > waiting.Ids.Count / 2)
            {
                waiting.Ids.RemoveAll(each => !_waitsFor.ContainsKey(each));
                waiting.Gone = 0;
            }
        }
        Any = _waiting.Count != 0;
    }

    /// <summary>Those that wait for one task; some of them may wait no more.</summary>
    private sealed class Waiting
    {
        public readonly List<ulong> Ids = [];
        public int Gone;
    }
}
