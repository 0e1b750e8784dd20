using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>What must hold: the problem's constraints, those of the second argument and the targets of an intent, in this order; and what is to be made better.</summary>
/// <remarks>
/// A target is judged on one value of each metric, at the moment of the outcome: see <see cref="TargetPlan"/>. One with an absolute window that does not hold this moment does not bind: it holds.
/// </remarks>
internal sealed class TargetSet : ITargetJudge
{
    private const double SecondsPerNanosecond = 1e-9;

    private readonly List<string> _ids = [];
    private readonly List<string> _places = [];
    private readonly List<ConstraintExpression> _expressions = [];
    private readonly List<TargetPlan> _plans = [];
    private readonly List<MetricReference> _references = [];
    private readonly List<string> _keys = [];
    private readonly List<IgnoredField> _ignored = [];
    private readonly List<ObjectiveExpression> _objectives = [];
    private readonly ulong _nowNs;
    private readonly ulong _observeNs;
    private double[] _before = [];
    private int _constraints;

    private TargetSet(ulong nowNs, ulong observeNs) => (_nowNs, _observeNs) = (nowNs, observeNs);

    public int Count => _plans.Count;

    /// <summary>Metrics and quotients of the targets, each once.</summary>
    public IReadOnlyList<MetricReference> References => _references;

    /// <summary>Keys of <see cref="References"/>, as values are reported under.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Of a text the text itself, of a record its id, of an intent's target expectation and name.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Where in the input each target stands: a JSON pointer into the problem, of the second argument into that array.</summary>
    public IReadOnlyList<string> Places => _places;

    /// <summary>In rank; only the first is used.</summary>
    public IReadOnlyList<ObjectiveExpression> Objectives => _objectives;

    /// <summary>What was not understood, with the reason.</summary>
    public IReadOnlyList<IgnoredField> Ignored => _ignored;

    /// <param name="problem">Its constraints and objectives.</param>
    /// <param name="constraints">Of the second argument.</param>
    /// <param name="intent">Null = none.</param>
    /// <param name="nowNs">Moment of the decision.</param>
    /// <param name="observeNs">How long after it the outcome is judged.</param>
    public static TargetSet Build(RanProblem problem, IReadOnlyList<Constraint> constraints, NetworkIntent? intent, ulong nowNs, ulong observeNs = 0)
    {
        ConstraintSet read = new();
        read.AddTexts(problem.Constraints);
        read.AddRecords(constraints, "");
        read.AddObjectives(problem.Objectives);
        TargetSet targets = new(nowNs, observeNs) { _constraints = read.Expressions.Count };
        for (int i = 0; i < read.Expressions.Count; i++)
        {
            targets.Add(read.Expressions[i].Id, read.Expressions[i], read.Places[i]);
        }
        for (int i = 0; i < read.Objectives.Count; i++)
        {
            targets._objectives.Add(read.Objectives[i].Expression);
        }
        targets._ignored.AddRange(read.Ignored);
        if (intent is not null)
        {
            IntentTargets.Read(intent, problem, targets.Add, targets._ignored);
        }
        return targets;
    }

    /// <summary>Targets of a decision that was made before.</summary>
    /// <param name="expressions">As <see cref="Expression"/> gave them.</param>
    /// <param name="nowNs">Moment of the decision.</param>
    public static TargetSet OfExpressions(IReadOnlyList<string> expressions, ulong nowNs)
    {
        TargetSet targets = new(nowNs, 0);
        for (int i = 0; i < expressions.Count; i++)
        {
            string place = $"targets/{i}";
            if (ConstraintExpression.TryParse(expressions[i], out ConstraintExpression? expression, out string? reason))
            {
                targets.Add(expressions[i], expression, place);
            }
            else
            {
                InvalidInputException.Throw(place, reason);
            }
        }
        return targets;
    }

    /// <summary>Metrics and quotients of targets, each once; what cannot be read has none.</summary>
    /// <param name="expressions">As <see cref="Expression"/> gave them.</param>
    public static IReadOnlyList<MetricReference> ReferencesOf(IReadOnlyList<string> expressions)
    {
        List<MetricReference> references = [];
        foreach (string text in expressions)
        {
            if (ConstraintExpression.TryParse(text, out ConstraintExpression? expression, out _))
            {
                TargetPlan.Of(expression.Formula, references);
            }
        }
        return references;
    }

    /// <summary>Canonical text; reading it gives the same target again.</summary>
    public string Expression(int target) => _expressions[target].Text;

    public Formula FormulaOf(int target) => _expressions[target].Formula;

    /// <summary>Whether a target is a constraint, of the problem or of the second argument, and not of an intent: guard CONSTRAINT keeps those.</summary>
    public bool IsConstraint(int target) => target < _constraints;

    /// <summary>Places in <see cref="References"/> of what a target reads, each once.</summary>
    public int[] ReferencesOf(int target) => _plans[target].References;

    /// <summary>Tells the last values before the decision, from which rates of change are taken; without them rates are not known.</summary>
    /// <param name="values">In the order of <see cref="References"/>.</param>
    public void SetBefore(ReadOnlySpan<double> values) => _before = values.ToArray();

    /// <inheritdoc/>
    public bool Reads(int target, int reference) => Array.IndexOf(_plans[target].References, reference) >= 0;

    /// <inheritdoc/>
    public bool? Holds(int target, ReadOnlySpan<double> values) => Verdict(Distance(target, values));

    /// <summary>Signed distance of a target to violation, in the unit of the metric that decides; NaN when it is not known.</summary>
    /// <param name="target">0-based.</param>
    /// <param name="values">In the order of <see cref="References"/>; NaN where not known.</param>
    public double Distance(int target, ReadOnlySpan<double> values) =>
        _plans[target].Evaluate(values, _before, _observeNs * SecondsPerNanosecond, Saturating.Add(_nowNs, _observeNs), double.MaxValue);

    /// <summary>Whether every target holds for what was reported; null when one of them cannot be judged and no other fails.</summary>
    /// <param name="observed">By metric; a quotient by its parts, or as <c>a / b</c>.</param>
    /// <param name="timeNs">When it was observed.</param>
    /// <param name="before">Values at the decision, for rates; null = those of <see cref="SetBefore"/>.</param>
    public bool? AllHold(IReadOnlyDictionary<string, double> observed, ulong timeNs, IReadOnlyDictionary<string, double>? before = null)
    {
        double[] values = ObservedValues.Of(observed, _references);
        double[] earlier = before is null ? _before : ObservedValues.Of(before, _references);
        double seconds = timeNs > _nowNs ? (timeNs - _nowNs) * SecondsPerNanosecond : 0;
        bool? all = true;
        foreach (TargetPlan plan in _plans)
        {
            all &= Verdict(plan.Evaluate(values, earlier, seconds, timeNs, double.MaxValue));   // false and unknown is false
        }
        return all;
    }

    /// <summary>Ids of a smallest set of targets that no values can satisfy together, sorted; of several sets the first. Null when none is known.</summary>
    public IReadOnlyList<string>? SmallestConflict() => new ConflictSearch(_ids, _expressions, _nowNs).Smallest();

    private void Add(string id, ConstraintExpression expression, string place)
    {
        _ids.Add(id);
        _places.Add(place);
        _expressions.Add(expression);
        _plans.Add(TargetPlan.Of(expression.Formula, _references));
        while (_keys.Count < _references.Count)
        {
            _keys.Add(ObservedValues.Key(_references[_keys.Count]));
        }
    }

    private static bool? Verdict(double distance) => double.IsNaN(distance) ? null : !double.IsNegative(distance);
}
