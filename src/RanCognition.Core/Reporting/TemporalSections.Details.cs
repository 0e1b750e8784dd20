using System.Text.Json;

namespace RanCognition.Reporting;

internal static partial class TemporalSections
{
    private const int TimelineRows = 48;

    /// <summary>On a page of several problems each shows fewer.</summary>
    private const int TimelineRowsInner = 12;

    private static void Objectives(Page page, JsonElement result)
    {
        var objectives = result.Objects("objectives");
        if (objectives.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("objectives", "Objectives");
        var table = new HtmlTable(html, "Where each objective is heading over the window, without any action", "stack", "Objective", "Now", "Expected (5 to 95 %)", "Chance to end better");
        foreach (var objective in objectives.Take(Page.RowsMax))
        {
            double middle = objective.Number("p50"), lower = objective.Number("p05"), upper = objective.Number("p95");
            table.BeginRow();
            table.OpenHead();
            html.Text(objective.Text("objective"));
            if (objective.Text("reason") is { Length: > 0 } reason)
            {
                html.Element("span", reason, "note reason");
            }
            html.Close();
            table.Cell(1, Words.Number(objective.Number("now")), "number");
            table.Cell(2, double.IsNaN(middle) ? Words.None : $"{Words.NumberWithin(middle, upper - lower)} ({Words.Interval(lower, upper)})", "number");
            table.Cell(3, Words.Percent(objective.Number("probability_better")), "number");
            table.EndRow();
        }
        table.End();
        page.More(objectives.Count, Page.RowsMax, "objectives");
        html.CloseLine();
    }

    private static void Computation(Page page, JsonElement result)
    {
        var timeline = result.Objects("timeline");
        var metrics = result.Objects("metrics");
        var performance = result.Member("performance_metrics");
        if (timeline.Count == 0 && metrics.Count == 0 && !result.Has("expansion_factor") && performance.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        var html = page.Html;
        html.Open("details", "more").Element("summary", "How this was computed").Raw("\n");
        if (Scope(result, timeline) is { Length: > 0 } scope)
        {
            html.Element("p", scope);
        }
        MetricTable(page, metrics);
        TimelineTable(page, timeline);
        if (performance.ValueKind == JsonValueKind.Object)
        {
            html.Element(page.H(1), "Cost");
            GenericSections.Value(page, performance, "performance_metrics", 1);
        }
        html.CloseLine();
    }

    private static string Scope(JsonElement result, List<JsonElement> timeline)
    {
        var parts = new List<string>();
        var futures = result.Number(result.Has("scenarios") ? "scenarios" : "expansion_factor");
        if (!double.IsNaN(futures) && !ExpansionSections.Recognises(result))
        {
            parts.Add($"{Words.Number(futures)} alternative futures were simulated over the window"
                + (result.Has("base_duration") ? $" of {Words.Duration(result.Number("base_duration"))}" : "") + (result.Has("seed") ? $", seed {result.Text("seed")}." : "."));
        }
        if (result.Has("temporal_resolution"))
        {
            parts.Add($"The expanded timeline has {Words.Number(result.Number("temporal_resolution"))} points.");
        }
        if (timeline.Count > 1)
        {
            double first = timeline[0].Number("consciousness_factor"), last = timeline[^1].Number("consciousness_factor");
            if (!double.IsNaN(first) && !double.IsNaN(last))
            {
                parts.Add($"The forecast explains {Words.Percent(first)} of the variance at its first point and {Words.Percent(last)} at its last.");
            }
        }
        return string.Join(" ", parts);
    }

    private static void MetricTable(Page page, List<JsonElement> metrics)
    {
        if (metrics.Count == 0)
        {
            return;
        }
        var table = new HtmlTable(page.Html, "History that was used", "stack", "Metric", "Samples", "Step", "From", "To", "Seasons", "Variance explained", "Model");
        foreach (var metric in metrics.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(metric.Text("metric"));
            table.Cell(1, Words.Number(metric.Number("samples")) + (metric.Number("missing") > 0 ? $" ({Words.Number(metric.Number("missing"))} missing)" : ""), "number");
            table.Cell(2, Words.Duration(metric.Number("step_ns")), "number");
            table.Cell(3, Words.Time(metric.Nanoseconds("start_ns")), "time");
            table.Cell(4, Words.Time(metric.Nanoseconds("end_ns")), "time");
            table.Cell(5, MetricSections.Seasons(metric) is { Length: > 0 } seasons ? seasons : "none");
            table.Cell(6, MetricSections.Explained(metric) is { Length: > 0 } explained ? explained : Words.None);
            table.Cell(7, Words.Name(metric.Text("model")));
            table.EndRow();
        }
        table.End();
        page.More(metrics.Count, Page.RowsMax, "metrics");
    }

    private static void TimelineTable(Page page, List<JsonElement> timeline)
    {
        if (timeline.Count == 0)
        {
            return;
        }
        var table = new HtmlTable(page.Html, "Expanded timeline", "stack", "Ahead", "Variance explained", "Constraints in force", "Median (5 to 95 %)");
        // Evenly spread, first and last included.
        var rows = Math.Min(timeline.Count, page.IsInner ? TimelineRowsInner : TimelineRows);
        for (var row = 0; row < rows && !page.Html.IsFull; row++)
        {
            var point = timeline[rows == 1 ? 0 : (int)((long)row * (timeline.Count - 1) / (rows - 1))];
            table.BeginRow();
            table.Head(Words.Duration(point.Number("base_time")));
            table.Cell(1, Words.Percent(point.Number("consciousness_factor")), "number");
            table.Cell(2, string.Join(", ", ConstraintNames(point)));
            table.Cell(3, Quantiles(point.Member("quantiles")));
            table.EndRow();
        }
        table.End();
        page.More(timeline.Count, rows, "points of the timeline");
    }

    /// <summary>"RRU.PrbTotDl 44 (31.2 to 61.1)" for each metric.</summary>
    private static string Quantiles(JsonElement quantiles)
    {
        if (quantiles.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        return string.Join("; ", quantiles.EnumerateObject().Take(16).Select(metric =>
        {
            var values = quantiles.Numbers(metric.SafeName());
            return metric.SafeName() + "\u00A0" + (values.Length == 5
                ? $"{Words.NumberWithin(values[2], values[4] - values[0])} ({Words.Interval(values[0], values[4])})"
                : Flat(metric.Value, 1));
        }));
    }

    private static string Flat(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when depth > 3 => "…",
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Take(16).Select(member => member.SafeName() + "\u00A0" + Flat(member.Value, depth + 1))),
        JsonValueKind.Array => depth > 3 ? "…" : string.Join(", ", value.EnumerateArray().Take(16).Select(item => Flat(item, depth + 1))),
        JsonValueKind.Number => Words.Number(value.AsNumber()),
        JsonValueKind.Undefined => "",
        _ => value.AsText(),
    };

    private static IEnumerable<string> ConstraintNames(JsonElement point)
    {
        var constraints = point.Member("constraints");
        if (constraints.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }
        foreach (var constraint in constraints.EnumerateArray().Take(8))
        {
            yield return constraint.ValueKind == JsonValueKind.Object ? constraint.Text("id") : constraint.AsText();
        }
    }

    internal static void Ignored(Page page, JsonElement result)
    {
        var ignored = result.Objects("ignored");
        if (ignored.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("unused-input", "Input that was not used");
        var table = new HtmlTable(html, "Fields that were not understood, with the reason", "stack", "Field", "Reason");
        foreach (var entry in ignored.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(entry.Text("field"));
            table.Cell(1, entry.Text("reason"));
            table.EndRow();
        }
        table.End();
        page.More(ignored.Count, Page.RowsMax, "fields");
        html.CloseLine();
    }
}
