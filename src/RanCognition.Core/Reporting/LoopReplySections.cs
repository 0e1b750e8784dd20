using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a loop expects next, as its own record corrects it, and how its record stands beside what is proven of it.</summary>
internal static class LoopReplySections
{
    public static readonly string[] Known = ["corrected", "bias", "gain", "interval_scale", "weights", "regret", "coverage", "level"];

    public static void Write(Page page, JsonElement result)
    {
        var regret = RegretView.Of(result.Member("regret"));
        var coverage = CoverageView.Of(result.Member("coverage"));
        Answer(page, result, regret, coverage);
        Corrected(page, result);
        LoopBoundSections.Write(page, regret, coverage);
        WeightSections.Write(page, Members(result.Member("weights")));
    }

    /// <summary>What the deepest level that has a part in the numbers does.</summary>
    public static string LevelName(double level) => level switch
    {
        0 => "0: predictions as they are given",
        1 => "1: predictions are corrected",
        2 => "2: the corrections tune themselves",
        3 => "3: the tuning tunes its own patience",
        _ => Words.Number(level),
    };

    private static void Answer(Page page, JsonElement result, RegretView regret, CoverageView coverage)
    {
        var html = page.Html;
        var standing = LoopBoundSections.StandingOf(regret, coverage);
        html.Open("div", "answer " + Outlook.CssClass(standing)).Element("p", Sentence(result.Member("corrected")), "lead");
        if (LoopBoundSections.Sentence(coverage) is { Length: > 0 } held)
        {
            html.Element("p", held);
        }
        html.CloseLine();
        html.Open("dl", "facts");
        MemorySections.Fact(html, "Level", LevelName(result.Number("level")));
        if (coverage.IsKnown)
        {
            MemorySections.Fact(html, "Predictions closed", Words.Number(coverage.Steps));
        }
        MemorySections.TimeFact(html, result);
        html.CloseLine();
    }

    private static string Sentence(JsonElement corrected)
    {
        var metrics = Members(corrected);
        if (metrics.Count == 0)
        {
            return "What was observed is taken in; no prediction is open.";
        }
        if (metrics.Count > 1)
        {
            return $"{Words.Count(metrics.Count, "metric is", "metrics are")} predicted, each corrected by the loop's own record.";
        }
        var forecast = metrics[0].Value;
        return $"{Words.Cut(metrics[0].SafeName(), StrangeLoopSections.NameMax)} is expected at {Words.Number(forecast.Number("mean"))}; interval: {Interval(forecast)}.";
    }

    /// <summary>An interval in words: one of whose bounds is null is open on that side.</summary>
    public static string Interval(JsonElement forecast)
    {
        double lower = forecast.Number("lower"), upper = forecast.Number("upper");
        if (forecast.Member("empty").ValueKind == JsonValueKind.True)
        {
            return "empty, no value is covered";
        }
        return (double.IsNaN(lower), double.IsNaN(upper)) switch
        {
            (true, true) => "unbounded, every value is covered",
            (true, false) => $"up to {Words.Number(upper)}",
            (false, true) => $"from {Words.Number(lower)} up",
            _ => Words.Interval(lower, upper),
        };
    }

    private static void Corrected(Page page, JsonElement result)
    {
        var corrected = Members(result.Member("corrected"));
        List<string> names = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in corrected)
        {
            names.Add(member.SafeName());
            seen.Add(member.SafeName());
        }
        foreach (var member in Members(result.Member("bias")))
        {
            if (seen.Add(member.SafeName()))
            {
                names.Add(member.SafeName()); // observed, and not predicted anew
            }
        }
        if (names.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("corrected", "Predictions and their corrections");
        var table = new HtmlTable(html, "Expected value: the prediction times gain plus bias; width: of the corrected interval over that of the prediction", "stack sortable",
            "Metric", "Expected", "Interval", "Gain", "Bias", "Width");
        foreach (var name in names.Take(Page.RowsMax))
        {
            var forecast = result.Member("corrected").Member(name);
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(name, StrangeLoopSections.NameMax)).Close();
            table.Cell(1, Words.Number(forecast.Number("mean")), "number", forecast.Number("mean"));
            table.OpenCell(2, "number measured", forecast.Number("lower"));
            IntervalCell(html, forecast);
            html.Close();
            Correction(table, 3, result, "gain", name);
            Correction(table, 4, result, "bias", name);
            table.Cell(5, Width(result.Member("interval_scale").Member(name)), "number", result.Member("interval_scale").Number(name));
            table.EndRow();
        }
        table.End();
        page.More(names.Count, Page.RowsMax, "metrics");
        html.CloseLine();
    }

    private static void IntervalCell(HtmlWriter html, JsonElement forecast)
    {
        if (forecast.ValueKind != JsonValueKind.Object)
        {
            html.Text("not predicted");
            return;
        }
        html.Text(Interval(forecast));
        double lower = forecast.Number("lower"), upper = forecast.Number("upper"), width = upper - lower;
        if (PlainPlot.IsDrawable(lower) && PlainPlot.IsDrawable(upper) && width > 0)
        {
            html.Text(" ");
            Bars.Range(html, forecast.Number("mean"), lower, upper, lower - width / 4, upper + width / 4);
        }
    }

    private static void Correction(HtmlTable table, int column, JsonElement result, string member, string name) =>
        table.Cell(column, Words.Number(result.Member(member).Number(name)), "number", result.Member(member).Number(name));

    /// <summary>A width over another; null is one without bounds.</summary>
    public static string Width(JsonElement scale) => scale.ValueKind == JsonValueKind.Null ? "unbounded" : scale.ValueKind == JsonValueKind.Number ? Words.Number(scale.AsNumber()) + "\u00A0×" : Words.None;

    /// <summary>The members of an object; none of anything else.</summary>
    public static List<JsonProperty> Members(JsonElement element) => element.ValueKind == JsonValueKind.Object ? [.. element.EnumerateObject()] : [];
}
