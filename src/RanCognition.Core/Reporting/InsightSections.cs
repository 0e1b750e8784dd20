using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The findings in words, most important first; what was said once of a limit is not said again of each time it was broken.</summary>
internal static class InsightSections
{
    private const int InsightsMax = 50;

    /// <summary>Those below are folded away.</summary>
    private const int ShownMax = 5;

    /// <summary>All that is told on a page of very many problems.</summary>
    private const int BriefMax = 3;

    private const int EvidenceMax = 6;

    public static void Write(Page page, JsonElement result)
    {
        var insights = Grouped(result);
        if (insights.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("findings", "What was found");
        html.Open("ol", "insights").Raw("\n");
        foreach (var (insight, repeats) in insights.Take(page.IsBrief ? BriefMax : ShownMax))
        {
            One(page, result, insight, repeats);
        }
        html.Close();
        if (page.IsBrief)
        {
            page.More(insights.Count, BriefMax, "findings");
        }
        else if (insights.Count > ShownMax)
        {
            html.Open("details", "more").Element("summary", Words.Count(insights.Count - ShownMax, "more finding"));
            html.Open("ol", "insights", ("start", (ShownMax + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))).Raw("\n");
            foreach (var (insight, repeats) in insights.Skip(ShownMax).Take(InsightsMax - ShownMax))
            {
                One(page, result, insight, repeats);
            }
            html.Close();
            page.More(insights.Count, InsightsMax, "insights");
            html.Close();
        }
        html.CloseLine();
    }

    /// <summary>Insights by importance; of those about one broken limit only the worst, with the number of the others.</summary>
    private static List<(JsonElement Insight, int Repeats)> Grouped(JsonElement result)
    {
        var grouped = new List<(JsonElement Insight, int Repeats)>();
        var places = new Dictionary<string, (int Place, double Excess)>(StringComparer.Ordinal);
        foreach (var insight in Outlook.RankedInsights(result))
        {
            var pattern = PatternOf(result, insight);
            if (PatternSections.TypeOf(pattern) != PatternSections.ConstraintViolation)
            {
                grouped.Add((insight, 0));
                continue;
            }
            var key = pattern.Text("constraint") + "\n" + pattern.Text("metric");
            var excess = pattern.Member("parameters").Number("worst_excess");
            if (!places.TryGetValue(key, out var known))
            {
                places.Add(key, (grouped.Count, excess));
                grouped.Add((insight, 0));
                continue;
            }
            var isWorse = excess > known.Excess;
            grouped[known.Place] = (isWorse ? insight : grouped[known.Place].Insight, grouped[known.Place].Repeats + 1);
            places[key] = (known.Place, isWorse ? excess : known.Excess);
        }
        return grouped;
    }

    private static JsonElement PatternOf(JsonElement result, JsonElement insight)
    {
        var fields = insight.Member("fields");
        if (fields.ValueKind == JsonValueKind.Array && fields.GetArrayLength() > 0)
        {
            var parts = fields[0].AsText().Split('/');
            if (parts.Length >= 3 && parts[1] == "patterns")
            {
                return result.Resolve("/patterns/" + parts[2]);
            }
        }
        return default;
    }

    private static void One(Page page, JsonElement result, JsonElement insight, int repeats)
    {
        var html = page.Html;
        html.Open("li").Element("p", insight.Text("description"));
        html.Open("p", "meta");
        var impact = insight.Text("impact");
        var rank = Outlook.ImpactRank(insight);
        if (rank > 0)
        {
            TemporalSections.Chip(html, rank == 4 ? Standing.Bad : rank == 3 ? Standing.Watch : Standing.Unknown, Words.Name(impact) + " impact");
            html.Text(" ");
        }
        else if (Outlook.IsImpact(impact))
        {
            TemporalSections.Chip(html, Standing.Unknown, "For information");
            html.Text(" ");
        }
        html.Text("Confidence " + Words.Percent(insight.Number("confidence")));
        if (insight.Member("actionable").ValueKind == JsonValueKind.True)
        {
            html.Text(" · can be acted on");
        }
        if (repeats > 0)
        {
            html.Text($" · the worst of {Words.Count(repeats + 1, "time")}; the others are below, under patterns");
        }
        html.Close();
        if (!page.IsBrief)
        {
            Evidence(html, result, insight);
        }
        html.CloseLine();
    }

    /// <summary>The fields that a sentence is made of, each with its value; folded away.</summary>
    public static void Evidence(HtmlWriter html, JsonElement result, JsonElement sentence)
    {
        if (sentence.Count("fields") == 0)
        {
            return;
        }
        html.Open("details", "why").Element("summary", "Evidence").Open("p", "evidence").Text("From ");
        var first = true;
        foreach (var field in sentence.Member("fields").EnumerateArray().Take(EvidenceMax))
        {
            var pointer = field.AsText();
            var value = result.Resolve(pointer);
            var name = pointer[(pointer.LastIndexOf('/') + 1)..];
            html.Text(first ? "" : ", ").Element("code", pointer);
            first = false;
            if (value.ValueKind == JsonValueKind.Number)
            {
                html.Text(" = " + Words.Measured(name, value));
            }
            else if (value.AsText() is { Length: > 0 } text)
            {
                html.Text(" = " + text);
            }
        }
        html.Close().Close();
    }
}
