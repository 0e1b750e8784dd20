using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Several results in one page: one list, a row for each problem, that opens to all that is known of it.</summary>
/// <remarks>The browser lays out only the rows that are on the screen (content-visibility), and the script draws only the charts that are; nothing is
/// left out of the document for that, so that find-in-page, printing and readers without scripts have all of it.</remarks>
internal static class ParallelSections
{
    private const int ProblemsMax = 1000;

    /// <summary>Above this the rows open to the essentials only.</summary>
    private const int FullMax = 60;

    /// <summary>Characters that one problem may use, whatever the others need.</summary>
    private const int ProblemCharsMin = 100_000;

    /// <summary>Of a row that opens to one chart.</summary>
    private const int CharsPerProblem = 6000;

    private static readonly ListWords Tools = new()
    {
        Many = "Problems",
        Findable = "cell, metric or finding",
        Orders = [("order", "Urgency"), ("risk", "Risk of a broken limit"), ("name", "Name"), ("confidence", "Confidence"), ("size", "Samples")],
        States = [("bad", "Urgent"), ("failed", "Failed"), ("watch", "Watch"), ("good", "Calm"), ("unknown", "No verdict")],
    };

    public static bool Recognises(JsonElement root) =>
        root.Objects("results").Any(item => item.Has("Ok") || item.Has("Err") || TemporalSections.Recognises(item));

    public static string TitleOf(JsonElement root) => Words.Count(root.Count("results"), "problem");

    public static void Write(Page page, JsonElement root)
    {
        var all = root.Member("results").EnumerateArray().Select(ProblemEntry.Of)
            // What needs attention first; otherwise the order of the problems.
            .OrderByDescending(entry => entry.Urgency).ThenByDescending(entry => entry.SortableRisk).ToList();
        var html = page.Html;
        Answer(html, all);
        var shown = all.Take(ProblemsMax).ToList();
        html.Open("section", "fleet", ("id", "problems")).Element(page.H(), "All problems").Raw("\n");
        ListTools.Write(html, Tools, [.. shown.Select(StateOf)], [.. shown.Select(entry => entry.Kinds)]);
        if (shown.Count > FullMax)
        {
            html.Element("p", $"With more than {FullMax.ToString(CultureInfo.InvariantCulture)} problems on one page each opens to its limits, first findings and charts; forecast tables, patterns, timelines and costs are in the result.", "note");
        }
        html.LengthMax = Math.Min(HtmlWriter.BodyMax + CharsPerProblem * Math.Max(shown.Count, Math.Min(page.Room.Wanted, ProblemsMax)), 3 * HtmlWriter.BodyMax);
        html.Open("div", "list", ("id", "list")).Raw("\n");
        var inner = page with { Level = page.Level + 2, IsInner = true, IsBrief = shown.Count > FullMax };
        foreach (var entry in shown)
        {
            Row(inner, entry, shown.Count == 1);
        }
        html.CloseLine();
        page.More(all.Count, shown.Count, "problems, less urgent than these,");
        html.CloseLine();
        GenericSections.Others(page, root, ["results"], "About this run");
    }

    private static void Answer(HtmlWriter html, List<ProblemEntry> entries)
    {
        int bad = entries.Count(entry => entry.Standing == Standing.Bad && !entry.IsFailed);
        int watch = entries.Count(entry => entry.Standing == Standing.Watch), failed = entries.Count(entry => entry.IsFailed);
        var standing = bad > 0 ? Standing.Bad : watch + failed > 0 ? Standing.Watch : entries.Any(entry => entry.Standing == Standing.Good) ? Standing.Good : Standing.Unknown;
        html.Open("div", "answer " + Outlook.CssClass(standing));
        html.Element("p", bad + watch == 0
            ? failed > 0 ? $"{Words.Count(failed, "problem")} could not be analysed; no other needs attention." : "No problem needs attention."
            : $"{Words.Count(bad + watch, "problem")} of {entries.Count.ToString(CultureInfo.InvariantCulture)} {(bad + watch == 1 ? "needs" : "need")} attention.", "lead");
        var worst = entries.Where(entry => !entry.IsFailed).MaxBy(entry => (entry.Standing, entry.SortableRisk));
        if (worst is not null && worst.Standing > Standing.Good)
        {
            html.Open("p").Text("Most of all ").Element("a", worst.Title, null, ("href", "#" + worst.Id)).Text(": " + worst.Answer).Close();
        }
        if (bad + watch > 0 && failed > 0)
        {
            html.Element("p", $"{Words.Count(failed, "problem")} could not be analysed.");
        }
        html.Open("dl", "facts");
        Fact(html, "Urgent", bad);
        Fact(html, "Watch", watch);
        Fact(html, "Calm", entries.Count(entry => entry.Standing == Standing.Good));
        Fact(html, "No verdict", entries.Count(entry => entry.Standing == Standing.Unknown));
        Fact(html, "Failed", failed);
        html.Close().CloseLine();
    }

    private static void Fact(HtmlWriter html, string name, int value) =>
        html.Open("div").Element("dt", name).Element("dd", value.ToString(CultureInfo.InvariantCulture)).Close();

    private static void Row(Page page, ProblemEntry entry, bool isOpen)
    {
        var html = page.Html;
        html.Open("details", "problem", [("id", entry.Id), ("data-name", entry.Title), ("data-state", StateOf(entry)), ("data-order", Key(entry.Urgency)),
            ("data-risk", Key(entry.SortableRisk)), ("data-confidence", Key(double.IsNaN(entry.Confidence) ? -1 : entry.Confidence)), ("data-size", Key(entry.Samples)),
            ("data-kinds", string.Join(' ', entry.Kinds)), ("data-find", entry.Findable), .. isOpen ? (ReadOnlySpan<(string, string)>)[("open", "open")] : []]);
        html.Open("summary").Open("span", "who").Open("h" + (page.Level - 1).ToString(CultureInfo.InvariantCulture)).BreakableText(entry.Title).Close();
        if (entry.Network.Length > 0)
        {
            html.Text(" ").Element("span", entry.Network, "note");
        }
        html.Close().Text(" ").Open("span", "how");
        TemporalSections.Chip(html, entry.Standing, entry.Label);
        if (!double.IsNaN(entry.Risk))
        {
            html.Text(" ").Element("span", $"Risk {Words.Percent(entry.Risk)}", "note number");
        }
        html.Close().Text(" ");
        if (!entry.IsFailed)
        {
            Sparkline.Write(html, entry.Result);
        }
        html.Element("span", entry.Answer, "what");
        html.CloseLine();
        html.Open("div", "body");
        Body(page, entry);
        html.Close().CloseLine();
    }

    private static void Body(Page page, ProblemEntry entry)
    {
        var html = page.Html;
        if (html.IsFull)
        {
            html.Element("p", "This page is full: the rest of this problem is in the result.", "note");
            return;
        }
        var bound = html.LengthMax;
        html.LengthMax = Math.Min(bound, html.Length + Math.Max(ProblemCharsMin, (bound - html.Length) / 8));
        if (entry.IsFailed)
        {
            html.Open("div", "answer bad").Element("p", entry.Answer, "lead").Close();
        }
        else if (TemporalSections.Recognises(entry.Result))
        {
            TemporalSections.Write(page, entry.Result);
        }
        else
        {
            GenericSections.Write(page, entry.Result);
        }
        html.LengthMax = bound;
    }

    private static string StateOf(ProblemEntry entry) => entry.IsFailed ? "failed" : Outlook.CssClass(entry.Standing);

    private static string Key(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
