using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    public static RecallQuery Recall(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        RecallQuery query = ReadRecall(ref json, null);
        json.End();
        return query;
    }

    /// <summary>A query; beside names a member that stands among its own and is passed over.</summary>
    private static RecallQuery ReadRecall(ref JsonCursor json, string? beside)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        RecallQuery query = new() { Ignored = ignored };
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            query = ReadRecallMember(ref json, name, beside, query, ignored);
            json.LeaveField();
        }
        if (query.Situation.Count == 0 && query.Vector.Length == 0 && query.Text.Length == 0 && query.Like is null)
        {
            json.RefuseIncomplete("nothing to look for: situation, vector, text or like is needed");
        }
        return query;
    }

    private static RecallQuery ReadRecallMember(ref JsonCursor json, string name, string? beside, RecallQuery query, List<IgnoredField> ignored)
    {
        bool isNull = json.Token == JsonTokenType.Null;
        switch (name)
        {
            case "situation": return isNull ? query : query with { Situation = ReadSituation(ref json, ignored) };
            case "vector": return isNull ? query : query with { Vector = ReadVector(ref json) };
            case "text": return isNull ? query : query with { Text = json.String() };
            case "like": return isNull ? query : query with { Like = json.WholeWithin(1, MemoryLimits.IdMax) };
            case "k": return isNull ? query : query with { K = (int)json.WholeWithin(0, int.MaxValue) };   // how many may be asked for depends on how many there are
            case "filter": return query with { Filter = ReadFilter(ref json) };
            case "weights": return isNull ? query : query with { Weights = ReadWeights(ref json, ignored) };
            case "half_life_ns": return isNull ? query : query with { HalfLifeNs = json.WholeWithin(1, MemoryLimits.TimeMax) };
            case "mmr_lambda": return isNull ? query : query with { MmrLambda = ReadShare(ref json) };
            case "as_of_ns": return isNull ? query : query with { AsOfNs = json.WholeWithin(0, MemoryLimits.TimeMax) };
            case "explain": return isNull ? query : query with { Explain = json.Boolean() };
            default:
                if (name != beside)
                {
                    json.Ignore(ignored, Unknown);
                }
                return query;
        }
    }

    private static RankWeights ReadWeights(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object of weights");
        RankWeights weights = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "similarity": weights = weights with { Similarity = ReadWeight(ref json) }; break;
                case "recency": weights = weights with { Recency = ReadWeight(ref json) }; break;
                case "reward": weights = weights with { Reward = ReadWeight(ref json) }; break;
                case "text": weights = weights with { Text = ReadWeight(ref json) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (weights is { Similarity: 0, Recency: 0, Reward: 0, Text: 0 })
        {
            json.RefuseValue("all weights are 0");
        }
        return weights;
    }

    private static double ReadWeight(ref JsonCursor json)
    {
        double weight = json.Number();
        if (weight < 0)
        {
            json.RefuseValue("a weight must be 0 or more");
        }
        return weight;
    }

    private static double ReadShare(ref JsonCursor json)
    {
        double share = json.Number();
        if (share is < 0 or > 1)
        {
            json.RefuseValue("must be 0..1");
        }
        return share;
    }
}
