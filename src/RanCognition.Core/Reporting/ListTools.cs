using System.Globalization;

namespace RanCognition.Reporting;

/// <summary>Search, order and filters above the list of problems. The script works them; without it they are not shown.</summary>
internal static class ListTools
{
    private static readonly (string State, string Name)[] States = [("bad", "Urgent"), ("failed", "Failed"), ("watch", "Watch"), ("good", "Calm"), ("unknown", "No verdict")];

    public static string StateOf(ProblemEntry entry) => entry.IsFailed ? "failed" : Outlook.CssClass(entry.Standing);

    public static void Write(HtmlWriter html, List<ProblemEntry> entries)
    {
        html.Open("div", "tools script-only", ("role", "search"), ("aria-label", "Problems"));
        html.Open("p").Element("label", "Find", null, ("for", "find"))
            .Void("input", null, ("id", "find"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false"), ("placeholder", "cell, metric or finding")).CloseLine();
        html.Open("p").Element("label", "Sort by", null, ("for", "sort")).Open("select", null, ("id", "sort"));
        foreach (var (key, name) in (ReadOnlySpan<(string, string)>)[("order", "Urgency"), ("risk", "Risk of a broken limit"), ("name", "Name"), ("confidence", "Confidence"), ("size", "Samples")])
        {
            html.Element("option", name, null, ("value", key));
        }
        html.Close().CloseLine();
        html.Open("p").Element("label", "Having", null, ("for", "kind")).Open("select", null, ("id", "kind")).Element("option", "anything", null, ("value", ""));
        foreach (var kind in entries.SelectMany(entry => entry.Kinds).Where(kind => kind != "failed").GroupBy(kind => kind).OrderBy(group => group.Key.StartsWith("limit", StringComparison.Ordinal) ? 0 : 1).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            html.Element("option", $"{Words.Name(kind.Key)} ({kind.Count().ToString(CultureInfo.InvariantCulture)})", null, ("value", kind.Key));
        }
        html.Close().CloseLine();
        html.Open("div", "states", ("role", "group"), ("aria-label", "Show only"));
        foreach (var (state, name) in States)
        {
            if (entries.Count(entry => StateOf(entry) == state) is > 0 and var count)
            {
                html.Open("button", state == "failed" ? "bad" : state, ("type", "button"), ("data-state", state), ("aria-pressed", "false")).Text(name + " ")
                    .Element("b", count.ToString(CultureInfo.InvariantCulture)).Close();
            }
        }
        html.CloseLine();
        html.CloseLine();
        html.Open("div", "tools under script-only").Element("p", "", "count", ("id", "found"), ("role", "status"))
            .Element("button", "Clear filters", null, ("type", "button"), ("id", "clear"), ("hidden", "hidden"))
            .Element("button", "Open those shown", null, ("type", "button"), ("data-open", "all")).Element("button", "Close all", null, ("type", "button"), ("data-open", "none")).CloseLine();
    }
}
