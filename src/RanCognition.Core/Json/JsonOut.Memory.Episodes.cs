using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    /// <summary>A whole episode. What is empty is left out; reward and success that are not known are null.</summary>
    internal static void WriteEpisode(Utf8JsonWriter json, Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        json.WriteStartObject();
        if (episode.Id != 0)
        {
            json.WriteNumber("id"u8, episode.Id);
        }
        WholeOrNull(json, "time_ns"u8, episode.TimeNs);
        Filled(json, "network_id"u8, episode.NetworkId);
        Filled(json, "cell"u8, episode.Cell);
        Filled(json, "problem_type"u8, episode.ProblemType);
        WriteSituation(json, episode);
        if (episode.Vector.Length > 0)
        {
            json.Floats("vector"u8, episode.Vector);
        }
        WriteActionAndOutcome(json, episode);
        json.NumberOrNull("reward"u8, episode.Reward);
        if (episode.Success is { } success)
        {
            json.WriteBoolean("success"u8, success);
        }
        else
        {
            json.WriteNull("success"u8);
        }
        WriteWords(json, episode);
        json.WriteEndObject();
    }

    /// <summary>The members that have no column of their own where a memory keeps episodes.</summary>
    internal static void WriteEpisodeDocument(Utf8JsonWriter json, Episode episode)
    {
        json.WriteStartObject();
        Filled(json, "network_id"u8, episode.NetworkId);
        Filled(json, "problem_type"u8, episode.ProblemType);
        WriteSituation(json, episode);
        WriteActionAndOutcome(json, episode);
        WriteWords(json, episode);
        json.WriteEndObject();
    }

    private static void WriteSituation(Utf8JsonWriter json, Episode episode)
    {
        if (episode.Situation.Count > 0)
        {
            json.NumberMap("situation"u8, episode.Situation);
        }
    }

    private static void WriteActionAndOutcome(Utf8JsonWriter json, Episode episode)
    {
        if (episode.Action.Count > 0)
        {
            WriteAction(json, episode.Action);
        }
        if (episode.Outcome.Count > 0)
        {
            json.NumberMap("outcome"u8, episode.Outcome);
        }
    }

    private static void WriteWords(Utf8JsonWriter json, Episode episode)
    {
        if (episode.Tags.Count > 0)
        {
            json.Strings("tags"u8, episode.Tags);
        }
        if (episode.Metadata.Members.Count > 0)
        {
            json.WritePropertyName("metadata"u8);
            WriteMetadata(json, episode.Metadata);
        }
        Filled(json, "text"u8, episode.Text);
    }

    private static void WriteAction(Utf8JsonWriter json, IReadOnlyList<ConfigurationChange> action) => WriteChanges(json, "action"u8, action);

    private static void WriteChanges(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ConfigurationChange> changes)
    {
        json.WriteStartArray(name);
        foreach (ConfigurationChange change in changes)
        {
            WriteChange(json, change.ManagedObject, change.Attribute, change.Before, change.After);
        }
        json.WriteEndArray();
    }

    /// <summary>What is null is left out.</summary>
    internal static void WriteChange(Utf8JsonWriter json, string? managedObject, string? attribute, MetadataValue? before, MetadataValue? after)
    {
        json.WriteStartObject();
        Filled(json, "managedObject"u8, managedObject);
        Filled(json, "attribute"u8, attribute);
        if (before is not null)
        {
            json.WritePropertyName("before"u8);
            WriteMetadata(json, before);
        }
        if (after is not null)
        {
            json.WritePropertyName("after"u8);
            WriteMetadata(json, after);
        }
        json.WriteEndObject();
    }

    /// <summary>A number whose text was kept is written as that text.</summary>
    internal static void WriteMetadata(Utf8JsonWriter json, MetadataValue value)
    {
        switch (value)
        {
            case MetadataValue.Truth truth: json.WriteBooleanValue(truth.Value); break;
            case MetadataValue.Text text: json.WriteStringValue(text.Value); break;
            case MetadataValue.Number { Exact: { } exact } when ExactNumber.IsNumber(exact): json.WriteRawValue(exact, skipInputValidation: true); break;
            case MetadataValue.Number number: json.Number(number.Value); break;
            case MetadataValue.List list:
                json.WriteStartArray();
                foreach (MetadataValue item in list.Items)
                {
                    WriteMetadata(json, item);
                }
                json.WriteEndArray();
                break;
            case MetadataValue.Map map:
                json.WriteStartObject();
                foreach ((string name, MetadataValue member) in map.Members)
                {
                    json.WritePropertyName(name);
                    WriteMetadata(json, member);
                }
                json.WriteEndObject();
                break;
            default: json.WriteNullValue(); break;
        }
    }

    private static void Filled(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
