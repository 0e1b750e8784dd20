using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Everything that a strange-loop core believes about itself: one list, a row for each loop, that opens to all that is known of it; and the commands that it keeps.</summary>
internal static class LoopStateSections
{
    public static readonly string[] Known = ["version", "aci_step", "levels", "loops", "live_commands", "live_places", "groups", "next_command"];

    private const int LoopsMax = 1000;

    /// <summary>Above this the rows open to the essentials only.</summary>
    private const int FullMax = 60;

    private static readonly ListWords Tools = new()
    {
        Many = "Loops",
        Findable = "loop or metric",
        Orders = [("order", "Attention"), ("shortfall", "Held below target"), ("name", "Name"), ("changes", "Changes of itself"), ("size", "Outcomes")],
        States = [("bad", "Beyond a bound"), ("watch", "Took a change back"), ("good", "Within their bounds"), ("unknown", "No outcome yet")],
    };

    public static void Write(Page page, JsonElement result)
    {
        var loops = LoopView.Of(result);
        Answer(page.Html, result, loops);
        if (loops.Count > 0)
        {
            List(page, loops);
        }
        KeptCommandSections.Write(page, result);
    }

    private static void Answer(HtmlWriter html, JsonElement result, List<LoopView> loops)
    {
        double outcomes = 0;
        int bad = 0, metrics = 0, changes = 0, rolledBack = 0;
        foreach (var loop in loops)
        {
            outcomes += loop.Outcomes;
            metrics += loop.Metrics.Count;
            changes += loop.Changes - loop.RolledBack;
            rolledBack += loop.RolledBack;
            bad += loop.Standing == Standing.Bad ? 1 : 0;
        }
        html.Open("div", bad > 0 ? "answer bad" : outcomes > 0 ? "answer good" : "answer unknown");
        html.Element("p", loops.Count == 0 ? "No loop has spoken yet."
            : $"{Words.Count(loops.Count, "loop")} with {Words.Count(metrics, "metric")}: " + (bad > 0 ? $"{Words.Count(bad, "loop is", "loops are")} beyond a bound." : outcomes > 0 ? "all are within their bounds." : "no outcome is known yet."), "lead");
        if (changes + rolledBack > 0)
        {
            html.Element("p", $"They changed themselves {Words.Count(changes, "time")} and took back {rolledBack.ToString(CultureInfo.InvariantCulture)} of these changes, among those that are still told of.");
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Outcomes", Words.Number(outcomes));
        MemorySections.Fact(html, "Level", LoopReplySections.LevelName(result.Number("levels")));
        MemorySections.Fact(html, "Step of the intervals", Words.Number(result.Number("aci_step")));
        if (result.Count("live_commands") > 0)
        {
            MemorySections.Fact(html, "Commands kept", result.Count("live_commands").ToString(CultureInfo.InvariantCulture));
        }
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static void List(Page page, List<LoopView> loops)
    {
        var html = page.Html;
        var shown = loops.GetRange(0, Math.Min(loops.Count, LoopsMax));
        page.Section("all-loops", "The loops");
        ListTools.Write(html, Tools, [.. shown.Select(loop => Outlook.CssClass(loop.Standing))], [.. shown.Select(loop => loop.Kinds)]);
        if (shown.Count > FullMax)
        {
            html.Element("p", $"With more than {FullMax.ToString(CultureInfo.InvariantCulture)} loops on one page each opens to its first metrics; models, changes and actions are in the state.", "note");
        }
        html.LengthMax = 3 * HtmlWriter.BodyMax;
        html.Open("div", "list", ("id", "list"), ("data-one", "loop")).Raw("\n");
        var inner = page with { Level = page.Level + 2, IsInner = true, IsBrief = shown.Count > FullMax };
        foreach (var loop in shown)
        {
            Row(inner, loop, shown.Count == 1);
        }
        html.CloseLine();
        page.More(loops.Count, shown.Count, "loops");
        html.CloseLine();
    }

    private static void Row(Page page, LoopView loop, bool isOpen)
    {
        var html = page.Html;
        html.Open("details", "problem loop", [("id", loop.Id), ("data-name", loop.Name), ("data-state", Outlook.CssClass(loop.Standing)), ("data-order", Key((int)loop.Standing)),
            ("data-shortfall", Key(loop.Shortfall)), ("data-changes", Key(loop.Changes)), ("data-size", Key(loop.Outcomes)), ("data-kinds", string.Join(' ', loop.Kinds)), ("data-find", loop.Findable),
            .. isOpen ? (ReadOnlySpan<(string, string)>)[("open", "open")] : []]);
        html.Open("summary").Open("span", "who").Open("h" + (page.Level - 1).ToString(CultureInfo.InvariantCulture)).BreakableText(loop.Name).Close();
        html.Text(" ").Element("span", Words.Count(loop.Metrics.Count, "metric"), "note").Close().Text(" ").Open("span", "how");
        TemporalSections.Chip(html, loop.Standing, loop.Label);
        html.Close().Text(" ").Element("span", loop.Answer, "what").CloseLine();
        html.Open("div", "body");
        if (html.IsFull)
        {
            html.Element("p", "This page is full: the rest of this loop is in the state.", "note");
        }
        else
        {
            LoopSections.Write(page, loop);
        }
        html.Close().CloseLine();
    }

    private static string Key(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
