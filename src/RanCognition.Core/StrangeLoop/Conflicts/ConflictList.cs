using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>The first conflicts in the order of their commands, whatever the order in which they are found.</summary>
/// <param name="max">How many are listed, 1 or more.</param>
internal sealed class ConflictList(int max)
{
    private List<ControlConflict> _found = [];
    private ControlConflict? _last;   // nothing behind it is wanted: there are enough before it

    /// <summary>There were more than are listed.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>More than can be listed; of conflicts that come in order no more are needed.</summary>
    public bool IsFull => _found.Count > max;

    /// <summary>Some conflicts are not wanted any more.</summary>
    public bool IsCut => _last is not null;

    /// <summary>Whether a conflict of these two, if it is one, would be listed.</summary>
    public bool Wants(ulong first, ulong second)
        => _last is null || first < _last.FirstCommand || (first == _last.FirstCommand && second < _last.SecondCommand);

    public void Add(ControlConflict conflict)
    {
        _found.Add(conflict);
        if (_found.Count > 2 * (long)max + 1)
        {
            Cut();
        }
    }

    public IReadOnlyList<ControlConflict> Take()
    {
        Cut();
        return _found;
    }

    /// <summary>Sorts, and lets go of what is too much.</summary>
    public void Cut()
    {
        ControlConflict[] sorted = _found.ToArray();
        if (!IsSorted(sorted))
        {
            Array.Sort(sorted, Compare);
        }
        if (sorted.Length > max)
        {
            IsTruncated = true;
            sorted = sorted[..max];
            _last = sorted[^1];
        }
        _found = new List<ControlConflict>(sorted);
    }

    /// <summary>By the first command, then the second.</summary>
    public static int Compare(ControlConflict left, ControlConflict right)
    {
        int order = left.FirstCommand.CompareTo(right.FirstCommand);
        return order != 0 ? order : left.SecondCommand.CompareTo(right.SecondCommand);
    }

    private static bool IsSorted(ControlConflict[] conflicts)
    {
        for (int i = 1; i < conflicts.Length; i++)
        {
            if (Compare(conflicts[i - 1], conflicts[i]) > 0)
            {
                return false;
            }
        }
        return true;
    }
}
