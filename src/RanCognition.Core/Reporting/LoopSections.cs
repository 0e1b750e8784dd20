using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One loop of a state: each metric with its corrections, the bounds, its models, what it changed in itself, and what it did last.</summary>
internal static class LoopSections
{
    /// <summary>Metrics of each loop where there are so many loops that only the essentials are told.</summary>
    private const int BriefMax = 8;

    public static void Write(Page page, LoopView loop)
    {
        var html = page.Html;
        html.Element("p", $"Last heard of: {Words.Time(loop.Loop.Nanoseconds("time_ns"))}. {Words.Number(loop.Outcomes)} {(loop.Outcomes == 1 ? "outcome was" : "outcomes were")} told.", "note");
        Metrics(page, loop);
        if (page.IsBrief)
        {
            return;
        }
        LoopBoundSections.Write(page, loop.Regret, loop.Coverage);
        WeightSections.Write(page, LoopReplySections.Members(loop.Loop.Member("experts").Member("weights")));
        TuningSections.Write(page, loop);
        Actions(page, loop.Loop.Objects("actions"));
    }

    private static void Metrics(Page page, LoopView loop)
    {
        if (loop.Metrics.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("metrics", "Metrics and their corrections");
        var table = new HtmlTable(html, "A prediction is multiplied by gain, and bias is added; width: of the corrected interval over that of the prediction", "stack sortable",
            "Metric", "Outcomes", "Held", "Target and bound", "Gain", "Bias", "Width", "Waits for");
        var shown = 0;
        foreach (var member in loop.Metrics.Take(page.IsBrief ? BriefMax : Page.RowsMax))
        {
            var metric = member.Value;
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(member.SafeName(), StrangeLoopSections.NameMax)).Close();
            table.Cell(1, Words.Number(metric.Number("observations")), "number", metric.Number("observations"));
            LoopBoundSections.Coverage(html, table, 2, CoverageView.Of(metric.Member("coverage")));
            table.Cell(4, Words.Number(metric.Number("gain")), "number", metric.Number("gain"));
            table.Cell(5, Words.Number(metric.Number("bias")), "number", metric.Number("bias"));
            table.Cell(6, LoopReplySections.Width(metric.Member("interval_scale")), "number", metric.Number("interval_scale"));
            table.Cell(7, Open(metric.Member("open")));
            table.EndRow();
            shown++;
        }
        table.End();
        page.More(loop.Metrics.Count, shown, "metrics");
        html.CloseLine();
    }

    private static string Open(JsonElement open) => open.ValueKind != JsonValueKind.Object ? "nothing"
        : open.Member("has_interval").ValueKind == JsonValueKind.True ? $"{Words.Number(open.Number("corrected_mean"))}; {LoopReplySections.Interval(open)}" : Words.Number(open.Number("corrected_mean"));

    private static void Actions(Page page, List<JsonElement> actions)
    {
        if (actions.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("actions", "What it did last");
        var table = new HtmlTable(html, "The last change of each attribute", "stack sortable", "Managed object", "Attribute", "Before", "After");
        foreach (var action in actions.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(action.Text("managedObject"), StrangeLoopSections.NameMax)).Close();
            table.Cell(1, Words.Cut(action.Text("attribute"), StrangeLoopSections.NameMax));
            table.Cell(2, Value(action.Member("before")));
            table.Cell(3, Value(action.Member("after")));
            table.EndRow();
        }
        table.End();
        page.More(actions.Count, Page.RowsMax, "changes");
        html.CloseLine();
    }

    private static string Value(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? Words.None
        : Words.Cut(value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.Raw() : value.AsText(), StrangeLoopSections.NameMax);
}
