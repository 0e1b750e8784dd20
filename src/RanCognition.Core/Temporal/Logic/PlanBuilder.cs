using System.Globalization;
using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>Prepares a formula for the grid and metrics of given paths, or says why it cannot be evaluated on them.</summary>
/// <remarks>
/// Windows. The samples are at now + k step, k = 1..horizon; now itself is history. A window counts the samples within it; one that
/// holds none (10 s on a grid of 60 s) is not evaluable rather than moved to a sample nearby, which would answer another question.
/// An operator without a window, evaluated at now, speaks of the look-ahead window; one with a window needs paths that reach its end. One
/// inside another is evaluated only at the instants whose whole window lies within the paths, so that the end of the paths decides nothing.
/// </remarks>
internal sealed class PlanBuilder(SimdOps simd, IScenarioPaths paths)
{
    private string? _reason;

    public static NowNode? Build(SimdOps simd, Formula formula, IScenarioPaths paths, out string? reason)
    {
        var builder = new PlanBuilder(simd, paths);
        var node = paths.Count <= 0 || paths.Horizon <= 0 ? null : builder.Conjunct(formula);
        reason = node is null ? builder._reason ?? "there are no scenario paths" : null;
        return node;
    }

    private NowNode? Conjunct(Formula formula)
    {
        if (formula is Junction { IsAnd: true } and)
        {
            return Junction(and.Terms, isAnd: true, Conjunct);
        }
        return IsLoose(formula) ? Window(new WindowedFormula(true, TimeWindow.Whole, formula)) : Now(formula);
    }

    /// <summary>Whether a comparison of instants stands outside every temporal operator.</summary>
    private static bool IsLoose(Formula formula)
    {
        switch (formula)
        {
            case Comparison c:
                return !c.Operand.IsStatistic;
            case WindowedFormula or UntilFormula or DuringFormula:
                return false;
        }
        foreach (var child in formula.Children)
        {
            if (IsLoose(child))
            {
                return true;
            }
        }
        return false;
    }

    private NowNode? Now(Formula formula)
    {
        switch (formula)
        {
            case WindowedFormula w:
                return Window(w);
            case DuringFormula d:
                return During(d);
            case UntilFormula u:
                return Until(u);
            case Negation n:
                return Now(n.Term) is { } term ? new NowNegation(term) : null;
            case Implication i:
                return Now(i.Premise) is { } premise && Now(i.Conclusion) is { } conclusion
                    ? new NowJunction([new NowNegation(premise), conclusion], isAnd: false)
                    : null;
            case Junction j:
                return Junction(j.Terms, j.IsAnd, Now);
            default:
                return Instant(formula) is StatisticNode statistic ? new NowStatistic(statistic) : null;
        }
    }

    private static NowJunction? Junction(IReadOnlyList<Formula> terms, bool isAnd, Func<Formula, NowNode?> build)
    {
        var nodes = new NowNode[terms.Count];
        for (var t = 0; t < nodes.Length; t++)
        {
            if (build(terms[t]) is not { } node)
            {
                return null;
            }
            nodes[t] = node;
        }
        return new NowJunction(nodes, isAnd);
    }

    private NowWindow? Window(WindowedFormula formula)
    {
        var term = Instant(formula.Term);
        return term is not null && Leads(formula, formula.Window, term.Valid, out var first, out var last)
            ? new NowWindow(simd, term, formula.IsAlways, first, last)
            : null;
    }

    private NowUntil? Until(UntilFormula formula)
    {
        if (Instant(formula.Hold) is not { } hold || Instant(formula.Release) is not { } release)
        {
            return null;
        }
        return Leads(formula, formula.Window, Math.Min(hold.Valid, release.Valid), out var first, out var last)
            ? new NowUntil(hold, release, first, last)
            : null;
    }

    private NowWindow? During(DuringFormula formula)
    {
        if (Instant(formula.Term) is not { } term)
        {
            return null;
        }
        if (paths.StepNs == 0)
        {
            return Fail<NowWindow>("the sampling step is unknown, so its window cannot be placed");
        }
        var start = formula.StartNs > paths.StartNs ? formula.StartNs - paths.StartNs : 0;
        var end = formula.EndNs > paths.StartNs ? formula.EndNs - paths.StartNs : 0;
        var window = new TimeWindow(start, end);
        var first = Math.Max(1, window.FirstStep(paths.StepNs));
        var last = Math.Min(term.Valid, window.LastStep(paths.StepNs));
        return first <= last
            ? new NowWindow(simd, term, isAlways: true, first, last)
            : Fail<NowWindow>("no sample of the look-ahead window lies in its window");
    }

