using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>Finds a smallest set of targets that no values can satisfy together.</summary>
/// <remarks>
/// Targets ask a metric (or a statistic of it) to lie in sets of numbers during windows of time (<see cref="DemandReader"/>). Targets cannot hold together when at one moment the sets that bind then have
/// no common number. Where every set is an interval, two of them are disjoint already: intervals that meet pairwise have a common point (Helly's theorem, 1923, on the line: the largest lower end is not
/// above the smallest upper end). The same theorem in time gives windows that overlap pairwise a common moment. So a smallest set has one target, or two. Sets with holes (<c>!=</c>, <c>or</c>) may need
/// three or more: those are looked for only where all sets of a moment together are empty, smaller sets first, and beyond <see cref="ExactSizeMax"/> one from which nothing can be left out.
/// "At some moment" is in conflict with "at every moment" of a window around its own. A statistic other than sum and standard deviation lies between the least and the greatest value: it is in conflict
/// with values that are bounded at every moment. What is not found here may still be impossible; what is found surely is.
/// </remarks>
internal sealed class ConflictSearch
{
    private const int LargerSetsMax = 24;   // demands on one metric among which sets of three and more are looked for
    private const int ExactSizeMax = 4;

    private readonly string[] _ids;   // sorted
    private readonly Dictionary<Operand, List<Demand>> _groups = [];   // in each, targets ascend
    private readonly List<Operand> _operands = [];                     // in the order in which they were met
    private int[]? _best;

    /// <param name="ids">Of the targets.</param>
    /// <param name="targets">In the same order.</param>
    /// <param name="nowNs">From which relative windows count.</param>
    public ConflictSearch(IReadOnlyList<string> ids, IReadOnlyList<ConstraintExpression> targets, ulong nowNs)
    {
        int[] order = Ordered(ids);
        _ids = new string[order.Length];
        List<double> limits = [];
        foreach (ConstraintExpression target in targets)
        {
            DemandReader.CollectLimits(target.Formula, limits);
        }
        double[] ascending = limits.ToArray();
        Array.Sort(ascending);
        List<Demand> demands = [];
        for (int i = 0; i < order.Length; i++)
        {
            _ids[i] = ids[order[i]];
            new DemandReader(i, nowNs, ascending, demands).Read(targets[order[i]].Formula);
        }
        List<Operand> statistics = [];
        foreach (Demand demand in demands)
        {
            if (!_groups.ContainsKey(demand.Operand))
            {
                _groups.Add(demand.Operand, []);
                _operands.Add(demand.Operand);
                if (LiesAmongValues(demand.Operand.Kind))
                {
                    statistics.Add(demand.Operand);
                }
            }
        }
        foreach (Demand demand in demands)
        {
            _groups[demand.Operand].Add(demand);
            if (demand.IsOfAll)
            {
                AddTo(statistics, demand);
            }
        }
    }

