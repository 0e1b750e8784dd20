using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Results of the strange-loop core: which of them a result is.</summary>
internal static class StrangeLoopSections
{
    /// <summary>Longest name in a table, and in a sentence.</summary>
    public const int NameMax = 120;

    private enum Kind
    {
        None,
        FixedPoint,
        Conflicts,
        Reply,
        State,
    }

    public static bool Recognises(JsonElement result) => KindOf(result) != Kind.None;

    public static string TitleOf(JsonElement result) => KindOf(result) switch
    {
        Kind.FixedPoint => "Fixed point",
        Kind.Conflicts => "Conflicts between control functions",
        Kind.Reply => "Prediction of a loop, corrected",
        _ => "What the loops believe of themselves",
    };

    public static void Write(Page page, JsonElement result)
    {
        string[] known = ["execution_time", "ignored"];
        switch (KindOf(result))
        {
            case Kind.FixedPoint:
                FixedPointSections.Write(page, result);
                known = [.. known, .. FixedPointSections.Known];
                break;
            case Kind.Conflicts:
                ConflictSections.Write(page, result);
                known = [.. known, .. ConflictSections.Known];
                break;
            case Kind.Reply:
                LoopReplySections.Write(page, result);
                known = [.. known, .. LoopReplySections.Known];
                break;
            default:
                LoopStateSections.Write(page, result);
                known = [.. known, .. LoopStateSections.Known];
                break;
        }
        TemporalSections.Ignored(page, result);
        GenericSections.Others(page, result, known, "Other fields of the result");
    }

    private static Kind KindOf(JsonElement result)
    {
        if (result.Member("convergence").ValueKind is JsonValueKind.True or JsonValueKind.False && result.Text("state").Length > 0 && result.Member("history").ValueKind == JsonValueKind.Array)
        {
            return Kind.FixedPoint;
        }
        if (result.Member("conflicts").ValueKind == JsonValueKind.Array && IsThere(result, "loop_gain_matrix") && IsThere(result, "spectral_radius"))
        {
            return Kind.Conflicts;
        }
        if (result.Member("corrected").ValueKind == JsonValueKind.Object && result.Member("interval_scale").ValueKind == JsonValueKind.Object && result.Member("weights").ValueKind == JsonValueKind.Object)
        {
            return Kind.Reply;
        }
        return result.Member("loops").ValueKind == JsonValueKind.Array && result.Has("aci_step") ? Kind.State : Kind.None;
    }

    /// <summary>Present, be it null: what is not known is null in these results.</summary>
    private static bool IsThere(JsonElement result, string name) => result.Member(name).ValueKind != JsonValueKind.Undefined;
}
