using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Temporal;

/// <summary>The constraints and objectives of one call as expressions; what was not understood is in Ignored.</summary>
internal sealed class ConstraintSet
{
    private readonly List<ConstraintExpression> _expressions = [];
    private readonly List<Constraint> _records = [];
    private readonly List<(string Text, ObjectiveExpression Expression)> _objectives = [];
    private readonly List<IgnoredField> _ignored = [];

    public IReadOnlyList<ConstraintExpression> Expressions => _expressions;

    /// <summary>The document's record of each expression, in the same order; one given as text is a record of type "expression".</summary>
    public IReadOnlyList<Constraint> Records => _records;
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
            if (ConstraintExpression.TryParse(texts[i], out ConstraintExpression? constraint, out string? reason))
            {
                _expressions.Add(constraint);
                _records.Add(new Constraint { Id = texts[i], ConstraintType = "expression" });
            }
            else
            {
                Ignore($"/constraints/{i}", reason);
            }
        }
    }

    /// <summary>place names where the records came from: "constraints" (the second argument) or "/constraints" of a timeline.</summary>
    public void AddRecords(IReadOnlyList<Constraint> records, string place)
    {
        for (int i = 0; i < records.Count; i++)
        {
            if (ConstraintExpression.TryRead(records[i], out ConstraintExpression? constraint, out string? reason))
            {
                _expressions.Add(constraint);
                _records.Add(records[i]);
            }
            else
            {
                Ignore($"{place}/{i}", reason);
            }
        }
    }

    private void Ignore(string field, string reason) => _ignored.Add(new IgnoredField(field, reason));
}
