using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>From a condition to the values of a column that satisfy it.</summary>
internal static class ValueConditions
{
    private static readonly int[] MissingOnly = [ValueColumn.Missing];

    public static PostingsTest Of(FilterTerm term, ValueColumn column)
    {
        switch (term.Operator)
        {
            case FilterOperator.Exists:
                return new PostingsTest(column, MissingOnly, isInverted: ((MetadataValue.Truth)term.Values[0]).Value);
            case FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In or FilterOperator.NotIn:
                return new PostingsTest(column, EqualToAny(term.Values, column), isInverted: term.Operator is FilterOperator.NotEqual or FilterOperator.NotIn);
            case FilterOperator.Contains when term.Values[0] is MetadataValue.Text && column.Texts == 0:
                return new PostingsTest(column, [.. column.CodesWithItem(term.Values[0])], isInverted: false);
            default:
                return new PostingsTest(column, ThatHold(term, column), isInverted: false);
        }
    }

    private static int[] EqualToAny(IReadOnlyList<MetadataValue> operands, ValueColumn column)
    {
        for (int i = 0; i < operands.Count; i++)
        {
            if (operands[i] is not MetadataValue.Text)
            {
                return ThatHold(new FilterTerm("", FilterOperator.In, operands), column);   // what equals a number is not found by its hash alone
            }
        }
        if (operands.Count == 1)
        {
            int only = column.CodeOf(operands[0]);
            return only < 0 ? [] : [only];
        }
        HashSet<int> codes = new(operands.Count);
        for (int i = 0; i < operands.Count; i++)
        {
            if (column.CodeOf(operands[i]) is var code && code >= 0)
            {
                codes.Add(code);
            }
        }
        return [.. codes];
    }

    private static int[] ThatHold(FilterTerm term, ValueColumn column)
    {
        List<int> codes = [];
        for (int code = ValueColumn.Missing + 1; code < column.Codes; code++)
        {
            if (column.RowsOf(code).Length > 0 && FilterValues.Holds(term.Operator, column.ValueOf(code), term.Values))
            {
                codes.Add(code);
            }
        }
        return [.. codes];
    }
}
