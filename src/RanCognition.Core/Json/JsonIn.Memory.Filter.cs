using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string FilterOperators = "$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $contains or $exists";

    /// <summary>Empty text lets everything through.</summary>
    public static EpisodeFilter EpisodeFilter(ReadOnlySpan<byte> text, string argument)
    {
        if (text.IsEmpty)
        {
            return Contracts.EpisodeFilter.Everything;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        EpisodeFilter filter = ReadFilter(ref json);
        json.End();
        return filter;
    }

    private static EpisodeFilter ReadFilter(ref JsonCursor json)
    {
        if (json.Token == JsonTokenType.Null)
        {
            return Contracts.EpisodeFilter.Everything;
        }
        json.Expect(JsonTokenType.StartObject, "an object of conditions");
        List<FilterTerm> terms = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? field))
        {
            CheckName(ref json, field);
            if (json.Token == JsonTokenType.StartObject)
            {
                ReadConditions(ref json, field, terms);
            }
            else
            {
                AddTerm(ref json, new FilterTerm(field, FilterOperator.Equal, [json.Value(MemoryLimits.MetadataDepthMax)]), terms);
            }
            json.LeaveField();
        }
        return terms.Count == 0 ? Contracts.EpisodeFilter.Everything : new EpisodeFilter(terms);
    }

    /// <summary>{"$gte":1,"$lt":2}</summary>
    private static void ReadConditions(ref JsonCursor json, string field, List<FilterTerm> terms)
    {
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? word))
        {
            FilterOperator condition = OperatorOf(ref json, word);
            AddTerm(ref json, new FilterTerm(field, condition, ReadFilterValues(ref json, condition)), terms);
            json.LeaveField();
        }
        if (seen.Count == 0)
        {
            json.RefuseValue($"no condition, must have one of: {FilterOperators}");
        }
    }

    private static void AddTerm(ref JsonCursor json, FilterTerm term, List<FilterTerm> terms)
    {
        if (terms.Count >= MemoryLimits.FilterTermsMax)
        {
            json.RefuseBeyond(MemoryLimits.FilterTermsMax, "conditions");
        }
        terms.Add(term);
    }

    private static FilterOperator OperatorOf(ref JsonCursor json, string word)
    {
        switch (word)
        {
            case "$eq": return FilterOperator.Equal;
            case "$ne": return FilterOperator.NotEqual;
            case "$gt": return FilterOperator.Greater;
            case "$gte": return FilterOperator.GreaterOrEqual;
            case "$lt": return FilterOperator.Less;
            case "$lte": return FilterOperator.LessOrEqual;
            case "$in": return FilterOperator.In;
            case "$nin": return FilterOperator.NotIn;
            case "$contains": return FilterOperator.Contains;
            case "$exists": return FilterOperator.Exists;
            default:
                json.RefuseValue($"unknown operator, must be one of: {FilterOperators}");
                return default;
        }
    }

    private static List<MetadataValue> ReadFilterValues(ref JsonCursor json, FilterOperator condition)
    {
        switch (condition)
        {
            case FilterOperator.In or FilterOperator.NotIn:
                return ReadFilterList(ref json);
            case FilterOperator.Exists:
                return [new MetadataValue.Truth(json.Boolean())];
            case FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.Less or FilterOperator.LessOrEqual:
                if (json.Token is not (JsonTokenType.Number or JsonTokenType.String))
                {
                    json.Refuse("only numbers and strings have an order");
                }
                return [json.Scalar()];
            default:
                return [json.Value(MemoryLimits.MetadataDepthMax)];
        }
    }

    private static List<MetadataValue> ReadFilterList(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of values");
        List<MetadataValue> values = [];
        while (json.NextElement(values.Count))
        {
            if (values.Count >= MemoryLimits.FilterValuesMax)
            {
                json.LeaveElement();
                json.RefuseBeyond(MemoryLimits.FilterValuesMax, "values");
            }
            values.Add(json.Value(MemoryLimits.MetadataDepthMax));
            json.LeaveElement();
        }
        return values;
    }
}
