using RanCognition.Temporal.Logic;

namespace RanCognition.Tests.Logic;

/// <summary>
/// The semantics written as their definitions read: robustness and verdict side by side, every window looked at sample by sample, time in
/// real steps. Null = undecided.
/// </summary>
internal sealed class ReferenceSemantics(IReadOnlyDictionary<string, double[]> path, int horizon, double stepSeconds)
{
    public readonly record struct Truth(double Robustness, bool Holds);

    /// <summary>Thrown when the formula cannot be evaluated on this grid.</summary>
    public sealed class NotEvaluable : Exception;

    public Truth? Constraint(Formula formula)
    {
        if (formula is Junction { IsAnd: true } and)
        {
            return and.Terms.Select(Constraint).ToArray().Aggregate(All);
        }
        return Loose(formula) ? Windowed(new WindowedFormula(true, TimeWindow.Whole, formula), 0) : At(formula, 0);
    }

    /// <summary>Truth at lead k, 0 being now.</summary>
    private Truth? At(Formula formula, int k) => formula switch
    {
        Comparison c => Compare(c, k),
        Negation n => Not(At(n.Term, k)),
        Implication i => Any(Not(At(i.Premise, k)), At(i.Conclusion, k)),
        Junction { IsAnd: true } j => j.Terms.Select(t => At(t, k)).ToArray().Aggregate(All),
        Junction j => j.Terms.Select(t => At(t, k)).ToArray().Aggregate(Any),
        WindowedFormula w => Windowed(w, k),
        UntilFormula u => Until(u, k),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Last lead at which a formula can be evaluated with all its windows inside the paths.</summary>
    private int Valid(Formula formula)
    {
        switch (formula)
        {
            case Comparison:
                return horizon;
            case WindowedFormula w:
                return Reduced(Valid(w.Term), w.Window);
            case UntilFormula u:
                return Reduced(Math.Min(Valid(u.Hold), Valid(u.Release)), u.Window);
            default:
                return Below(formula).Min(Valid);
        }
    }

    private int Reduced(int valid, TimeWindow window)
    {
        var offsets = Enumerable.Range(0, horizon + 1).Where(j => Inside(window, j)).ToArray();
        if (offsets.Length == 0 || (!window.IsOpen && window.EndNs / 1e9 >= horizon * stepSeconds))
        {
            throw new NotEvaluable();
        }
        var left = valid - (window.IsOpen ? offsets[0] : offsets[^1]);
        return left >= 1 ? left : throw new NotEvaluable();
    }

    private bool Inside(TimeWindow window, int steps)
    {
        var time = (decimal)steps * (decimal)stepSeconds * 1_000_000_000m;
        return time >= window.StartNs && (window.IsOpen || time <= window.EndNs);
    }

    private int[] Leads(TimeWindow window, int k, int valid)
    {
        var leads = Enumerable.Range(1, Math.Max(valid, 0)).Where(t => t >= k && Inside(window, t - k)).ToArray();
        return leads.Length > 0 ? leads : throw new NotEvaluable();
    }

    // Seen from now, a window must end where the paths still reach.
    private void RequireReach(TimeWindow window, int k, int valid)
    {
        if (k == 0 && !window.IsOpen && (decimal)window.EndNs >= (valid + 1) * (decimal)stepSeconds * 1_000_000_000m)
        {
            throw new NotEvaluable();
        }
    }

    private Truth? Windowed(WindowedFormula w, int k)
    {
        RequireReach(w.Window, k, Valid(w.Term));
        var decided = Leads(w.Window, k, Valid(w.Term)).Select(t => At(w.Term, t)).Where(t => t is not null).ToArray();
        return decided.Length == 0 ? null : decided.Aggregate(w.IsAlways ? All : Any);
    }

    private Truth? Until(UntilFormula u, int k)
    {
        Truth? best = null;
        RequireReach(u.Window, k, Math.Min(Valid(u.Hold), Valid(u.Release)));
        foreach (var t in Leads(u.Window, k, Math.Min(Valid(u.Hold), Valid(u.Release))))
        {
            var here = At(u.Release, t);
            if (here is null)
            {
                continue;
            }
            for (var before = Math.Max(k, 1); before < t; before++)
            {
                var hold = At(u.Hold, before);
                here = hold is null ? here : All(here, hold);
            }
            best = best is null ? here : Any(best, here);
        }
        return best;
    }

    private Truth? Compare(Comparison c, int k)
    {
        if (!c.Operand.IsStatistic)
        {
            return Compare(Sample(c.Operand, k), c);
        }
        var values = Enumerable.Range(1, horizon).Select(t => Value(c.Operand.Metric, t)).Where(double.IsFinite).ToArray();
        return values.Length == 0 ? null : Compare(Statistic(values, c.Operand), c);
    }

    private static Truth? Compare(double x, Comparison c)
    {
        if (!double.IsFinite(x))
        {
            return null;
        }
        var v = c.Limit;
        var equal = Math.Abs(x - v) <= 1e-9 * Math.Max(Math.Abs(x), Math.Abs(v));
        return c.Operator switch
        {
            ComparisonOperator.Less => new Truth(v - x, x < v),
            ComparisonOperator.LessOrEqual => new Truth(v - x, x <= v),
            ComparisonOperator.Greater => new Truth(x - v, x > v),
            ComparisonOperator.GreaterOrEqual => new Truth(x - v, x >= v),
            ComparisonOperator.Equal => new Truth(equal ? 0 : -Math.Abs(x - v), equal),
            _ => new Truth(equal ? 0 : Math.Abs(x - v), !equal),
        };
    }

    private double Sample(Operand operand, int k) => operand.Kind == OperandKind.Value
        ? Value(operand.Metric, k)
        : k < 2 ? double.NaN : Math.Abs(Value(operand.Metric, k) - Value(operand.Metric, k - 1)) / stepSeconds;

    private double Value(MetricReference metric, int k) =>
        metric.Denominator is null ? path[metric.Name][k - 1] : path[metric.Name][k - 1] / path[metric.Denominator][k - 1];

    private static double Statistic(double[] values, Operand operand)
    {
        var sorted = values.Order().ToArray();
        var mean = values.Sum() / values.Length;
        return operand.Kind switch
        {
            OperandKind.Mean => mean,
            OperandKind.Median => Quantile(sorted, 50),
            OperandKind.Percentile => Quantile(sorted, operand.Percent),
            OperandKind.Minimum => sorted[0],
            OperandKind.Maximum => sorted[^1],
            OperandKind.Sum => values.Sum(),
            OperandKind.Last => values[^1],
            _ => Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length),
        };
    }

    private static double Quantile(double[] sorted, int percent)
    {
        var at = percent / 100.0 * (sorted.Length - 1);
        var low = (int)Math.Floor(at);
        return low + 1 < sorted.Length ? sorted[low] + (sorted[low + 1] - sorted[low]) * (at - low) : sorted[low];
    }

    private static bool Loose(Formula formula) => formula switch
    {
        Comparison c => !c.Operand.IsStatistic,
        WindowedFormula or UntilFormula => false,
        _ => Below(formula).Any(Loose),
    };

    private static IEnumerable<Formula> Below(Formula formula) => formula switch
    {
        Negation n => [n.Term],
        Implication i => [i.Premise, i.Conclusion],
        Junction j => j.Terms,
        _ => [],
    };

    private static Truth? Not(Truth? t) => t is { } v ? new Truth(-v.Robustness, !v.Holds) : null;

    private static Truth? All(Truth? a, Truth? b)
    {
        if (a is { } x && b is { } y)
        {
            return new Truth(Math.Min(x.Robustness, y.Robustness), x.Holds && y.Holds);
        }
        var known = a ?? b;
        return known is { Holds: false } ? known : null;
    }

    private static Truth? Any(Truth? a, Truth? b) => Not(All(Not(a), Not(b)));
}
