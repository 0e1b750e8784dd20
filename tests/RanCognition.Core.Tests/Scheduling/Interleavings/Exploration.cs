using System.Runtime.InteropServices;

namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>Every state that a machine can come to: what is wrong in one of them, with the shortest way to it.</summary>
/// <remarks>
/// Faults: what a note or the check at the end objects to, and a state from which no end can be reached any more (threads that try for ever). Exhaustive:
/// states that were seen are kept whole, not as hashes.
/// </remarks>
internal sealed class Exploration
{
    private const int StatesMax = 2_000_000;

    private readonly Machine _machine;
    private readonly Func<EndState, string?> _atEnd;
    private readonly Dictionary<sbyte[], int> _known = new(new SameBytes());
    private readonly List<sbyte[]> _states = [];
    private readonly List<(int From, int To)> _ways = [];
    private readonly List<(int From, string What)> _first = [];
    private readonly List<int> _goodEnds = [];

    /// <summary>atEnd says what is wrong when nobody can do anything any more, all writes have arrived, and those who sleep sleep for ever.</summary>
    public Exploration(Machine machine, Func<EndState, string?> atEnd)
    {
        _machine = machine;
        _atEnd = atEnd;
        Fault = Explore();
    }

    public int States => _states.Count;

    /// <summary>Null when all is well.</summary>
    public string? Fault { get; }

    private string? Explore()
    {
        Reach(_machine.Begin(out string? fault), -1, "begin");
        if (fault is not null)
        {
            return fault;
        }
        List<Machine.Successor> next = [];
        for (int at = 0; at < _states.Count; at++)
        {
            _machine.Successors(_states[at], next);
            foreach (Machine.Successor successor in next)
            {
                if (successor.Fault is not null)
                {
                    return $"{successor.Fault}{WayTo(at)}\n{successor.What}";
                }
                _ways.Add((at, Reach(successor.State, at, successor.What)));
            }
            if (next.Count == 0)
            {
                if (_atEnd(new EndState(_machine, _states[at])) is { } wrong)
                {
                    return $"{wrong}{WayTo(at)}";
                }
                _goodEnds.Add(at);
            }
            if (_states.Count > StatesMax)
            {
                throw new InvalidOperationException($"more than {StatesMax} states");
            }
        }
        int stuck = FirstWithoutEnd();
        return stuck < 0 ? null : $"no end can be reached{WayTo(stuck)}";
    }

    private int Reach(sbyte[] state, int from, string what)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, state, out bool isKnown);
        if (!isKnown)
        {
            number = _states.Count;
            _states.Add(state);
            _first.Add((from, what));
        }
        return number;
    }

    private int FirstWithoutEnd()
    {
        int[] begin = new int[_states.Count + 1];
        foreach ((int _, int to) in _ways)
        {
            begin[to + 1]++;
        }
        for (int i = 0; i < _states.Count; i++)
        {
            begin[i + 1] += begin[i];
        }
        int[] before = new int[_ways.Count];
        int[] filled = (int[])begin.Clone();
        foreach ((int from, int to) in _ways)
        {
            before[filled[to]++] = from;
        }
        bool[] ends = new bool[_states.Count];
        Stack<int> open = new(_goodEnds);
        _goodEnds.ForEach(end => ends[end] = true);
        while (open.TryPop(out int at))
        {
            for (int i = begin[at]; i < begin[at + 1]; i++)
            {
                if (!ends[before[i]])
                {
                    ends[before[i]] = true;
                    open.Push(before[i]);
                }
            }
        }
        return Array.IndexOf(ends, false);
    }

    private string WayTo(int state)
    {
        List<string> steps = [];
        for (int at = state; at > 0; at = _first[at].From)
        {
            steps.Add(_first[at].What);
        }
        steps.Reverse();
        return string.Concat(steps.Select(step => $"\n{step}"));
    }

    private sealed class SameBytes : IEqualityComparer<sbyte[]>
    {
        public bool Equals(sbyte[]? left, sbyte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(sbyte[] state)
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes<sbyte>(state));
            return hash.ToHashCode();
        }
    }
}
