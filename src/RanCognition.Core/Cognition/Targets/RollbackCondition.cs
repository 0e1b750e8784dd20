using System.Diagnostics.CodeAnalysis;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>When the outcome of a decision calls for the old values: an expression over what is observed.</summary>
internal sealed class RollbackCondition
{
    /// <summary>By how much the problem rate of a relation may rise: half a point.</summary>
    public const double RateRiseMax = 0.005;

    /// <summary>By what share of itself another metric that shows a cause may get worse.</summary>
    public const double ShareWorseMax = 0.1;

    private readonly List<MetricReference> _references = [];
    private readonly TargetPlan _plan;

    private RollbackCondition(ConstraintExpression expression)
    {
        Text = expression.Text;
        _plan = TargetPlan.Of(expression.Formula, _references);
    }

    /// <summary>Canonical text; reading it gives the same condition again.</summary>
    public string Text { get; }

    /// <summary>Metrics and quotients that it reads, each once.</summary>
    public IReadOnlyList<MetricReference> References => _references;

    public static bool TryParse(string text, [NotNullWhen(true)] out RollbackCondition? condition, [NotNullWhen(false)] out string? reason)
    {
        condition = ConstraintExpression.TryParse(text, out ConstraintExpression? expression, out reason) ? new RollbackCondition(expression) : null;
        return condition is not null;
    }

    /// <summary>Whether a text is a condition.</summary>
    public static bool TryParse(string text, [NotNullWhen(false)] out string? reason) => TryParse(text, out _, out reason);

    /// <summary>Whether the old values are called for; null when a value that decides was not observed. Outside of an absolute window they are not.</summary>
    /// <param name="observed">By metric; a quotient by its parts, or as <c>a / b</c>.</param>
    /// <param name="timeNs">When it was observed.</param>
    /// <param name="before">Values at the decision, for rates of change; null = not known.</param>
    /// <param name="decisionNs">Moment of the decision.</param>
    public bool? Holds(IReadOnlyDictionary<string, double> observed, ulong timeNs, IReadOnlyDictionary<string, double>? before = null, ulong decisionNs = 0)
    {
        double[] values = ObservedValues.Of(observed, _references);
        double[] earlier = before is null ? [] : ObservedValues.Of(before, _references);
        double seconds = timeNs > decisionNs ? (timeNs - decisionNs) * 1e-9 : 0;
        double distance = _plan.Evaluate(values, earlier, seconds, timeNs, -double.MaxValue);
        return double.IsNaN(distance) ? null : !double.IsNegative(distance);
    }

    /// <summary>The condition of a decision that was given none; null when nothing can be said, or nothing was changed.</summary>
    /// <remarks>
    /// The first that applies: for relations whose handovers are at fault, a problem rate more than half a point above that before; that a target fails which held before; that the objective is worse
    /// than the 80 % that was expected without the changes; that a metric which shows a cause is worse by a tenth of itself.
    /// </remarks>
    /// <param name="actions">What was changed.</param>
    /// <param name="causes">What ails which object, with tests.</param>
    /// <param name="targets">What must hold.</param>
    /// <param name="before">Last value of each metric or quotient; NaN where not known.</param>
    /// <param name="nothing">What was expected without the changes.</param>
    public static string? Default(
        IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<CauseFinding> causes, TargetSet targets, Func<MetricReference, double> before, IReadOnlyList<MetricExpectation> nothing)
    {
        if (actions.Count == 0)
        {
            return null;
        }
        List<Formula> terms = [];
        foreach (CauseFinding cause in causes)
        {
            if (ManagedObjects.TryRelation(cause.ManagedObject, out string from, out _) && Concerns(actions, cause.ManagedObject, from))
            {
                AddCause(cause, before, rise: RateRiseMax, share: 0, terms);
            }
        }
        if (terms.Count == 0)
        {
            AddTargets(targets, before, terms);
        }
        if (terms.Count == 0 && targets.Objectives.Count > 0)
        {
            AddObjective(targets.Objectives[0], nothing, terms);
        }
        for (int i = 0; terms.Count == 0 && i < causes.Count; i++)
        {
            AddCause(causes[i], before, rise: 0, share: ShareWorseMax, terms);
        }
        return Joined(terms);
    }