    /// <summary>Ids of the set, sorted; of several sets of its size the first. Null when there is none.</summary>
    public IReadOnlyList<string>? Smallest()
    {
        foreach (Operand operand in _operands)
        {
            FindPairs(_groups[operand]);
        }
        foreach (Operand operand in _operands)
        {
            FindLarger(_groups[operand]);
        }
        if (_best is null)
        {
            return null;
        }
        string[] found = new string[_best.Length];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = _ids[_best[i]];
        }
        return found;
    }

    /// <summary>Places of the ids, sorted by id, then place.</summary>
    private static int[] Ordered(IReadOnlyList<string> ids)
    {
        int[] order = new int[ids.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        Array.Sort(order, (left, right) =>
        {
            int byId = string.CompareOrdinal(ids[left], ids[right]);
            return byId != 0 ? byId : left.CompareTo(right);
        });
        return order;
    }

    private static bool LiesAmongValues(OperandKind kind) =>
        kind is OperandKind.Mean or OperandKind.Median or OperandKind.Percentile or OperandKind.Minimum or OperandKind.Maximum or OperandKind.Last;

    /// <summary>Bounds of all values are bounds of their statistics.</summary>
    private void AddTo(List<Operand> statistics, Demand demand)
    {
        RealSet hull = demand.Set.Hull();
        foreach (Operand statistic in statistics)
        {
            if (statistic.Metric == demand.Operand.Metric && !hull.IsAll)
            {
                _groups[statistic].Add(new Demand
                {
                    Target = demand.Target, Operand = statistic, Set = hull, StartNs = demand.StartNs, EndNs = demand.EndNs, IsOnce = false,
                });
            }
        }
    }

    /// <summary>Conflicts of one target with itself, or of two.</summary>
    private void FindPairs(List<Demand> demands)
    {
        bool isPairKnown = false;   // then all later pairs of two targets come behind it
        for (int i = 0; i < demands.Count; i++)
        {
            Demand first = demands[i];
            if (first.Set.IsEmpty)
            {
                Offer([first.Target]);
            }
            for (int j = i + 1; j < demands.Count; j++)
            {
                Demand second = demands[j];
                bool isOne = first.Target == second.Target;
                if (isPairKnown && !isOne)
                {
                    break;
                }
                if (Meet(first, second) && first.Set.IsDisjoint(second.Set))
                {
                    Offer(isOne ? [first.Target] : [first.Target, second.Target]);
                    isPairKnown |= !isOne;
                }
            }
        }
    }

    /// <summary>Whether both bind at one moment.</summary>
    private static bool Meet(Demand first, Demand second) => (first.IsOnce, second.IsOnce) switch
    {
        (true, true) => false,
        (true, false) => second.Covers(first),
        (false, true) => first.Covers(second),
        _ => first.Overlaps(second),
    };

    /// <summary>Conflicts in which sets have holes.</summary>
    private void FindLarger(List<Demand> demands)
    {
        bool isConvex = true;
        foreach (Demand demand in demands)
        {
            isConvex &= demand.IsOnce || demand.Set.IsConvex;
        }
        if (isConvex || demands.Count > LargerSetsMax)
        {
            return;
        }
        // Demands that bind at one moment all bind when the last of them begins.
        List<ulong> seen = [];
        foreach (Demand last in demands)
        {
            if (last.IsOnce || seen.Contains(last.StartNs))
            {
                continue;
            }
            seen.Add(last.StartNs);
            (int[] targets, RealSet[] sets) = BindingAt(demands, last.StartNs);
            if (!Common(sets).IsEmpty)
            {
                continue;
            }
            bool found = false;
            for (int size = 1; !found && size <= Math.Min(ExactSizeMax, sets.Length) && (_best is null || size <= _best.Length); size++)
            {
                found = Choose(targets, sets, 0, size, RealSet.All, []);
            }
            if (!found && _best is null)
            {
                Offer(Reduced(targets, sets));
            }
        }
    }

    /// <summary>Targets that bind at a moment, ascending, each with all that it demands then.</summary>
    private static (int[] Targets, RealSet[] Sets) BindingAt(List<Demand> demands, ulong timeNs)
    {
        int[] targets = new int[demands.Count];
        RealSet[] sets = new RealSet[demands.Count];
        int count = 0;
        foreach (Demand demand in demands)
        {
            if (demand.IsOnce || demand.StartNs > timeNs || demand.EndNs < timeNs)
            {
                continue;
            }
            if (count > 0 && targets[count - 1] == demand.Target)
            {
                sets[count - 1] = sets[count - 1].And(demand.Set);
                continue;
            }
            targets[count] = demand.Target;
            sets[count++] = demand.Set;
        }
        return (targets[..count], sets[..count]);
    }

    private static RealSet Common(RealSet[] sets)
    {
        RealSet common = RealSet.All;
        foreach (RealSet set in sets)
        {
            common = common.And(set);
        }
        return common;
    }

    /// <summary>Tries all choices of so many more targets in order, so that the first that is found is the first.</summary>
    private bool Choose(int[] targets, RealSet[] sets, int from, int count, RealSet common, int[] chosen)
    {
        if (count == 0)
        {
            if (common.IsEmpty)
            {
                Offer(chosen);
            }
            return common.IsEmpty;
        }
        for (int i = from; i <= targets.Length - count; i++)
        {
            if (Choose(targets, sets, i + 1, count - 1, common.And(sets[i]), [.. chosen, targets[i]]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Leaves out what can be left out, the last ids first.</summary>
    private static int[] Reduced(int[] targets, RealSet[] sets)
    {
        List<int> kept = [.. targets];
        List<RealSet> keptSets = [.. sets];
        for (int i = kept.Count - 1; i >= 0; i--)
        {
            RealSet[] others = new RealSet[keptSets.Count - 1];
            for (int k = 0; k < others.Length; k++)
            {
                others[k] = keptSets[k < i ? k : k + 1];
            }
            if (Common(others).IsEmpty)
            {
                kept.RemoveAt(i);
                keptSets.RemoveAt(i);
            }
        }
        return kept.ToArray();
    }

    private void Offer(int[] targets)
    {
        if (_best is null || targets.Length < _best.Length || (targets.Length == _best.Length && targets.AsSpan().SequenceCompareTo(_best) < 0))
        {
            _best = targets;
        }
    }
}
