using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The sections of one temporal result: answer, limits, insights, metrics, patterns, and how it was computed.</summary>
internal static partial class TemporalSections
{
    private const int InsightsMax = 50;
    private const int EvidenceMax = 6;

    /// <summary>Members that have a section of their own; all others are shown as they are.</summary>
    private static readonly string[] Known =
    [
        "timeline_id", "problem_id", "network_id", "expansion_factor", "temporal_resolution", "patterns", "insights", "predictions", "verdicts",
        "metrics", "series", "timeline", "confidence", "execution_time", "performance_metrics", "ignored",
    ];

    public static bool Recognises(JsonElement result) =>
        result.Count("predictions") > 0 || result.Count("patterns") > 0 || result.Count("insights") > 0 || result.Count("series") > 0
        || result.Has("timeline_id") || (result.Has("problem_id") && result.Has("timeline"));

    public static string TitleOf(JsonElement result)
    {
        foreach (var name in (ReadOnlySpan<string>)["problem_id", "timeline_id", "network_id"])
        {
            if (result.Text(name) is { Length: > 0 } id)
            {
                return id;
            }
        }
        return "Temporal analysis";
    }

    /// <summary>Everything below the title.</summary>
    public static void Write(Page page, JsonElement result)
    {
        Answer(page, result);
        Verdicts(page, result);
        Insights(page, result);
        MetricSections.Write(page, result);
        Patterns(page, result);
        Computation(page, result);
        Ignored(page, result);
        GenericSections.Others(page, result, Known, "Other fields of the result");
    }

    public static void Chip(HtmlWriter html, Standing standing, string label) =>
        html.Element("span", label, "chip " + Outlook.CssClass(standing));

    private static void Answer(Page page, JsonElement result)
    {
        var html = page.Html;
        var outlook = Outlook.Of(result);
        html.Open("div", "answer " + Outlook.CssClass(outlook.Standing));
        if (!page.IsInner)
        {
            Chip(html, outlook.Standing, outlook.Label);
        }
        html.Element("p", outlook.Answer, "lead").CloseLine();
        html.Open("dl", "facts");
        if (outlook.Judged > 0)
        {
            Fact(html, "Limits at risk", $"{outlook.AtRisk} of {outlook.Judged}" + (outlook.Unjudged > 0 ? $", {outlook.Unjudged} unknown" : ""));
        }
        var predictions = result.Objects("predictions");
        if (predictions.Count > 0)
        {
            Fact(html, "Looks ahead", Words.Duration(predictions.Max(prediction => prediction.Nanoseconds("time_horizon") ?? 0)));
        }
        if (result.Text("network_id") is { Length: > 0 } network)
        {
            Fact(html, "Network", network);
        }
        if (result.Has("confidence"))
        {
            Fact(html, "Confidence", Words.Percent(result.Number("confidence")));
        }
        if (result.Has("scenarios"))
        {
            Fact(html, "Futures simulated", Words.Number(result.Number("scenarios")));
        }
        if (result.Has("execution_time"))
        {
            Fact(html, "Computed in", Words.Duration(result.Number("execution_time")));
        }
        html.CloseLine();
    }

    private static void Fact(HtmlWriter html, string name, string value) =>
        html.Open("div").Element("dt", name).Element("dd", value).Close();

    private static void Verdicts(Page page, JsonElement result)
    {
        var verdicts = result.Objects("verdicts");
        if (verdicts.Count == 0)
        {
            return;
        }
        var html = page.Html;
        html.Open("section").Element(page.H(), "Limits");
        var table = new HtmlTable(html, "Chance that each limit is broken within the window, most at risk first", "stack",
            "Limit", "Chance of being broken", "First expected", "Margin (5 to 95 %)", "Futures");
        foreach (var verdict in verdicts.OrderBy(verdict => Outlook.Holds(verdict) is var p && double.IsNaN(p) ? 2 : p).Take(Page.RowsMax))
        {
            var holds = Outlook.Holds(verdict);
            var standing = double.IsNaN(holds) ? Standing.Unknown : holds < Outlook.LikelyBrokenBelow ? Standing.Bad
                : holds < Outlook.AtRiskBelow ? Standing.Watch : Standing.Good;
            table.BeginRow();
            table.Head(Outlook.Expression(verdict));
            table.OpenCell(1, "number");
            Chip(html, standing, double.IsNaN(holds) ? "unknown" : Words.Percent(1 - holds));
            html.Close();
            var reason = verdict.Text("reason");
            var first = verdict.Nanoseconds("first_violation_ns");
            table.Cell(2, first is not null ? Words.Time(first) : double.IsNaN(holds) && reason.Length > 0 ? reason : holds == 1 ? "never" : Words.None);
            table.Cell(3, Margin(verdict), "number");
            table.Cell(4, Words.Number(verdict.Number("scenarios")), "number");
            table.EndRow();
        }
        table.End();
        page.More(verdicts.Count, Page.RowsMax, "limits");
        html.Element("p", "Margin: distance to the limit in the metric's own unit, median over the simulated futures; negative means broken.", "note");
        html.CloseLine();
    }

    private static string Margin(JsonElement verdict)
    {
        double middle = verdict.Number("robustness"), lower = verdict.Number("robustness_lower"), upper = verdict.Number("robustness_upper");
        if (double.IsNaN(middle))
        {
            return Words.None;
        }
        var text = Words.NumberWithin(middle, upper - lower);
        return double.IsNaN(lower) || double.IsNaN(upper) ? text : $"{text} ({Words.Interval(lower, upper)})";
    }

    private static void Insights(Page page, JsonElement result)
    {
        var insights = Outlook.RankedInsights(result);
        if (insights.Count == 0)
        {
            return;
        }
        var html = page.Html;
        html.Open("section").Element(page.H(), "What was found").Open("ol", "insights").Raw("\n");
        foreach (var insight in insights.Take(InsightsMax))
        {
            var rank = Outlook.ImpactRank(insight);
            html.Open("li").Element("p", insight.Text("description"));
            html.Open("p", "meta");
            var impact = insight.Text("impact");
            if (Outlook.IsImpact(impact))
            {
                Chip(html, rank == 4 ? Standing.Bad : rank == 3 ? Standing.Watch : Standing.Unknown, Words.Name(impact) + " impact");
                html.Text(" ");
            }
            html.Text("Confidence " + Words.Percent(insight.Number("confidence")));
            if (insight.Member("actionable").ValueKind == JsonValueKind.True)
            {
                html.Text(" · can be acted on");
            }
            html.Close();
            Evidence(html, result, insight);
            html.CloseLine();
        }
        html.Close();
        page.More(insights.Count, InsightsMax, "insights");
        html.CloseLine();
    }

    private static void Evidence(HtmlWriter html, JsonElement result, JsonElement insight)
    {
        var fields = insight.Member("fields");
        if (fields.ValueKind != JsonValueKind.Array || fields.GetArrayLength() == 0)
        {
            return;
        }
        html.Open("p", "evidence").Text("From ");
        var first = true;
        foreach (var field in fields.EnumerateArray().Take(EvidenceMax))
        {
            var pointer = field.AsText();
            var value = result.Resolve(pointer);
            var name = pointer[(pointer.LastIndexOf('/') + 1)..];
            html.Text(first ? "" : ", ").Element("code", pointer);
            first = false;
            if (value.ValueKind == JsonValueKind.Number)
            {
                html.Text(" = " + Words.Measured(name, value.AsNumber()));
            }
            else if (value.ValueKind == JsonValueKind.String)
            {
                html.Text(" = " + value.AsText());
            }
        }
        html.Close();
    }
}
