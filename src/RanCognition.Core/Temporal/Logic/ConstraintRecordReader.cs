using RanCognition.Contracts;

namespace RanCognition.Temporal.Logic;

/// <summary>Turns the document's constraint records into formulas.</summary>
internal static class ConstraintRecordReader
{
    private const string StartKey = "start_ns";
    private const string EndKey = "end_ns";
    private const string LowerSuffix = ".min";
    private const string UpperSuffix = ".max";

    public static Formula? Read(Constraint record, out string? reason)
    {
        reason = null;
        ulong? start = null;
        ulong? end = null;
        var terms = new List<Formula>();
        foreach (var (key, value) in record.Parameters)
        {
            if (!double.IsFinite(value))
            {
                reason = $"parameter '{FormulaText.Snippet(key)}' is not a finite number";
            }
            else if (key is StartKey or EndKey)
            {
                reason = ReadTime(key, value, ref (key == StartKey ? ref start : ref end));
            }
            else if (Term(record.ConstraintType, key, value, out reason) is { } term)
            {
                terms.Add(term);
            }
            if (reason is null && terms.Count > Formula.NodesMax)
            {
                reason = $"more than {Formula.NodesMax} metrics";
            }
            if (reason is not null)
            {
                return null;
            }
        }
        if (terms.Count == 0)
        {
            reason = "no metric is given";
            return null;
        }
        if (start > end)
        {
            reason = "the window ends before it begins";
            return null;
        }
        var all = Formula.And(terms);
        return start is null && end is null ? all : new DuringFormula(start ?? 0, end ?? TimeWindow.OpenEnd, all);
    }

    private static string? ReadTime(string key, double value, ref ulong? time)
    {
        if (value < 0)
        {
            return $"parameter '{key}' is before the epoch";
        }
        // A conversion from double saturates: a time too large for the type is the end of time.
        var latest = key == StartKey ? TimeWindow.OpenEnd - 1 : TimeWindow.OpenEnd;
        time = value >= ulong.MaxValue ? latest : (ulong)value;
        return null;
    }

    private static Comparison? Term(string type, string key, double value, out string? reason)
    {
        var name = key;
        var comparison = ComparisonOperator.LessOrEqual;
        reason = null;
        switch (type)
        {
            case "max":
            case "max_rate":
                break;
            case "min":
                comparison = ComparisonOperator.GreaterOrEqual;
                break;
            case "equals":
                comparison = ComparisonOperator.Equal;
                break;
            case "window" when key.EndsWith(UpperSuffix, StringComparison.Ordinal):
                name = key[..^UpperSuffix.Length];
                break;
            case "window" when key.EndsWith(LowerSuffix, StringComparison.Ordinal):
                name = key[..^LowerSuffix.Length];
                comparison = ComparisonOperator.GreaterOrEqual;
                break;
            case "window":
                reason = $"parameter '{FormulaText.Snippet(key)}' of a window ends neither in .min nor in .max";
                return null;
            default:
                reason = $"constraint_type '{FormulaText.Snippet(type)}' is unknown; known: max, min, equals, max_rate, window";
                return null;
        }
        var isRate = type == "max_rate";
        if (isRate && value < 0)
        {
            reason = $"the rate limit of '{FormulaText.Snippet(key)}' is negative: no rate can be below it";
            return null;
        }
        if (MetricReference.FromKey(name) is not { } metric)
        {
            reason = $"'{FormulaText.Snippet(name)}' is neither a metric nor a quotient of two";
            return null;
        }
        return new Comparison(new Operand(isRate ? OperandKind.Rate : OperandKind.Value, metric), comparison, value);
    }
}
