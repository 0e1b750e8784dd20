using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Commands of control functions that work against each other: how many of each class, between whom, each with what to do about it.</summary>
internal static class ConflictSections
{
    public static readonly string[] Known =
        ["conflicts", "loop_gain_matrix", "eigenvalues", "spectral_radius", "standard_error", "advice", "first_command", "live", "truncated"];

    /// <summary>Pairs of functions that stand open; the others are folded away.</summary>
    private const int OpenMax = 20;

    private static readonly (string Kind, string Title, string Caption)[] Classes =
    [
        ("direct", "Direct conflicts", "Different values for the same parameter of the same cell, at the same time"),
        ("indirect", "Indirect conflicts", "Different parameters of one group, of the same cell, at the same time"),
        ("implicit", "Implicit conflicts", "A KPI is worse while both commands are in force than before, and than while only the earlier one was"),
    ];

    public static void Write(Page page, JsonElement result)
    {
        var conflicts = result.Objects("conflicts");
        Answer(page, result, conflicts);
        LoopGainSections.Write(page, result);
        if (conflicts.Count > 1)
        {
            Pairs(page, conflicts);
        }
        foreach (var (kind, title, caption) in Classes)
        {
            List(page, kind, title, caption, conflicts.FindAll(conflict => conflict.Text("conflictType") == kind));
        }
        List(page, "other", "Other conflicts", "Conflicts of another class", conflicts.FindAll(conflict => conflict.Text("conflictType") is not ("direct" or "indirect" or "implicit")));
    }

