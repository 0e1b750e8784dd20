using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What a memory's calls take, as JsonIn reads it. A field that has its default is left out, as are the notes of what was ignored when it was read.
public static partial class JsonOut
{
    internal static void WriteMemoryOptions(Utf8JsonWriter json, MemoryOptions options)
    {
        json.WriteStartObject();
        Filled(json, "path"u8, options.Path);
        Optional(json, "dimension"u8, (ulong?)options.Dimension);
        if (options.Metric is { } metric)
        {
            json.WriteString("metric"u8, Word(metric));
        }
        json.WriteString("durability"u8, Word(options.Durability));
        Optional(json, "max_rows"u8, options.MaxRows);
        Filled(json, "postgres"u8, options.Postgres);
        Filled(json, "site"u8, options.Site);
        json.WriteNumber("sync_interval_ns"u8, options.SyncIntervalNs);
        json.WriteEndObject();
    }

    /// <summary>The members given; one that is cleared is null or empty.</summary>
    internal static void WriteUpdate(Utf8JsonWriter json, EpisodeUpdate update)
    {
        json.WriteStartObject();
        WriteUpdateMembers(json, update);
        json.WriteEndObject();
    }

    private static void WriteUpdateMembers(Utf8JsonWriter json, EpisodeUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update.Values);
        json.WriteNumber("id"u8, update.Id);
        foreach ((string name, EpisodeMembers member) in EpisodeMemberNames.All)
        {
            if ((update.Given & member) != 0)
            {
                WriteMember(json, name, member, update.Values);
            }
        }
        Optional(json, "known_ns"u8, update.KnownNs);
    }

    private static void WriteMember(Utf8JsonWriter json, string name, EpisodeMembers member, Episode values)
    {
        switch (member)
        {
            case EpisodeMembers.TimeNs: WholeOrNull(json, "time_ns"u8, values.TimeNs); break;
            case EpisodeMembers.NetworkId: json.WriteString(name, values.NetworkId); break;
            case EpisodeMembers.Cell: json.WriteString(name, values.Cell); break;
            case EpisodeMembers.ProblemType: json.WriteString(name, values.ProblemType); break;
            case EpisodeMembers.Situation when values.Situation.Count > 0: json.NumberMap("situation"u8, values.Situation); break;
            case EpisodeMembers.Vector when values.Vector.Length > 0: json.Floats("vector"u8, values.Vector); break;
            case EpisodeMembers.Action: WriteAction(json, values.Action); break;
            case EpisodeMembers.Outcome: json.NumberMap("outcome"u8, values.Outcome); break;
            case EpisodeMembers.Reward: json.NumberOrNull("reward"u8, values.Reward); break;
            case EpisodeMembers.Success when values.Success is { } success: json.WriteBoolean(name, success); break;
            case EpisodeMembers.Tags: json.Strings("tags"u8, values.Tags); break;
            case EpisodeMembers.Metadata:
                json.WritePropertyName(name);
                WriteMetadata(json, values.Metadata);
                break;
            case EpisodeMembers.Text: json.WriteString(name, values.Text); break;
            default: json.WriteNull(name); break;
        }
    }

    internal static void WriteRecall(Utf8JsonWriter json, RecallQuery query)
    {
        json.WriteStartObject();
        WriteRecallMembers(json, query);
        json.WriteEndObject();
    }

    private static void WriteRecallMembers(Utf8JsonWriter json, RecallQuery query)
    {
        if (query.Situation.Count > 0)
        {
            json.NumberMap("situation"u8, query.Situation);
        }
        if (query.Vector.Length > 0)
        {
            json.Floats("vector"u8, query.Vector);
        }
        Filled(json, "text"u8, query.Text);
        Optional(json, "like"u8, query.Like);
        Optional(json, "k"u8, (ulong?)query.K);
        WriteFilter(json, query.Filter);
        if (query.Weights is { } weights)
        {
            json.WritePropertyName("weights"u8);
            WriteWeights(json, weights);
        }
        Optional(json, "half_life_ns"u8, query.HalfLifeNs);
        Optional(json, "mmr_lambda"u8, query.MmrLambda);
        Optional(json, "as_of_ns"u8, query.AsOfNs);
        if (query.Explain)
        {
            json.WriteBoolean("explain"u8, true);
        }
    }

    internal static void WriteAnalysis(Utf8JsonWriter json, MemoryAnalysis analysis)
    {
        json.WriteStartObject();
        switch (analysis)
        {
            case SkillsAnalysis skills:
                json.WriteString("op"u8, "skills"u8);
                json.WriteNumber("min_count"u8, skills.MinCount);
                WriteFilter(json, skills.Filter);
                Optional(json, "half_life_ns"u8, skills.HalfLifeNs);
                json.WriteNumber("coverage"u8, skills.Coverage);
                break;
            case EffectAnalysis effect:
                json.WriteString("op"u8, "effect"u8);
                json.WritePropertyName("action"u8);
                WriteChange(json, effect.Action.ManagedObject, effect.Action.Attribute, effect.Action.Before, effect.Action.After);
                json.WriteString("outcome"u8, effect.Outcome);
                WriteFilter(json, effect.Filter);
                json.WriteNumber("coverage"u8, effect.Coverage);
                break;
            case PruneAnalysis prune:
                json.WriteString("op"u8, "prune"u8);
                Optional(json, "max_rows"u8, prune.MaxRows);
                Optional(json, "max_age_ns"u8, prune.MaxAgeNs);
                Optional(json, "min_reward"u8, prune.MinReward);
                WriteFilter(json, prune.Filter);
                break;
            case BackupAnalysis backup:
                json.WriteString("op"u8, "backup"u8);
                json.WriteString("path"u8, backup.Path);
                break;
            default: throw new ArgumentException($"no analysis that JSON knows: {analysis.GetType().Name}", nameof(analysis));
        }
        json.WriteEndObject();
    }

    /// <summary>The member filter, where there are conditions.</summary>
    private static void WriteFilter(Utf8JsonWriter json, EpisodeFilter filter)
    {
        if (filter.Terms.Count == 0)
        {
            return;
        }
        json.WritePropertyName("filter"u8);
        WriteConditions(json, filter);
    }

    internal static void WriteConditions(Utf8JsonWriter json, EpisodeFilter filter)
    {
        json.WriteStartObject();
        foreach (IGrouping<string, FilterTerm> field in filter.Terms.GroupBy(term => term.Field))
        {
            json.WriteStartObject(field.Key);
            HashSet<FilterOperator> seen = [];
            foreach (FilterTerm term in field)
            {
                if (!seen.Add(term.Operator))
                {
                    throw new ArgumentException($"JSON has no place for two conditions {Word(term.Operator)} on {term.Field}", nameof(filter));
                }
                json.WritePropertyName(Word(term.Operator));
                WriteFilterValues(json, term);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteFilterValues(Utf8JsonWriter json, FilterTerm term)
    {
        if (term.Operator is FilterOperator.In or FilterOperator.NotIn)
        {
            WriteMetadata(json, new MetadataValue.List(term.Values));
        }
        else
        {
            WriteMetadata(json, term.Values[0]);
        }
    }

    private static string Word(FilterOperator condition) => condition switch
    {
        FilterOperator.Equal => "$eq",
        FilterOperator.NotEqual => "$ne",
        FilterOperator.Greater => "$gt",
        FilterOperator.GreaterOrEqual => "$gte",
        FilterOperator.Less => "$lt",
        FilterOperator.LessOrEqual => "$lte",
        FilterOperator.In => "$in",
        FilterOperator.NotIn => "$nin",
        FilterOperator.Contains => "$contains",
        _ => "$exists",
    };

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> field, double? value)
    {
        if (value is { } given)
        {
            json.Number(field, given);
        }
    }
}
