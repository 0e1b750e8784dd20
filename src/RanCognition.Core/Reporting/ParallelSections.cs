using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Several results in one page: a list that can be searched and sorted, and a section per problem, opened on demand.</summary>
internal static class ParallelSections
{
    private const int ProblemsMax = 1000;

    public static bool Recognises(JsonElement root) =>
        root.Objects("results").Any(item => item.Has("Ok") || item.Has("Err") || TemporalSections.Recognises(item));

    public static string TitleOf(JsonElement root) => Words.Count(root.Count("results"), "problem");

    public static void Write(Page page, JsonElement root)
    {
        var entries = Entries(root);
        Answer(page.Html, entries);
        Overview(page, entries, root.Count("results"));
        page.Html.Open("section").Element(page.H(), "Problem by problem").Raw("\n");
        page.Html.Open("p", "tools script-only").Element("button", "Open all", null, ("type", "button"), ("data-open", "all"))
            .Text(" ").Element("button", "Close all", null, ("type", "button"), ("data-open", "none")).CloseLine();
        var single = entries.Count == 1;
        foreach (var entry in entries)
        {
            if (page.Html.IsFull)
            {
                page.Html.Element("p", "The page is full: the problems that follow are in the result.", "note");
                break;
            }
            Section(page, entry, single);
        }
        page.Html.CloseLine();
        GenericSections.Others(page, root, ["results"], "About this run");
    }

    private static List<Entry> Entries(JsonElement root)
    {
        var entries = new List<Entry>();
        foreach (var item in root.Member("results").EnumerateArray().Take(ProblemsMax))
        {
            entries.Add(Entry.Of(item, entries.Count));
        }
        // What needs attention first; otherwise the order of the problems.
        return [.. entries.OrderByDescending(entry => entry.IsFailed ? Standing.Watch : entry.Standing).ThenByDescending(entry => entry.SortableRisk)];
    }

