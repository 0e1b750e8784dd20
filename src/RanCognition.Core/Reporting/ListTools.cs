using System.Globalization;

namespace RanCognition.Reporting;

/// <summary>Search, order and filters above a list of problems or loops. The script works them; without it they are not shown.</summary>
internal static class ListTools
{
    /// <summary>The tools of a list.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="words">What the tools of such a list are called.</param>
    /// <param name="states">State of each row.</param>
    /// <param name="rowKinds">What each row can be filtered by, in snake_case, each once.</param>
    public static void Write(HtmlWriter html, ListWords words, List<string> states, List<string[]> rowKinds)
    {
        html.Open("div", "tools script-only", ("role", "search"), ("aria-label", words.Many));
        html.Open("p").Element("label", "Find", null, ("for", "find"))
            .Void("input", null, ("id", "find"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false"), ("placeholder", words.Findable)).CloseLine();
        html.Open("p").Element("label", "Sort by", null, ("for", "sort")).Open("select", null, ("id", "sort"));
        foreach (var (key, name) in words.Orders)
        {
            html.Element("option", name, null, ("value", key));
        }
        html.Close().CloseLine();
        html.Open("p").Element("label", "Having", null, ("for", "kind")).Open("select", null, ("id", "kind")).Element("option", "anything", null, ("value", ""));
        var kinds = Ordered(rowKinds);
        for (int from = 0, to; from < kinds.Count; from = to)
        {
            for (to = from + 1; to < kinds.Count && kinds[to] == kinds[from]; to++)
            {
            }
            html.Element("option", $"{Words.Name(kinds[from])} ({(to - from).ToString(CultureInfo.InvariantCulture)})", null, ("value", kinds[from]));
        }
        html.Close().CloseLine();
        html.Open("div", "states", ("role", "group"), ("aria-label", "Show only"));
        foreach (var (state, name) in words.States)
        {
            if (states.FindAll(one => one == state).Count is > 0 and var count)
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

    /// <summary>The kinds of all rows, equal ones beside each other; those about limits first.</summary>
    private static List<string> Ordered(List<string[]> rowKinds)
    {
        List<string> all = [];
        foreach (var kinds in rowKinds)
        {
            all.AddRange(kinds);
        }
        all.RemoveAll(kind => kind == "failed"); // that is a state
        all.Sort((one, other) => IsLimit(other).CompareTo(IsLimit(one)) is var order && order != 0 ? order : string.CompareOrdinal(one, other));
        return all;
    }

    private static bool IsLimit(string kind) => kind.StartsWith("limit", StringComparison.Ordinal);
}
