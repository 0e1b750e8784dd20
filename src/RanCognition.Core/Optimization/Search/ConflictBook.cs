namespace RanCognition.Optimization.Search;

/// <summary>Which constraints evaluated points left unsatisfied: of these sets only those are kept that contain no other, which is all that decides what can be satisfied together.</summary>
/// <remarks>
/// A set of constraints that no evaluated point satisfies together is one that shares a constraint with every set kept (a hitting set). When there is no room for another set, it is replaced by a part
/// of itself: what shares a constraint with the part shares one with the set, so that every answer remains true, but it may no longer be a smallest one.
/// </remarks>
internal sealed class ConflictBook
{
    /// <summary>Sets kept; beyond, only sets of one constraint are added.</summary>
    public const int SetsMax = 2048;

    private readonly int _constraints;
    private readonly int _words;
    private readonly ulong[] _set;

    private ulong[] _sets;

    // What the last point added or met: the next one is mostly like it.
    private int _last = -1;

    public ConflictBook(int constraints)
    {
        _constraints = constraints;
        _words = (constraints + 63) / 64;
        _set = new ulong[_words];
        _sets = new ulong[8 * _words];
    }

    public int Count { get; private set; }

    /// <summary>Grows with every change of the sets.</summary>
    public int Version { get; private set; }

    /// <summary>Enters the constraints of a point that is not feasible.</summary>
    /// <param name="constraints">Their values; those above 0 are unsatisfied.</param>
    public void Enter(ReadOnlySpan<double> constraints)
    {
        Array.Clear(_set);
        for (int i = 0; i < constraints.Length; i++)
        {
            _set[i >> 6] |= constraints[i] > 0 ? 1UL << (i & 63) : 0;
        }
        if (_last >= 0 && IsSubset(Set(_last), _set))
        {
            return;
        }
        if (Count >= SetsMax)
        {
            Shrink();
        }
        Add();
    }

    /// <summary>A smallest set of constraints that no point entered satisfies together, in ascending order; empty when nothing was entered.</summary>
    public int[] SmallestConflict() => HittingSet.Smallest(_sets.AsSpan(0, Count * _words), _words, _constraints);

    private ReadOnlySpan<ulong> Set(int index) => _sets.AsSpan(index * _words, _words);

    private void Add()
    {
        for (int i = 0; i < Count; i++)
        {
            if (IsSubset(Set(i), _set))
            {
                _last = i;
                return;
            }
        }
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!IsSubset(_set, Set(i)))
            {
                Set(i).CopyTo(_sets.AsSpan(kept++ * _words));
            }
        }
        if ((kept + 1) * _words > _sets.Length)
        {
            Array.Resize(ref _sets, 2 * _sets.Length);
        }
        _set.CopyTo(_sets.AsSpan(kept * _words));
        _last = kept;
        Count = kept + 1;
        Version++;
    }

    /// <summary>Makes the set at hand the one constraint of it that most others have too: sets that contain it then leave.</summary>
    private void Shrink()
    {
        int common = -1, most = -1;
        for (int constraint = 0; constraint < _constraints; constraint++)
        {
            if ((_set[constraint >> 6] >> (constraint & 63) & 1) == 0)
            {
                continue;
            }
            int sets = 0;
            for (int i = 0; i < Count; i++)
            {
                sets += (int)(Set(i)[constraint >> 6] >> (constraint & 63) & 1);
            }
            if (sets > most)
            {
                (common, most) = (constraint, sets);
            }
        }
        Array.Clear(_set);
        _set[common >> 6] = 1UL << (common & 63);
    }

    private static bool IsSubset(ReadOnlySpan<ulong> part, ReadOnlySpan<ulong> whole)
    {
        ulong beyond = 0;
        for (int i = 0; i < part.Length; i++)
        {
            beyond |= part[i] & ~whole[i];
        }
        return beyond == 0;
    }
}
