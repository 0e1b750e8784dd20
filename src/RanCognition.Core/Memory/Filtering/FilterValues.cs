using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>What a condition says of one value: the meaning of filters, in its plainest form.</summary>
internal static class FilterValues
{
    /// <param name="condition">What is asked.</param>
    /// <param name="value">Null when the field is not there. JSON's null is there: it equals null and nothing else.</param>
    /// <param name="operands">One, but for In and NotIn.</param>
    public static bool Holds(FilterOperator condition, MetadataValue? value, IReadOnlyList<MetadataValue> operands) => condition switch
    {
        FilterOperator.Equal => value is not null && AreEqual(value, operands[0]),
        FilterOperator.NotEqual => value is null || !AreEqual(value, operands[0]),
        FilterOperator.In => value is not null && IsAmong(value, operands),
        FilterOperator.NotIn => value is null || !IsAmong(value, operands),
        FilterOperator.Greater => TryCompare(value, operands[0], out int order) && order > 0,
        FilterOperator.GreaterOrEqual => TryCompare(value, operands[0], out int order) && order >= 0,
        FilterOperator.Less => TryCompare(value, operands[0], out int order) && order < 0,
        FilterOperator.LessOrEqual => TryCompare(value, operands[0], out int order) && order <= 0,
        FilterOperator.Contains => Contains(value, operands[0]),
        _ => value is not null == ((MetadataValue.Truth)operands[0]).Value,
    };

    /// <summary>Numbers by their decimal value, texts by code unit, lists element by element, objects member by member in the order given.</summary>
    public static bool AreEqual(MetadataValue left, MetadataValue right)
    {
        switch (left, right)
        {
            case (MetadataValue.Number a, MetadataValue.Number b):
                return NumberOrder.AreEqual(a, b);
            case (MetadataValue.List a, MetadataValue.List b):
                bool areSame = a.Items.Count == b.Items.Count;
                for (int i = 0; areSame && i < a.Items.Count; i++)
                {
                    areSame = AreEqual(a.Items[i], b.Items[i]);
                }
                return areSame;
            case (MetadataValue.Map a, MetadataValue.Map b):
                bool haveSame = a.Members.Count == b.Members.Count;
                for (int i = 0; haveSame && i < a.Members.Count; i++)
                {
                    haveSame = a.Members[i].Key == b.Members[i].Key && AreEqual(a.Members[i].Value, b.Members[i].Value);
                }
                return haveSame;
            default:
                return left.Equals(right);
        }
    }

    private static bool IsAmong(MetadataValue value, IReadOnlyList<MetadataValue> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (AreEqual(value, values[i]))
            {
                return true;
            }
        }
        return false;
    }

    private static bool TryCompare(MetadataValue? left, MetadataValue right, out int order)
    {
        switch (left, right)
        {
            case (MetadataValue.Number a, MetadataValue.Number b):
                return NumberOrder.TryCompare(a, b, out order);
            case (MetadataValue.Text a, MetadataValue.Text b):
                order = string.CompareOrdinal(a.Value, b.Value);
                return true;
            default:
                order = 0;
                return false;
        }
    }

    private static bool Contains(MetadataValue? value, MetadataValue operand) => value switch
    {
        MetadataValue.List list => list.Items.Any(item => AreEqual(item, operand)),
        MetadataValue.Text text => operand is MetadataValue.Text part && text.Value.Contains(part.Value, StringComparison.Ordinal),
        _ => false,
    };
}
