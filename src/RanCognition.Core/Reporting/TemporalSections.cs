using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The sections of one temporal result: answer, limits, insights, metrics, patterns, and how it was computed.</summary>
internal static partial class TemporalSections
{
    /// <summary>Members that have a section of their own; all others are shown as they are.</summary>
    private static readonly string[] Known =
    [
        "timeline_id", "problem_id", "network_id", "expansion_factor", "temporal_resolution", "patterns", "insights", "predictions", "verdicts",
        "metrics", "series", "timeline", "confidence", "execution_time", "performance_metrics", "ignored", "scenarios", "seed", "base_duration", "expanded_duration",
        "deadline_reached", "objectives", .. ExpansionSections.Known,
    ];

    public static bool Recognises(JsonElement result) =>
        result.Count("predictions") > 0 || result.Count("patterns") > 0 || result.Count("insights") > 0 || result.Count("series") > 0
        || result.Has("timeline_id") || (result.Has("problem_id") && result.Has("timeline"));

    /// <summary>The title of a result that does not name itself.</summary>
    public const string TitleWithoutName = "Temporal analysis";

    public static string TitleOf(JsonElement result)
    {
        foreach (var name in (ReadOnlySpan<string>)["problem_id", "timeline_id", "network_id"])
        {
            if (result.Text(name) is { Length: > 0 } id)
            {
                return id;
            }
        }
        return TitleWithoutName;
    }

    /// <summary>Everything below the title.</summary>
    public static void Write(Page page, JsonElement result)
    {
        Answer(page, result);
        VerdictSections.Write(page, result);
        InsightSections.Write(page, result);
        MetricSections.Write(page, MetricView.Gather(result));
        if (ExpansionSections.Recognises(result))
        {
            ExpansionSections.Write(page, result);
        }
        if (page.IsBrief)
        {
            return;
        }
        Objectives(page, result);
        PatternSections.Write(page, result.Objects("patterns"));
        Computation(page, result);
        Ignored(page, result);
        GenericSections.Others(page, result, Known, "Other fields of the result");
    }

    /// <summary>Whether this is a bare list of patterns or predictions.</summary>
    public static bool RecognisesList(JsonElement root) => root.Objects().Exists(item => item.Has("pattern_type") || item.Has("predicted_value"));

    public static string TitleOfList(JsonElement root) => root.Objects().Exists(item => item.Has("pattern_type")) ? "Patterns" : "Forecasts";

    /// <summary>A bare list of patterns or predictions.</summary>
    public static void WriteList(Page page, JsonElement root)
    {
        var items = root.Objects();
        MetricSections.Write(page, MetricView.Gather(items.FindAll(item => !item.Has("pattern_type"))));
        PatternSections.Write(page, items.FindAll(item => item.Has("pattern_type")));
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
        html.Element("p", outlook.Answer, "lead");
        if (result.Member("deadline_reached").ValueKind == JsonValueKind.True)
        {
            html.Element("p", "The time given was too short for all of it: what is shown was computed, the rest is missing.", "note");
        }
        html.CloseLine();
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
}
