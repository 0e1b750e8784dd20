using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void StoreResult(StoreResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteStoreResult(json, result);
        json.Flush();
    }

    public static void UpdateResult(UpdateResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteUpdateResult(json, result);
        json.Flush();
    }

    public static void RecallResult(RecallResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteRecallResult(json, result);
        json.Flush();
    }

    public static void MemoryAnalysisResult(MemoryAnalysisResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteAnalysisResult(json, result);
        json.Flush();
    }

    public static void MemoryStats(MemoryStats stats, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteMemoryStats(json, stats);
        json.Flush();
    }

    /// <summary>Answer to a task that removes an episode.</summary>
    public static void RemovedEpisode(ulong id, IReadOnlyList<IgnoredField> ignored, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteNumber("removed"u8, id);
        WriteIgnored(json, ignored);
        json.WriteEndObject();
        json.Flush();
    }

    internal static void WriteStoreResult(Utf8JsonWriter json, StoreResult result)
    {
        json.WriteStartObject();
        if (result.IsBatch)
        {
            WriteWholes(json, "ids"u8, result.Ids);
        }
        else
        {
            json.WriteNumber("id"u8, result.Ids[0]);
        }
        json.WriteString("durable"u8, Word(result.Durability));
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    internal static void WriteUpdateResult(Utf8JsonWriter json, UpdateResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, result.Id);
        json.WriteStartArray("updated"u8);
        foreach ((string name, EpisodeMembers member) in EpisodeMemberNames.All)
        {
            if ((result.Updated & member) != 0)
            {
                json.WriteStringValue(name);
            }
        }
        json.WriteEndArray();
        json.WriteString("durable"u8, Word(result.Durability));
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    internal static void WriteRecallResult(Utf8JsonWriter json, RecallResult result)
    {
        json.WriteStartObject();
        json.WriteStartArray("hits"u8);
        foreach (RecallHit hit in result.Hits)
        {
            WriteHit(json, hit);
        }
        json.WriteEndArray();
        json.WriteNumber("scanned"u8, result.Scanned);
        json.WriteNumber("reranked"u8, result.Reranked);
        json.WriteBoolean("exact"u8, result.Exact);
        if (result.Weights is { } weights)
        {
            json.WritePropertyName("weights"u8);
            WriteWeights(json, weights);
        }
        else
        {
            json.WriteNull("weights"u8);
        }
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    private static void WriteHit(Utf8JsonWriter json, RecallHit hit)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, hit.Id);
        json.Number("score"u8, hit.Score);
        json.NumberOrNull("distance"u8, hit.Distance);
        json.WriteStartObject("parts"u8);
        json.NumberOrNull("similarity"u8, hit.Parts.Similarity);
        json.NumberOrNull("recency"u8, hit.Parts.Recency);
        json.NumberOrNull("reward"u8, hit.Parts.Reward);
        json.NumberOrNull("text"u8, hit.Parts.Text);
        json.WriteEndObject();
        json.WritePropertyName("episode"u8);
        WriteEpisode(json, hit.Episode);
        if (hit.Why is { } why)
        {
            json.WriteStartArray("why"u8);
            foreach (DistanceShare share in why)
            {
                json.WriteStartObject();
                json.WriteString("metric"u8, share.Metric);
                json.NumberOrNull("difference"u8, share.Difference);
                json.Number("share"u8, share.Share);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    internal static void WriteWeights(Utf8JsonWriter json, RankWeights weights)
    {
        json.WriteStartObject();
        json.Number("similarity"u8, weights.Similarity);
        json.Number("recency"u8, weights.Recency);
        json.Number("reward"u8, weights.Reward);
        json.Number("text"u8, weights.Text);
        json.WriteEndObject();
    }

    /// <summary>Only what was asked for: the members of an effect stand beside those that all answers have.</summary>
    internal static void WriteAnalysisResult(Utf8JsonWriter json, MemoryAnalysisResult result)
    {
        json.WriteStartObject();
        if (result.Skills is { } skills)
        {
            json.WriteStartArray("skills"u8);
            foreach (Skill skill in skills)
            {
                WriteSkill(json, skill);
            }
            json.WriteEndArray();
        }
        if (result.Effect is { } effect)
        {
            json.NumberOrNull("effect"u8, effect.Effect);
            json.NumberOrNull("lower"u8, effect.Lower);
            json.NumberOrNull("upper"u8, effect.Upper);
            json.WriteNumber("treated"u8, effect.Treated);
            json.WriteNumber("control"u8, effect.Control);
            json.WriteString("method"u8, effect.Method);
            json.WriteBoolean("enough"u8, effect.Enough);
            json.WriteString("reason"u8, effect.Reason);
        }
        Optional(json, "removed"u8, result.Removed);
        Optional(json, "backup_bytes"u8, result.BackupBytes);
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    private static void WriteSkill(Utf8JsonWriter json, Skill skill)
    {
        json.WriteStartObject();
        json.NumberMap("situation"u8, skill.Situation);
        WriteAction(json, skill.Action);
        json.WriteNumber("count"u8, skill.Count);
        json.NumberOrNull("success_rate"u8, skill.SuccessRate);
        json.NumberOrNull("lower"u8, skill.Lower);
        json.NumberOrNull("upper"u8, skill.Upper);
        json.NumberOrNull("mean_reward"u8, skill.MeanReward);
        WriteWholes(json, "episodes"u8, skill.Episodes);
        json.WriteEndObject();
    }

    internal static void WriteMemoryStats(Utf8JsonWriter json, MemoryStats stats)
    {
        json.WriteStartObject();
        json.WriteNumber("episodes"u8, stats.Episodes);
        WholeOrNull(json, "dimension"u8, (ulong?)stats.Dimension);
        json.WriteString("metric"u8, Word(stats.Metric));
        json.WriteStartArray("scales"u8);
        foreach (MetricScale scale in stats.Scales)
        {
            json.WriteStartObject();
            json.WriteString("metric"u8, scale.Metric);
            json.Number("median"u8, scale.Median);
            json.Number("scale"u8, scale.Scale);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("index_bytes"u8, stats.IndexBytes);
        json.WriteNumber("file_bytes"u8, stats.FileBytes);
        json.WriteNumber("pending"u8, stats.Pending);
        json.WriteString("durability"u8, Word(stats.Durability));
        WholeOrNull(json, "last_sync_ns"u8, stats.LastSyncNs);
        WholeOrNull(json, "peer_lag"u8, stats.PeerLag);
        json.WriteString("peer_error"u8, stats.PeerError);
        json.WriteString("path"u8, stats.Path);
        json.WriteString("site"u8, stats.Site);
        json.WriteNumber("execution_time"u8, stats.ExecutionTime);
        WriteIgnored(json, stats.Ignored);
        json.WriteEndObject();
    }

    private static void WholeOrNull(Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteWholes(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ulong> values)
    {
        json.WriteStartArray(name);
        foreach (ulong value in values)
        {
            json.WriteNumberValue(value);
        }
        json.WriteEndArray();
    }

    internal static ReadOnlySpan<byte> Word(Durability durability) => durability switch
    {
        Durability.None => "none"u8,
        Durability.Sync => "sync"u8,
        _ => "group"u8,
    };

    internal static ReadOnlySpan<byte> Word(DistanceMetric metric) => metric switch
    {
        DistanceMetric.Cosine => "cosine"u8,
        DistanceMetric.InnerProduct => "inner_product"u8,
        _ => "l2"u8,
    };
}