    private static void Answer(Page page, JsonElement result, List<JsonElement> conflicts)
    {
        var html = page.Html;
        double radius = result.Number("spectral_radius");
        var chases = radius >= 1;
        var isTruncated = result.Member("truncated").ValueKind == JsonValueKind.True;
        html.Open("div", conflicts.Count == 0 && !chases ? "answer good" : CountOf(conflicts, "direct") > 0 || chases ? "answer bad" : "answer watch");
        html.Element("p", Sentence(conflicts, isTruncated), "lead");
        if (LoopGainSections.Sentence(result) is { Length: > 0 } loops)
        {
            html.Element("p", loops);
        }
        if (isTruncated)
        {
            html.Element("p", "There are more conflicts than the result lists.", "note");
        }
        if (conflicts.Count > 0)
        {
            var first = result.Number("first_command");
            html.Element("p", "Commands are named by their places, which count from 0" + (first > 0 ? $" over the requests whose commands are kept; the first of this request is {Words.Number(first)}." : "."), "note");
        }
        html.CloseLine();
        html.Open("dl", "facts");
        foreach (var (kind, name) in (ReadOnlySpan<(string, string)>)[("direct", "Direct"), ("indirect", "Indirect"), ("implicit", "Implicit")])
        {
            MemorySections.Fact(html, name, CountOf(conflicts, kind).ToString(CultureInfo.InvariantCulture));
        }
        if (!double.IsNaN(radius))
        {
            MemorySections.Fact(html, "Spectral radius", Words.Number(radius));
        }
        if (result.Number("live") > 0)
        {
            MemorySections.Fact(html, "Commands kept", Words.Number(result.Number("live")));
        }
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static string Sentence(List<JsonElement> conflicts, bool isTruncated)
    {
        if (conflicts.Count == 0)
        {
            return "No two commands work against each other.";
        }
        var sources = new HashSet<string>(StringComparer.Ordinal);
        foreach (var conflict in conflicts)
        {
            sources.UnionWith(OptimizationSections.Names(conflict, "sources"));
        }
        List<string> parts = [];
        foreach (var (kind, _, _) in Classes)
        {
            if (CountOf(conflicts, kind) is > 0 and var count)
            {
                parts.Add($"{count.ToString(CultureInfo.InvariantCulture)}\u00A0{kind}");
            }
        }
        return (isTruncated ? "More than " : "") + Words.Count(conflicts.Count, "conflict") + (parts.Count > 0 ? $" ({string.Join(", ", parts)})" : "")
            + (sources.Count > 0 ? $" between {Words.Count(sources.Count, "control function")}" + (sources.Count <= 5 ? $": {Words.Cut(string.Join(", ", sources), 400)}" : "") : "") + ".";
    }

    private static int CountOf(List<JsonElement> conflicts, string kind)
    {
        var count = 0;
        foreach (var conflict in conflicts)
        {
            count += conflict.Text("conflictType") == kind ? 1 : 0;
        }
        return count;
    }

    private static void Pairs(Page page, List<JsonElement> conflicts)
    {
        var pairs = ConflictPair.Of(conflicts);
        var html = page.Html;
        page.Section("functions", "Who conflicts with whom");
        Pairs(html, "Conflicts between each two functions, most first", pairs, 0, Math.Min(pairs.Count, OpenMax));
        if (pairs.Count > OpenMax)
        {
            html.Open("details", "more").Element("summary", Words.Count(pairs.Count - OpenMax, "further pair"));
            Pairs(html, "The pairs that follow", pairs, OpenMax, Math.Min(pairs.Count, Page.RowsMax));
            page.More(pairs.Count, Page.RowsMax, "pairs of functions");
            html.CloseLine();
        }
        html.CloseLine();
    }

    private static void Pairs(HtmlWriter html, string caption, List<ConflictPair> pairs, int from, int to)
    {
        var table = new HtmlTable(html, caption, "stack sortable", "Functions", "Conflicts", "Direct", "Indirect", "Implicit", "Cells");
        for (var i = from; i < to; i++)
        {
            var pair = pairs[i];
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(pair.Name).Close();
            table.OpenCell(1, "number measured", pair.Total);
            html.Text(pair.Total.ToString(CultureInfo.InvariantCulture) + " ");
            Bars.Share(html, (double)pair.Total / pairs[0].Total);
            html.Close();
            table.Cell(2, pair.Direct.ToString(CultureInfo.InvariantCulture), "number");
            table.Cell(3, pair.Indirect.ToString(CultureInfo.InvariantCulture), "number");
            table.Cell(4, pair.Implicit.ToString(CultureInfo.InvariantCulture), "number");
            table.Cell(5, pair.Cells.Count.ToString(CultureInfo.InvariantCulture), "number");
            table.EndRow();
        }
        table.End();
    }

    private static void List(Page page, string kind, string title, string caption, List<JsonElement> conflicts)
    {
        if (conflicts.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var isGrouped = kind == "indirect";
        var hasKpi = conflicts.Exists(conflict => conflict.Has("kpi"));
        var hasGain = conflicts.Exists(conflict => conflict.Has("loop_gain"));
        page.Section(kind, title);
        string[] columns =
        [
            "Functions", "Cell", .. isGrouped ? (ReadOnlySpan<string>)["Group"] : [], .. hasKpi ? (ReadOnlySpan<string>)["KPI", "Before", "Earlier one only", "Both", "p"] : [],
            "Commands", .. hasGain ? (ReadOnlySpan<string>)["Loop gain"] : [], "Advice",
        ];
        var table = new HtmlTable(html, caption, "stack sortable", columns);
        var shown = 0;
        foreach (var conflict in conflicts.Take(Page.RowsMax))
        {
            var column = 0;
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(ConflictPair.NameOf(conflict)).Close();
            Named(html, table, ++column, conflict.Text("targetCell"));
            if (isGrouped)
            {
                Named(html, table, ++column, conflict.Text("groupName"));
            }
            if (hasKpi)
            {
                column = Kpi(html, table, column, conflict.Member("kpi"));
            }
            var places = conflict.Numbers("commands");
            table.OpenCell(++column, "number", places.Length > 0 ? places[0] : double.NaN);
            html.Text(places.Length == 2 ? $"{Words.Number(places[0])} and {Words.Number(places[1])}" : Words.None).Close();
            if (hasGain)
            {
                table.Cell(++column, Words.Number(conflict.Number("loop_gain")), "number", conflict.Number("loop_gain"));
            }
            table.Cell(++column, Advice(conflict.Member("advice")));
            table.EndRow();
            shown++;
        }
        table.End();
        page.More(conflicts.Count, shown, "conflicts of this class");
        html.CloseLine();
    }

    private static int Kpi(HtmlWriter html, HtmlTable table, int column, JsonElement kpi)
    {
        Named(html, table, ++column, kpi.Text("metric"));
        foreach (var member in (ReadOnlySpan<string>)["before", "earlier_only", "both"])
        {
            table.Cell(++column, Words.Number(kpi.Number(member)), "number", kpi.Number(member));
        }
        table.Cell(++column, Words.PValue(kpi.Number("p_value")), "number", kpi.Number("p_value"));
        return column;
    }

    private static void Named(HtmlWriter html, HtmlTable table, int column, string name)
    {
        table.OpenCell(column);
        html.BreakableText(name.Length > 0 ? Words.Cut(name, StrangeLoopSections.NameMax) : Words.None).Close();
    }

    private static string Advice(JsonElement advice)
    {
        var order = OptimizationSections.Names(advice, "precedence");
        return advice.Has("damping") ? $"multiply every change by {Words.Number(advice.Number("damping"))}" : order.Count > 0 ? LoopGainSections.InOrder(order) : Words.None;
    }
}
