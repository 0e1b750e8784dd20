using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const int SiteLengthMax = 64;

    /// <summary>Empty text gives the defaults.</summary>
    public static MemoryOptions MemoryOptions(ReadOnlySpan<byte> text, string argument)
    {
        MemoryOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        options = ReadMemoryOptions(ref json);
        json.End();
        return options;
    }

    private static MemoryOptions ReadMemoryOptions(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        MemoryOptions options = new();
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (json.Token == JsonTokenType.Null ? null : name)
            {
                case "path": options = options with { Path = ReadPath(ref json) }; break;
                case "dimension": options = options with { Dimension = (int)json.WholeWithin(1, MemoryLimits.DimensionMax) }; break;
                case "metric": options = options with { Metric = ReadDistanceMetric(ref json) }; break;
                case "durability": options = options with { Durability = ReadDurability(ref json) }; break;
                case "max_rows": options = options with { MaxRows = json.WholeWithin(1, ulong.MaxValue) }; break;
                case "postgres": options = options with { Postgres = ReadFilled(ref json) }; break;
                case "site": options = options with { Site = ReadSite(ref json) }; break;
                case "sync_interval_ns": options = options with { SyncIntervalNs = json.WholeWithin(1, MemoryLimits.TimeMax) }; break;
                case null when name is "path" or "dimension" or "metric" or "durability" or "max_rows" or "postgres" or "site" or "sync_interval_ns":
                    break;   // as if it were not there
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (options.Postgres is not null && options.Site is null)
        {
            json.RefuseValue("postgres without site: each machine that shares needs a name of its own");
        }
        return options with { Ignored = ignored };
    }

    /// <summary>A string that is not empty.</summary>
    private static string ReadFilled(ref JsonCursor json)
    {
        string value = json.String();
        if (value.Length == 0)
        {
            json.RefuseValue("is empty");
        }
        return value;
    }

    private static string ReadPath(ref JsonCursor json)
    {
        string path = ReadFilled(ref json);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            json.RefuseValue("has a zero character, which no path can have");
        }
        return path;
    }

    private static string ReadSite(ref JsonCursor json)
    {
        string site = json.String();
        if (site.Length is 0 or > SiteLengthMax || !site.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            json.RefuseValue($"must be 1..{SiteLengthMax} letters, digits and - _ .");
        }
        return site;
    }

    private static DistanceMetric ReadDistanceMetric(ref JsonCursor json)
    {
        string word = json.String();
        switch (word)
        {
            case "l2": return DistanceMetric.L2;
            case "cosine": return DistanceMetric.Cosine;
            case "inner_product": return DistanceMetric.InnerProduct;
            default:
                RefuseWord(ref json, word, "l2, cosine or inner_product");
                return default;
        }
    }

    private static Durability ReadDurability(ref JsonCursor json)
    {
        string word = json.String();
        switch (word)
        {
            case "none": return Durability.None;
            case "group": return Durability.Group;
            case "sync": return Durability.Sync;
            default:
                RefuseWord(ref json, word, "none, group or sync");
                return default;
        }
    }
}
