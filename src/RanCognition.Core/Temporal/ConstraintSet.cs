using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>The constraints and objectives of one call as expressions; what was not understood is in Ignored.</summary>
internal sealed class ConstraintSet
{
    private readonly List<ConstraintExpression> _expressions = [];
    private readonly List<Constraint> _records = [];
    private readonly List<string> _places = [];
    private readonly List<(string Text, ObjectiveExpression Expression)> _objectives = [];
    private readonly List<IgnoredField> _ignored = [];

    public IReadOnlyList<ConstraintExpression> Expressions => _expressions;

    /// <summary>The document's record of each expression, in the same order; one given as text is a record of type "expression".</summary>
    public IReadOnlyList<Constraint> Records => _records;

    /// <summary>Where in the input each expression stands, in the same order.</summary>
    public IReadOnlyList<string> Places => _places;

    public IReadOnlyList<(string Text, ObjectiveExpression Expression)> Objectives => _objectives;
    public IReadOnlyList<IgnoredField> Ignored => _ignored;

    /// <summary>How far after now the temporal operators look, ns.</summary>
    public ulong LookAheadNs => _expressions.Count == 0 ? 0 : _expressions.Max(expression => expression.LookAheadNs);

    /// <summary>Metrics and quotients of the constraints and objectives, as often as they stand there.</summary>
    public IEnumerable<MetricReference> References() =>
        _expressions.SelectMany(expression => expression.References).Concat(_objectives.Select(objective => objective.Expression.Operand.Metric));

    public void AddObjectives(IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            if (ObjectiveExpression.TryParse(texts[i], out ObjectiveExpression? objective, out string? reason))
            {
                _objectives.Add((texts[i], objective));
            }
            else
            {
                Ignore($"/objectives/{i}", reason);
            }
        }
    }

    public void AddTexts(IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            Add(Constraint.OfText(texts[i]), $"/constraints/{i}");
        }
    }

    /// <summary>place names where the records came from: "constraints" (the second argument), "" (where it is named by its indices alone) or "/constraints" of a timeline.</summary>
    public void AddRecords(IReadOnlyList<Constraint> records, string place)
    {
        for (int i = 0; i < records.Count; i++)
        {
            Add(records[i], $"{place}/{i}");
        }
    }

    private void Add(Constraint record, string place)
    {
        if (ConstraintExpression.TryRead(record, out ConstraintExpression? constraint, out string? reason))
        {
            _expressions.Add(constraint);
            _records.Add(record);
            _places.Add(place);
        }
        else
        {
            Ignore(place, reason);
        }
    }

    private void Ignore(string field, string reason) => _ignored.Add(new IgnoredField(field, reason));
}
