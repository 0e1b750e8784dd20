using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>The fields that filters may name, and what is refused about a filter before it is used.</summary>
internal static class FilterFields
{
    public const string Id = "id";
    public const string Time = "time_ns";
    public const string Cell = "cell";
    public const string Reward = "reward";
    public const string Success = "success";
    public const string Text = "text";
    public const string SituationPrefix = "situation.";
    public const string OutcomePrefix = "outcome.";

    private const string Argument = "query";
    private const string Known = "id, time_ns, network_id, cell, problem_type, reward, success, tags, text, metadata.KEY, situation.METRIC, outcome.METRIC";
    private const string MetadataPrefix = "metadata.";

    /// <summary>Names every fault with its place.</summary>
    public static void Validate(EpisodeFilter filter)
    {
        if (filter.Terms.Count > MemoryLimits.FilterTermsMax)
        {
            InvalidInputException.Throw(Argument, $"/filter: {filter.Terms.Count} conditions, must be at most {MemoryLimits.FilterTermsMax}");
        }
        foreach (FilterTerm term in filter.Terms)
        {
            if (!IsKnown(term.Field))
            {
                InvalidInputException.Throw(Argument, $"{Place(term)}: unknown field, must be one of {Known}");
            }
            ValidateValues(term);
        }
    }

    /// <summary>The value as filters see it: an empty name or text, and an empty list of tags, is not there.</summary>
    public static MetadataValue? Present(string field, MetadataValue? value) => value switch
    {
        MetadataValue.Text { Value.Length: 0 } when field is "network_id" or Cell or "problem_type" or Text => null,
        MetadataValue.List { Items.Count: 0 } when field == "tags" => null,
        _ => value,
    };

    public static MetadataValue? OfCell(string cell) => cell.Length == 0 ? null : new MetadataValue.Text(cell);

    public static MetadataValue? OfReward(double reward) => double.IsNaN(reward) ? null : new MetadataValue.Number(reward);

    public static MetadataValue? OfSuccess(int success) => success < 0 ? null : new MetadataValue.Truth(success != 0);

    /// <summary>Values of the field are numbers as a rule.</summary>
    public static bool IsMetric(string field) => field.StartsWith(SituationPrefix, StringComparison.Ordinal) || field.StartsWith(OutcomePrefix, StringComparison.Ordinal);

    private static bool IsKnown(string field) => field switch
    {
        Id or Time or "network_id" or Cell or "problem_type" or Reward or Success or "tags" or Text => true,
        _ => HasRest(field, MetadataPrefix) || HasRest(field, SituationPrefix) || HasRest(field, OutcomePrefix),
    };

    private static bool HasRest(string field, string prefix) => field.Length > prefix.Length && field.StartsWith(prefix, StringComparison.Ordinal);

    private static void ValidateValues(FilterTerm term)
    {
        int count = term.Values.Count;
        switch (term.Operator)
        {
            case FilterOperator.In or FilterOperator.NotIn:
                if (count > MemoryLimits.FilterValuesMax)
                {
                    InvalidInputException.Throw(Argument, $"{Place(term)}: {count} values, must be at most {MemoryLimits.FilterValuesMax}");
                }
                break;
            case > FilterOperator.Exists:
                InvalidInputException.Throw(Argument, $"{Place(term)}: unknown operator {(int)term.Operator}");
                break;
            default:
                if (count != 1)
                {
                    InvalidInputException.Throw(Argument, $"{Place(term)}: {count} values, must be one");
                }
                if (term.Operator == FilterOperator.Exists && term.Values[0] is not MetadataValue.Truth)
                {
                    InvalidInputException.Throw(Argument, $"{Place(term)}/$exists: must be true or false");
                }
                break;
        }
    }

    private static string Place(FilterTerm term) => $"/filter/{term.Field.Replace("~", "~0").Replace("/", "~1")}";
}
