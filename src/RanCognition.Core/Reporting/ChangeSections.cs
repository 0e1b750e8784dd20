using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What is to be set, and what that is expected to do.</summary>
internal static class ChangeSections
{
    private const int NameMax = 120;

    /// <summary>Changes that stand open; the others are folded away.</summary>
    private const int OpenMax = 30;

    public static void Actions(Page page, JsonElement result)
    {
        var actions = result.Objects("actions");
        if (actions.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("changes", "What to change");
        Table(html, "Only what changes is listed", actions.Take(OpenMax));
        if (actions.Count > OpenMax)
        {
            html.Open("details", "more").Element("summary", Words.Count(actions.Count - OpenMax, "other change"));
            Table(html, "The other changes", actions.Skip(OpenMax).Take(Page.RowsMax));
            page.More(actions.Count, OpenMax + Page.RowsMax, "changes");
            html.CloseLine();
        }
        html.CloseLine();
    }

    private static void Table(HtmlWriter html, string caption, IEnumerable<JsonElement> actions)
    {
        var table = new HtmlTable(html, caption, "stack sortable", "Managed object", "Attribute", "Before", "After");
        foreach (var action in actions)
        {
            table.BeginRow();
            table.Head(Words.Cut(action.Text("managedObject"), NameMax));
            table.Cell(1, Words.Cut(action.Text("attribute"), NameMax));
            Value(html, table, 2, action, "before");
            Value(html, table, 3, action, "after");
            table.EndRow();
        }
        table.End();
    }

    private static void Value(HtmlWriter html, HtmlTable table, int column, JsonElement action, string name)
    {
        table.OpenCell(column, double.IsNaN(action.Number(name)) ? null : "number", action.Number(name)); // a text may break
        html.Text(EpisodeCard.ValueOf(action, name)).Close();
    }

    public static void Expected(Page page, JsonElement expected)
    {
        if (expected.ValueKind != JsonValueKind.Object || !expected.EnumerateObject().Any())
        {
            return;
        }
        var html = page.Html;
        page.Section("expected", "What is expected of it");
        var table = new HtmlTable(html, "Metrics as computed for the network before and after", "stack sortable", "Metric", "Before", "After", "Difference");
        int total = 0, shown = 0;
        foreach (var metric in expected.EnumerateObject())
        {
            if (total++ >= Page.RowsMax)
            {
                continue;
            }
            shown++;
            double before = metric.Value.Number("before"), after = metric.Value.Number("after"), difference = after - before;
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(OptimizationSections.MetricName(metric.SafeName()), NameMax)).Close();
            table.Cell(1, Words.Number(before), "number", before);
            table.Cell(2, Words.Number(after), "number", after);
            table.Cell(3, Difference(before, difference), "number", difference);
            table.EndRow();
        }
        table.End();
        page.More(total, shown, "metrics");
        html.CloseLine();
    }

    private static string Difference(double before, double difference)
    {
        if (!double.IsFinite(difference))
        {
            return Words.None;
        }
        if (difference == 0)
        {
            return "none";
        }
        // A share of a value below zero, such as a sum of logarithms, says nothing.
        var share = before > 0 ? difference / before : double.NaN;
        return EpisodeCard.Signed(difference) + (double.IsFinite(share) ? $" ({(share > 0 ? "+" : "-")}{Words.Percent(Math.Abs(share))})" : "");
    }
}
