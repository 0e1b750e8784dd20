using System.Text.Json;

namespace RanCognition.Reporting;

internal static partial class TemporalSections
{
    private const int TimelineRows = 48;

    /// <summary>On a page of several problems each shows fewer.</summary>
    private const int TimelineRowsInner = 12;

    private static void Patterns(Page page, JsonElement result)
    {
        var patterns = result.Objects("patterns");
        if (patterns.Count == 0)
        {
            return;
        }
        var html = page.Html;
        html.Open("section").Element(page.H(), "Patterns in the history");
        var table = new HtmlTable(html, "Patterns that passed their test", "stack", "Pattern", "Metric", "From", "To", "Confidence", "p-value", "Measured");
        foreach (var pattern in patterns.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Name(PatternType(pattern)));
            table.OpenCell(1, "name");
            html.BreakableText(pattern.Text("metric")).Close();
            table.Cell(2, Words.Time(pattern.Nanoseconds("start_time")), "time");
            table.Cell(3, Words.Time(pattern.Nanoseconds("end_time")), "time");
            table.Cell(4, Words.Percent(pattern.Number("confidence")), "number");
            table.Cell(5, Words.PValue(pattern.Number("p_value")), "number");
            table.Cell(6, Parameters(pattern.Member("parameters")));
            table.EndRow();
        }
        table.End();
        page.More(patterns.Count, Page.RowsMax, "patterns");
        html.CloseLine();
    }

    /// <summary>The type's name, also when it is written as serde writes a variant with a value: {"Custom":"name"}.</summary>
    private static string PatternType(JsonElement pattern)
    {
        var type = pattern.Member("pattern_type");
        if (type.ValueKind == JsonValueKind.Object)
        {
            foreach (var variant in type.EnumerateObject())
            {
                return variant.Value.AsText() is { Length: > 0 } name ? name : variant.SafeName();
            }
        }
        return type.AsText();
    }

    private static string Parameters(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        var parts = new List<string>();
        foreach (var parameter in parameters.EnumerateObject().Take(12))
        {
            var name = parameter.SafeName();
            var value = parameter.Value.ValueKind == JsonValueKind.Number ? Words.Measured(name, parameter.Value.AsNumber()) : parameter.Value.AsText();
            parts.Add($"{Words.MeasuredName(name).ToLowerInvariant()}\u00A0{value}");
        }
        return string.Join(", ", parts);
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
        if (result.Has("expansion_factor"))
        {
            parts.Add($"{Words.Number(result.Number("expansion_factor"))} alternative futures were simulated over the window.");
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
            table.Cell(6, Words.Percent(metric.Number("explained_variance")), "number");
            table.Cell(7, metric.Text("model"));
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
        var table = new HtmlTable(page.Html, "Expanded timeline", "stack", "Time", "Variance explained", "Constraints in force", "Quantiles");
        // Evenly spread, first and last included.
        var rows = Math.Min(timeline.Count, page.IsInner ? TimelineRowsInner : TimelineRows);
        for (var row = 0; row < rows && !page.Html.IsFull; row++)
        {
            var point = timeline[rows == 1 ? 0 : (int)((long)row * (timeline.Count - 1) / (rows - 1))];
            table.BeginRow();
            table.Head(Words.Time(point.Nanoseconds("timestamp")));
            table.Cell(1, Words.Percent(point.Number("consciousness_factor")), "number");
            table.Cell(2, string.Join(", ", ConstraintNames(point)));
            table.Cell(3, Flat(point.Member("quantiles"), 0));
            table.EndRow();
        }
        table.End();
        page.More(timeline.Count, rows, "points of the timeline");
    }

    /// <summary>"RRU.PrbTotDl: p05 31.2, p50 44, p95 61.1" for each metric.</summary>
    private static string Flat(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when depth > 3 => "…",
        JsonValueKind.Object => string.Join(depth == 0 ? "; " : ", ", value.EnumerateObject().Take(16).Select(member =>
            member.SafeName() + (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? ": " : "\u00A0") + Flat(member.Value, depth + 1))),
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

    private static void Ignored(Page page, JsonElement result)
    {
        var ignored = result.Objects("ignored");
        if (ignored.Count == 0)
        {
            return;
        }
        var html = page.Html;
        html.Open("section").Element(page.H(), "Input that was not used");
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