    /// <summary>Whether a relation, or the cell that decides its handovers, is changed.</summary>
    private static bool Concerns(IReadOnlyList<ConfigurationChange> actions, string relation, string from)
    {
        foreach (ConfigurationChange action in actions)
        {
            if (action.ManagedObject == relation || ManagedObjects.IsCell(action.ManagedObject, from))
            {
                return true;
            }
        }
        return false;
    }

    private static void AddCause(CauseFinding cause, Func<MetricReference, double> before, double rise, double share, List<Formula> terms)
    {
        if (cause.Metric is null || Reference(cause.Metric) is not { } metric)
        {
            return;
        }
        double value = before(metric);
        bool lowIsBad = false;
        foreach (CauseTest test in cause.Tests)
        {
            if (test.Metric == cause.Metric && test.Value is { } measured)
            {
                value = measured;   // over all periods that were judged, not the last one alone
                lowIsBad = measured < test.Limit && test.Holds;
                break;
            }
        }
        double margin = rise + share * Math.Abs(value);
        double limit = lowIsBad ? value - margin : value + margin;
        if (double.IsFinite(limit))
        {
            AddOnce(terms, new Comparison(new Operand(OperandKind.Value, metric), lowIsBad ? ComparisonOperator.Less : ComparisonOperator.Greater, limit));
        }
    }

    /// <summary>The metric of a cause, written as a key or as in expressions.</summary>
    private static MetricReference? Reference(string metric) => ObjectiveExpression.TryParse("min " + metric, out ObjectiveExpression? read, out _) && read.Operand.Kind == OperandKind.Value
        ? read.Operand.Metric
        : MetricReference.FromKey(metric);

    private static void AddTargets(TargetSet targets, Func<MetricReference, double> before, List<Formula> terms)
    {
        double[] values = new double[targets.References.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = before(targets.References[i]);
        }
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets.Holds(i, values) == true)
            {
                AddFailure(targets.FormulaOf(i), terms);
            }
        }
    }

    /// <summary>An absolute window stands outermost only: what it speaks of is taken for itself.</summary>
    private static void AddFailure(Formula formula, List<Formula> terms)
    {
        switch (formula)
        {
            case DuringFormula during:
                AddFailure(during.Term, terms);
                break;
            case Junction { IsAnd: true } junction:
                foreach (Formula term in junction.Terms)
                {
                    AddFailure(term, terms);
                }
                break;
            default:
                AddOnce(terms, new Negation(formula));
                break;
        }
    }

    private static void AddObjective(ObjectiveExpression objective, IReadOnlyList<MetricExpectation> nothing, List<Formula> terms)
    {
        bool high = objective.Direction == ObjectiveDirection.Maximize;
        foreach (MetricExpectation expectation in nothing)
        {
            if (Reference(expectation.Metric) == objective.Operand.Metric && (high ? expectation.P10 : expectation.P90) is { } limit && double.IsFinite(limit))
            {
                terms.Add(new Comparison(objective.Operand, high ? ComparisonOperator.Less : ComparisonOperator.Greater, limit));
                return;
            }
        }
    }

    private static void AddOnce(List<Formula> terms, Formula term)
    {
        if (!terms.Contains(term))
        {
            terms.Add(term);
        }
    }

    /// <summary>As many of the terms, joined by or, as the language takes.</summary>
    private static string? Joined(List<Formula> terms)
    {
        for (int count = terms.Count; count > 0; count -= Math.Max(1, count / 8))
        {
            string text = Formula.Or(terms[..count]).ToString();
            if (ConstraintExpression.TryParse(text, out _, out _))
            {
                return text;
            }
        }
        return null;
    }
}