    /// <summary>Leads of an operator that is evaluated at now.</summary>
    private bool Leads(Formula formula, TimeWindow window, int valid, out int first, out int last)
    {
        if (!Steps(formula, window, out first, out last))
        {
            return false;
        }
        if (last == 0)
        {
            return Fail($"{Named(formula)}: its window is shorter than one step of {Step}");
        }
        first = Math.Max(first, 1);
        if (first > valid)
        {
            return Fail($"{Named(formula)}: its window begins after the look-ahead window ends");
        }
        if (last > valid)
        {
            return Fail($"{Named(formula)}: the look-ahead window is shorter than it needs");
        }
        last = last < 0 ? Math.Min(valid, LookAhead) : last;
        return first <= last || Fail($"{Named(formula)}: its window begins after the look-ahead window ends");
    }

    /// <summary>Offsets of a window in steps; last is -1 when it is open.</summary>
    private bool Steps(Formula formula, TimeWindow window, out int first, out int last)
    {
        first = 0;
        last = -1;
        if (window == TimeWindow.Whole)
        {
            return true;
        }
        if (paths.StepNs == 0)
        {
            return Fail($"{Named(formula)}: the sampling step is unknown, so its window cannot be placed");
        }
        first = window.FirstStep(paths.StepNs);
        last = window.IsOpen ? -1 : window.LastStep(paths.StepNs);
        return window.IsOpen || first <= last || Fail($"{Named(formula)}: no sample lies in its window, the step being {Step}");
    }

    private InstantNode? Instant(Formula formula)
    {
        switch (formula)
        {
            case Comparison c:
                return Compare(c);
            case Negation n:
                return Instant(n.Term) is { } term ? new NegationNode(term) : null;
            case Implication i:
                return Instant(i.Premise) is { } premise && Instant(i.Conclusion) is { } conclusion
                    ? new JunctionNode([new NegationNode(premise), conclusion], isAnd: false, Math.Min(premise.Valid, conclusion.Valid))
                    : null;
            case Junction j:
                return InstantJunction(j);
            case WindowedFormula w:
                return InstantWindow(w);
            case UntilFormula u:
                return InstantUntil(u);
            default:
                return Fail<InstantNode>("'during' is only understood outermost");
        }
    }

    private JunctionNode? InstantJunction(Junction formula)
    {
        var nodes = new InstantNode[formula.Terms.Count];
        var valid = paths.Horizon;
        for (var t = 0; t < nodes.Length; t++)
        {
            if (Instant(formula.Terms[t]) is not { } node)
            {
                return null;
            }
            nodes[t] = node;
            valid = Math.Min(valid, node.Valid);
        }
        return new JunctionNode(nodes, formula.IsAnd, valid);
    }

    private WindowNode? InstantWindow(WindowedFormula formula)
    {
        var term = Instant(formula.Term);
        return term is not null && Steps(formula, formula.Window, out var first, out var last) && Reaches(formula, term.Valid, first, last)
            ? new WindowNode(term, formula.IsAlways, first, last)
            : null;
    }

    private UntilNode? InstantUntil(UntilFormula formula)
    {
        if (Instant(formula.Hold) is not { } hold || Instant(formula.Release) is not { } release)
        {
            return null;
        }
        var common = Math.Min(hold.Valid, release.Valid);
        return Steps(formula, formula.Window, out var first, out var last) && Reaches(formula, common, first, last)
            ? new UntilNode(hold, release, first, last, common)
            : null;
    }

    private bool Reaches(Formula formula, int valid, int first, int last) =>
        Math.Max(first, last) < valid || Fail($"{Named(formula)}: the look-ahead window is shorter than it needs");

    private InstantNode? Compare(Comparison formula)
    {
        var operand = formula.Operand;
        var isRate = operand.Kind == OperandKind.Rate;
        if (isRate && paths.StepNs == 0)
        {
            return Fail<InstantNode>("the sampling step is unknown, so there is no rate");
        }
        if (MetricReader.For(operand.Metric, paths, isRate, out var reason) is not { } reader)
        {
            return Fail<InstantNode>(reason!);
        }
        return operand.IsStatistic
            ? new StatisticNode(simd, reader, formula, paths.Horizon, LookAhead)
            : new ComparisonNode(reader, formula.Operator, formula.Limit, paths.Horizon);
    }

    private int LookAhead => Math.Min(paths.WindowSteps, paths.Horizon);

    private string Step => (paths.StepNs / 1e9).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    private static string Named(Formula formula) => $"'{FormulaText.Snippet(formula.ToString())}'";

    private bool Fail(string reason)
    {
        _reason ??= reason;
        return false;
    }

    private T? Fail<T>(string reason)
        where T : class
    {
        _reason ??= reason;
        return null;
    }
}
