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
                return new PostingsTest(column, [.. ThatHold(term, column, areTexts: true)], isInverted: false);
        }
    }

    private static int[] EqualToAny(IReadOnlyList<MetadataValue> operands, ValueColumn column)
    {
        if (operands.Count == 1 && IsFoundByHash(operands[0]))
        {
            int only = column.CodeOf(operands[0]);
            return only < 0 ? [] : [only];
        }
        HashSet<int> codes = [];
        List<MetadataValue> others = [];
        for (int i = 0; i < operands.Count; i++)
        {
            if (!IsFoundByHash(operands[i]))
            {
                others.Add(operands[i]);
            }
            else if (column.CodeOf(operands[i]) is var code && code >= 0)
            {
                codes.Add(code);
            }
        }
        if (others.Count > 0 && column.Texts < column.Codes - 1)
        {
            codes.UnionWith(ThatHold(new FilterTerm("", FilterOperator.In, others), column, areTexts: false));
        }
        return [.. codes];
    }

    /// <summary>What equals it is the same in every part; numbers may differ in how they were written, and so may what holds them.</summary>
    private static bool IsFoundByHash(MetadataValue operand) => operand is MetadataValue.Text or MetadataValue.Truth or MetadataValue.Nothing;

    private static List<int> ThatHold(FilterTerm term, ValueColumn column, bool areTexts)
    {
        List<int> codes = [];
        for (int code = ValueColumn.Missing + 1; code < column.Codes; code++)
        {
            if ((areTexts || column.ValueOf(code) is not MetadataValue.Text) && column.RowsOf(code).Length > 0 && FilterValues.Holds(term.Operator, column.ValueOf(code), term.Values))
            {
                codes.Add(code);
            }
        }
        return codes;
    }
}
