using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>A set of real numbers made of finitely many intervals. Immutable.</summary>
/// <remarks>
/// Kept as ascending cuts at which membership changes, right before a number or right after it: [1, 2) is "outside; before 1, before 2". Cuts of two sets are merged to intersect or join them.
/// </remarks>
internal sealed class RealSet
{
    private readonly bool _startsInside;   // at minus infinity
    private readonly double[] _cuts;
    private readonly bool[] _isAfter;      // the number itself is still before the cut

    private RealSet(bool startsInside, double[] cuts, bool[] isAfter) => (_startsInside, _cuts, _isAfter) = (startsInside, cuts, isAfter);

    public static RealSet All { get; } = new(true, [], []);

    public bool IsEmpty => !_startsInside && _cuts.Length == 0;

    public bool IsAll => _startsInside && _cuts.Length == 0;

    /// <summary>Whether it is one interval, or empty.</summary>
    public bool IsConvex => _cuts.Length + (_startsInside ? 1 : 0) <= 2;

    /// <summary>Numbers that satisfy a comparison; equality is exact here.</summary>
    public static RealSet Of(ComparisonOperator comparison, double limit) => comparison switch
    {
        ComparisonOperator.Less => new(true, [limit], [false]),
        ComparisonOperator.LessOrEqual => new(true, [limit], [true]),
        ComparisonOperator.Greater => new(false, [limit], [true]),
        ComparisonOperator.GreaterOrEqual => new(false, [limit], [false]),
        ComparisonOperator.Equal => new(false, [limit, limit], [false, true]),
        _ => new(true, [limit, limit], [false, true]),
    };

    /// <summary>The smallest interval that holds it.</summary>
    public RealSet Hull()
    {
        if (IsConvex)
        {
            return this;
        }
        bool endsInside = _startsInside == (_cuts.Length % 2 == 0);
        double[] cuts = _startsInside ? endsInside ? [] : [_cuts[^1]] : endsInside ? [_cuts[0]] : [_cuts[0], _cuts[^1]];
        bool[] isAfter = _startsInside ? endsInside ? [] : [_isAfter[^1]] : endsInside ? [_isAfter[0]] : [_isAfter[0], _isAfter[^1]];
        return new RealSet(_startsInside, cuts, isAfter);
    }

    public RealSet And(RealSet other) => Merge(this, other, isAnd: true);

    public RealSet Or(RealSet other) => Merge(this, other, isAnd: false);

    /// <summary>Whether the two have no number in common.</summary>
    public bool IsDisjoint(RealSet other)
    {
        bool inThis = _startsInside, inOther = other._startsInside;
        int t = 0, o = 0;
        while (!(inThis && inOther))
        {
            if (t == _cuts.Length && o == other._cuts.Length)
            {
                return true;
            }
            int order = t == _cuts.Length ? 1 : o == other._cuts.Length ? -1 : Compare(_cuts[t], _isAfter[t], other._cuts[o], other._isAfter[o]);
            if (order <= 0)
            {
                inThis = !inThis;
                t++;
            }
            if (order >= 0)
            {
                inOther = !inOther;
                o++;
            }
        }
        return false;
    }

    private static RealSet Merge(RealSet left, RealSet right, bool isAnd)
    {
        double[] cuts = new double[left._cuts.Length + right._cuts.Length];
        bool[] isAfter = new bool[cuts.Length];
        bool inLeft = left._startsInside, inRight = right._startsInside;
        bool inside = isAnd ? inLeft && inRight : inLeft || inRight, starts = inside;
        int count = 0, l = 0, r = 0;
        while (l < left._cuts.Length || r < right._cuts.Length)
        {
            int order = l == left._cuts.Length ? 1 : r == right._cuts.Length ? -1 : Compare(left._cuts[l], left._isAfter[l], right._cuts[r], right._isAfter[r]);
            double cut = order <= 0 ? left._cuts[l] : right._cuts[r];
            bool after = order <= 0 ? left._isAfter[l] : right._isAfter[r];
            if (order <= 0)
            {
                inLeft = !inLeft;
                l++;
            }
            if (order >= 0)
            {
                inRight = !inRight;
                r++;
            }
            if ((isAnd ? inLeft && inRight : inLeft || inRight) != inside)
            {
                inside = !inside;
                cuts[count] = cut;
                isAfter[count++] = after;
            }
        }
        return new RealSet(starts, cuts[..count], isAfter[..count]);
    }

    private static int Compare(double left, bool leftAfter, double right, bool rightAfter)
    {
        int order = left.CompareTo(right);
        return order != 0 ? order : leftAfter.CompareTo(rightAfter);
    }
}
