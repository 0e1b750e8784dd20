using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What came of a decision: kept, called back, or watched on; and a rollback.</summary>
internal static class DecisionOutcomeSections
{
    public static readonly string[] Known = ["decision_id", "verdict", "reason", "restore", "surprise", "targets_held"];

    public static void Write(Page page, JsonElement reply)
    {
        var html = page.Html;
        html.Open("div", "answer " + Outlook.CssClass(StandingOf(reply)));
        TemporalSections.Chip(html, StandingOf(reply), Label(reply));
        html.Element("p", Sentence(reply), "lead");
        if (reply.Text("reason") is { Length: > 0 } reason)
        {
            html.Element("p", CognitionSections.Sentence(reason));
        }
        html.CloseLine();
        html.Open("dl", "facts");
        if (TargetsHeld(reply) is { } held)
        {
            MemorySections.Fact(html, "Targets", held ? "all held" : "not all held");
        }
        if (reply.Has("surprise"))
        {
            MemorySections.Fact(html, "Surprise", Words.Number(reply.Number("surprise")));
        }
        MemorySections.TimeFact(html, reply);
        html.CloseLine();
        if (reply.Has("surprise"))
        {
            html.Element("p", "Surprise: distance of what was observed from the expected median, in halves of the expected p10 to p90; above 1 it lay outside.", "note").Raw("\n");
        }
        Restore(page, reply);
    }

    public static void WriteRollback(Page page, JsonElement reply)
    {
        var html = page.Html;
        html.Open("div", "answer watch").Element("p", RollbackSentence(reply), "lead").CloseLine();
        html.Open("dl", "facts");
        MemorySections.TimeFact(html, reply);
        html.CloseLine();
        Restore(page, reply);
    }

    public static Standing StandingOf(JsonElement reply) => reply.Text("verdict") switch
    {
        "KEPT" => TargetsHeld(reply) == false ? Standing.Watch : Standing.Good,
        "ROLL_BACK" => Standing.Bad,
        _ => Standing.Unknown,
    };

    public static string Label(JsonElement reply) => reply.Text("verdict") switch
    {
        "KEPT" => "Kept",
        "ROLL_BACK" => "To be rolled back",
        "WATCHING" => "Watched",
        var other => Words.Cut(other, CognitionSections.NameMax),
    };

    /// <summary>Null when it is not known.</summary>
    public static bool? TargetsHeld(JsonElement reply) => reply.Member("targets_held").ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static string RollbackSentence(JsonElement reply) => reply.Count("restore") == 0
        ? $"Decision {IdOf(reply)} changed nothing that could be restored."
        : $"Decision {IdOf(reply)} is undone: {Words.Count(reply.Count("restore"), "old value")} to be set again.";

    private static string Sentence(JsonElement reply)
    {
        var id = IdOf(reply);
        var held = TargetsHeld(reply) switch { true => " All targets held.", false => " Not all targets held.", null => "" };
        return reply.Text("verdict") switch
        {
            "KEPT" => $"Decision {id} is kept.{held}",
            "ROLL_BACK" => $"Decision {id} is to be rolled back.{held}",
            "WATCHING" => $"Decision {id} is still watched.{held}",
            var other => $"Decision {id}: {Words.Cut(other, CognitionSections.NameMax)}.{held}",
        };
    }

    private static string IdOf(JsonElement reply) => Words.Cut(reply.Text("decision_id"), CognitionSections.NameMax);

    private static void Restore(Page page, JsonElement reply)
    {
        if (reply.Objects("restore").Count > 0)
        {
            page.Section("restore", "What to restore");
            SettingTables.Write(page, "The old values", reply.Member("restore"), hasBefore: false);
            page.Html.CloseLine();
        }
    }
}
