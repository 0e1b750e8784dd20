using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Results of the memory core: which of them a result is, and the short ones (stored, updated, removed, copied).</summary>
internal static class MemorySections
{
    private enum Kind
    {
        None,
        Recall,
        Skills,
        Effect,
        State,
        Stored,
        Updated,
        Removed,
        Copied,
    }

    public static bool Recognises(JsonElement result) => KindOf(result) != Kind.None;

    public static string TitleOf(JsonElement result) => KindOf(result) switch
    {
        Kind.Recall => "Recall from the memory",
        Kind.Skills => "Skills: what worked where",
        Kind.Effect => "Effect of an action",
        Kind.State => "State of the memory",
        Kind.Stored => "Stored in the memory",
        Kind.Updated => "Updated in the memory",
        Kind.Removed => "Removed from the memory",
        _ => "Copy of the memory",
    };

    public static void Write(Page page, JsonElement result)
    {
        string[] known = ["execution_time", "ignored"];
        switch (KindOf(result))
        {
            case Kind.Recall:
                RecallSections.Write(page, result);
                known = [.. known, "hits", "scanned", "reranked", "exact", "weights"];
                break;
            case Kind.Skills:
                SkillSections.Write(page, result);
                known = [.. known, "skills"];
                break;
            case Kind.Effect:
                EffectSections.Write(page, result);
                known = [.. known, "effect", "lower", "upper", "treated", "control", "method", "enough", "reason"];
                break;
            case Kind.State:
                MemoryStateSections.Write(page, result);
                known = [.. known, .. MemoryStateSections.Known];
                break;
            default:
                Change(page, result);
                known = [.. known, "id", "ids", "durable", "updated", "removed", "backup_bytes"];
                break;
        }
        TemporalSections.Ignored(page, result);
        GenericSections.Others(page, result, known, "Other fields of the result");
    }

    /// <summary>Name and value, of those under an answer.</summary>
    public static void Fact(HtmlWriter html, string name, string value) => html.Open("div").Element("dt", name).Element("dd", value).Close();

    public static void TimeFact(HtmlWriter html, JsonElement result)
    {
        if (result.Has("execution_time"))
        {
            Fact(html, "Computed in", Words.Duration(result.Number("execution_time")));
        }
    }

    /// <summary>What "durable" and "durability" promise.</summary>
    public static string Promise(string durability) => durability switch
    {
        "none" => "a memory with a file survives the end of the process, not of the machine; one without ends with the process",
        "group" => "it is on the device; calls that arrived together shared one commit",
        "sync" => "it is on the device, by a commit of its own",
        _ => durability,
    };

    private static Kind KindOf(JsonElement result)
    {
        if (result.Member("hits").ValueKind == JsonValueKind.Array && (result.Has("scanned") || result.Objects("hits").Exists(hit => hit.Has("episode"))))
        {
            return Kind.Recall;
        }
        if (result.Member("skills").ValueKind == JsonValueKind.Array)
        {
            return Kind.Skills;
        }
        if (result.Member("enough").ValueKind is JsonValueKind.True or JsonValueKind.False && result.Has("treated") && result.Has("control"))
        {
            return Kind.Effect;
        }
        if (result.Has("episodes") && result.Has("index_bytes"))
        {
            return Kind.State;
        }
        if (result.Has("durable") && (result.Has("id") || result.Has("ids")))
        {
            return result.Has("updated") ? Kind.Updated : Kind.Stored;
        }
        var isShort = result.ValueKind == JsonValueKind.Object && result.EnumerateObject().All(member => member.SafeName() is "removed" or "backup_bytes" or "execution_time" or "ignored");
        return !isShort ? Kind.None : double.IsFinite(result.Number("removed")) ? Kind.Removed : double.IsFinite(result.Number("backup_bytes")) ? Kind.Copied : Kind.None;
    }

    private static void Change(Page page, JsonElement result)
    {
        var html = page.Html;
        html.Open("div", "answer good").Element("p", SentenceOf(result), "lead");
        if (result.Text("durable") is { Length: > 0 } durable)
        {
            html.Element("p", $"Kept with durability {durable}: {Promise(durable)}.", "note");
        }
        html.Open("dl", "facts");
        TimeFact(html, result);
        html.Close().CloseLine();
    }

    private static string SentenceOf(JsonElement result)
    {
        var id = result.Text("id");
        switch (KindOf(result))
        {
            case Kind.Updated:
                var updated = result.Member("updated").ValueKind == JsonValueKind.Array ? result.Member("updated").EnumerateArray().Take(20).Select(member => Words.MeasuredName(member.AsText())) : [];
                return $"Episode {id} has a new {string.Join(", ", updated.Select(name => name.ToLowerInvariant()))}.";
            case Kind.Removed:
                // The answer to a task that removes names the episode; that of pruning counts them, and says how long it took.
                return result.Has("execution_time") ? $"{Words.Count((long)result.Number("removed"), "episode")} removed." : $"Episode {result.Text("removed")} was removed.";
            case Kind.Copied:
                return $"The memory was copied: {Words.Bytes(result.Number("backup_bytes"))}.";
            default:
                if (result.Member("ids").ValueKind != JsonValueKind.Array)
                {
                    return $"Episode {id} is stored.";
                }
                var ids = result.Member("ids").EnumerateArray().Select(one => one.AsText()).ToList();
                return ids.Count switch
                {
                    0 => "No episode was given to be stored.",
                    1 => $"Episode {ids[0]} is stored.",
                    _ => $"{Words.Count(ids.Count, "episode")} are stored, {ids[0]} to {ids[^1]}.",
                };
        }
    }
}
