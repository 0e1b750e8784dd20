using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>Finds what a target surely demands of each of its metrics; never more than it does.</summary>
/// <remarks>
/// Terms of a conjunction stand for themselves. Of one term, what it demands of a metric is its projection: a comparison of the metric is its set, one of another metric or anything temporal is every
/// number, <c>and</c> intersects, <c>or</c> joins, <c>not</c> goes down to the comparisons. A set that holds every number demands nothing. Numbers within a relative 1e-9 count as equal: the limit of an
/// equality is taken to be the least of all limits that count as equal to it, so that no two demands are apart by rounding.
/// </remarks>
/// <param name="target">Which target is read.</param>
/// <param name="nowNs">From which relative windows count.</param>
/// <param name="limits">Of all comparisons of all targets, ascending.</param>
/// <param name="demands">Takes what is found.</param>
internal sealed class DemandReader(int target, ulong nowNs, double[] limits, List<Demand> demands)
{
    /// <summary>Adds the limits of a formula's comparisons.</summary>
    public static void CollectLimits(Formula formula, List<double> to)
    {
        if (formula is Comparison comparison)
        {
            to.Add(comparison.Limit);
        }
        foreach (Formula child in formula.Children)
        {
            CollectLimits(child, to);
        }
    }

    public void Read(Formula formula)
    {
        if (formula is Junction { IsAnd: true } junction)
        {
            foreach (Formula term in junction.Terms)
            {
                Read(term);
            }
            return;
        }
        ReadTerm(formula, isNegated: false);
    }

    private void ReadTerm(Formula formula, bool isNegated)
    {
        switch (formula)
        {
            case Negation negation:
                ReadTerm(negation.Term, !isNegated);
                break;
            case DuringFormula during:
                // Windows of two constraints that only touch do not overlap: where one ends the other takes over.
                bool isMoment = during.EndNs == during.StartNs || during.EndNs == TimeWindow.OpenEnd;
                Project(during.Term, isNegated, during.StartNs, isMoment ? during.EndNs : during.EndNs - 1, isOnce: isNegated);
                break;
            case WindowedFormula windowed:
                Project(windowed.Term, isNegated, Start(windowed.Window), End(windowed.Window), isOnce: windowed.IsAlways == isNegated);
                break;
            case UntilFormula until when !isNegated:
                Project(until.Release, isNegated: false, Start(until.Window), End(until.Window), isOnce: true);
                break;
            case UntilFormula:
                break;
            case Junction junction when junction.IsAnd != isNegated:
                foreach (Formula term in junction.Terms)
                {
                    ReadTerm(term, isNegated);
                }
                break;
            case Implication implication when isNegated:
                ReadTerm(implication.Premise, isNegated: false);
                ReadTerm(implication.Conclusion, isNegated: true);
                break;
            default:
                // Comparisons outside of temporal operators speak of every moment.
                Project(formula, isNegated, 0, TimeWindow.OpenEnd, isOnce: false);
                break;
        }
    }

    private ulong Start(TimeWindow window) => window == TimeWindow.Whole ? 0 : Saturating.Add(nowNs, window.StartNs);

    private ulong End(TimeWindow window) => window.IsOpen ? TimeWindow.OpenEnd : Saturating.Add(nowNs, window.EndNs);

    private void Project(Formula formula, bool isNegated, ulong startNs, ulong endNs, bool isOnce)
    {
        List<Operand> operands = [];
        CollectOperands(formula, operands);
        foreach (Operand operand in operands)
        {
            RealSet set = SetOf(formula, isNegated, operand);
            if (!set.IsAll)
            {
                demands.Add(new Demand { Target = target, Operand = operand, Set = set, StartNs = startNs, EndNs = endNs, IsOnce = isOnce });
            }
        }
    }

    private static void CollectOperands(Formula formula, List<Operand> operands)
    {
        if (formula is Comparison comparison && !operands.Contains(comparison.Operand))
        {
            operands.Add(comparison.Operand);
        }
        foreach (Formula child in formula.Children)
        {
            CollectOperands(child, operands);
        }
    }

    private RealSet SetOf(Formula formula, bool isNegated, Operand operand)
    {
        switch (formula)
        {
            case Comparison comparison when comparison.Operand == operand:
                return RealSet.Of(
                    isNegated ? Opposite(comparison.Operator) : comparison.Operator,
                    comparison.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual ? LeastEqual(comparison.Limit) : comparison.Limit);
            case Negation negation:
                return SetOf(negation.Term, !isNegated, operand);
            case Implication implication:
                RealSet premise = SetOf(implication.Premise, !isNegated, operand), conclusion = SetOf(implication.Conclusion, isNegated, operand);
                return isNegated ? premise.And(conclusion) : premise.Or(conclusion);
            case Junction junction:
                RealSet joined = SetOf(junction.Terms[0], isNegated, operand);
                for (int i = 1; i < junction.Terms.Count; i++)
                {
                    RealSet term = SetOf(junction.Terms[i], isNegated, operand);
                    joined = junction.IsAnd != isNegated ? joined.And(term) : joined.Or(term);
                }
                return joined;
            default:
                return RealSet.All;
        }
    }

    private double LeastEqual(double limit)
    {
        int place = Array.BinarySearch(limits, limit - Robustness.EqualityTolerance * Math.Abs(limit));
        return limits[place < 0 ? ~place : place];
    }

    private static ComparisonOperator Opposite(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
        ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.Less,
        ComparisonOperator.Equal => ComparisonOperator.NotEqual,
        _ => ComparisonOperator.Equal,
    };
}