    private static void Answer(HtmlWriter html, List<Entry> entries)
    {
        int bad = entries.Count(entry => entry.Standing == Standing.Bad && !entry.IsFailed);
        int watch = entries.Count(entry => entry.Standing == Standing.Watch), failed = entries.Count(entry => entry.IsFailed);
        var standing = bad > 0 ? Standing.Bad : watch + failed > 0 ? Standing.Watch : entries.Any(entry => entry.Standing == Standing.Good) ? Standing.Good : Standing.Unknown;
        html.Open("div", "answer " + Outlook.CssClass(standing));
        html.Open("p", "lead").Text(bad + watch == 0 ? failed > 0 ? $"{Words.Count(failed, "problem")} could not be analysed; no other needs attention." : "No problem needs attention." : $"{Words.Count(bad + watch, "problem")} of {entries.Count.ToString(CultureInfo.InvariantCulture)} {(bad + watch == 1 ? "needs" : "need")} attention.");
        var worst = entries.Where(entry => !entry.IsFailed).MaxBy(entry => (entry.Standing, entry.SortableRisk));
        if (worst is not null && worst.Standing > Standing.Good)
        {
            html.Text($" Most of all {worst.Title}: {worst.Answer}");
        }
        if (bad + watch > 0 && failed > 0)
        {
            html.Text($" {Words.Count(failed, "problem")} could not be analysed.");
        }
        html.Close();
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

    private static void Overview(Page page, List<Entry> entries, int total)
    {
        var html = page.Html;
        html.Open("section").Element(page.H(), "All problems");
        html.Open("p", "tools script-only").Element("label", "Find ", null, ("for", "find"))
            .Void("input", null, ("id", "find"), ("type", "search"), ("autocomplete", "off"), ("placeholder", "cell, network or word"))
            .Element("span", "", "count", ("id", "found"), ("role", "status")).CloseLine();
        var table = new HtmlTable(html, "One row per problem; press a heading to sort", "stack sortable", "Problem", "Network", "State", "Highest risk", "Confidence", "What is going on");
        foreach (var entry in entries)
        {
            html.Open("tr", null, ("role", "row"), ("data-problem", entry.Id));
            html.Open("th", null, ("scope", "row"), ("role", "rowheader"), ("data-sort", entry.Title)).Element("a", entry.Title, null, ("href", "#" + entry.Id)).Close();
            Sorted(html, "Network", entry.Network, entry.Network);
            html.Open("td", null, ("role", "cell"), ("data-label", "State"), ("data-sort", entry.IsFailed ? "2" : ((int)entry.Standing).ToString(CultureInfo.InvariantCulture)));
            TemporalSections.Chip(html, entry.Standing, entry.Label);
            html.Close();
            Sorted(html, "Highest risk", Words.Percent(entry.Risk), Key(entry.Risk), "number");
            Sorted(html, "Confidence", Words.Percent(entry.Confidence), Key(entry.Confidence), "number");
            Sorted(html, "What is going on", entry.Answer, entry.Answer);
            table.EndRow();
        }
        table.End();
        page.More(total, entries.Count, "problems");
        html.CloseLine();
    }

    private static string Key(double value) => (double.IsNaN(value) ? -1 : value).ToString("R", CultureInfo.InvariantCulture);

    private static void Sorted(HtmlWriter html, string column, string text, string key, string? cssClass = null) =>
        html.Element("td", text, cssClass, ("role", "cell"), ("data-label", column), ("data-sort", key));

    private static void Section(Page page, Entry entry, bool open)
    {
        var html = page.Html;
        if (open)
        {
            html.Open("details", "problem", ("id", entry.Id), ("open", "open"));
        }
        else
        {
            html.Open("details", "problem", ("id", entry.Id));
        }
        html.Open("summary").Element(page.H(1), entry.Title).Text(" ");
        TemporalSections.Chip(html, entry.Standing, entry.Label);
        html.CloseLine();
        var inner = page with { Level = page.Level + 2, IsInner = true };
        if (entry.IsFailed)
        {
            html.Open("div", "answer bad").Element("p", entry.Answer, "lead").Close();
        }
        else if (TemporalSections.Recognises(entry.Result))
        {
            TemporalSections.Write(inner, entry.Result);
        }
        else
        {
            GenericSections.Write(inner, entry.Result);
        }
        html.CloseLine();
    }

    /// <summary>One element of <c>results</c>, as serde writes a Result, or bare.</summary>
    private sealed record Entry(string Id, string Title, string Network, JsonElement Result, bool IsFailed, Standing Standing, string Label,
        string Answer, double Risk, double Confidence)
    {
        public double SortableRisk => double.IsNaN(Risk) ? -1 : Risk;

        public static Entry Of(JsonElement item, int index)
        {
            var id = "problem-" + (index + 1).ToString(CultureInfo.InvariantCulture);
            var fallback = "Problem " + (index + 1).ToString(CultureInfo.InvariantCulture);
            if (item.Has("Err") || GenericSections.IsError(item))
            {
                var error = item.Has("Err") ? item.Member("Err") : item;
                var message = error.ValueKind == JsonValueKind.Object ? error.Text("message") : error.AsText();
                return new Entry(id, fallback, "", item, true, Standing.Bad, "Failed", message.Length > 0 ? message : error.Raw(), double.NaN, double.NaN);
            }
            var result = item.Has("Ok") ? item.Member("Ok") : item;
            if (!TemporalSections.Recognises(result))
            {
                return new Entry(id, fallback, result.Text("network_id"), result, false, Standing.Unknown, "Result", "", double.NaN, double.NaN);
            }
            var outlook = Outlook.Of(result);
            var title = TemporalSections.TitleOf(result);
            return new Entry(id, title == "Temporal analysis" ? fallback : title, result.Text("network_id"), result, false, outlook.Standing, outlook.Label,
                outlook.Answer, outlook.WorstRisk, result.Number("confidence"));
        }
    }
}
