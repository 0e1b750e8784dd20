using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What is expected of a decision beside doing nothing, and everything that was weighed.</summary>
internal static class AlternativeSections
{
    private const int MetricsMax = 12;

    public static void Expected(Page page, DecisionView view)
    {
        var metrics = LoopReplySections.Members(view.Decision.Member("expected"));
        if (metrics.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var isCompared = view.Actions.Count > 0 && view.Nothing.ValueKind == JsonValueKind.Object;
        page.Section("expected", "What is expected of it");
        string[] columns = isCompared ? ["Metric", "Nothing done", "With the changes", "Difference"] : ["Metric", "Expected"];
        var table = new HtmlTable(html, "Median, and from the tenth to the ninetieth percentile (p10 to p90); the bars of a row have one scale", "stack sortable", columns);
        foreach (var metric in metrics.Take(Page.RowsMax))
        {
            var name = metric.SafeName();
            var nothing = isCompared ? view.Nothing.Member("expected").Member(name) : default;
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(name, 200)).Close();
            double low = Least(metric.Value.Number("p10"), nothing.Number("p10")), high = -Least(-metric.Value.Number("p90"), -nothing.Number("p90")), edge = (high - low) / 10;
            if (isCompared)
            {
                Quantiles(html, table, 1, nothing, low - edge, high + edge);
            }
            Quantiles(html, table, isCompared ? 2 : 1, metric.Value, low - edge, high + edge);
            if (isCompared)
            {
                var difference = metric.Value.Number("p50") - nothing.Number("p50");
                table.Cell(3, difference == 0 ? "none" : double.IsFinite(difference) ? EpisodeCard.Signed(difference) : Words.None, "number", difference);
            }
            table.EndRow();
        }
        table.End();
        page.More(metrics.Count, Page.RowsMax, "metrics");
        html.CloseLine();
    }

    public static void Write(Page page, DecisionView view)
    {
        if (view.Alternatives.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("alternatives", "What it was weighed against");
        var table = new HtmlTable(html, "Every alternative, with how likely all targets hold; guards that are named took it or a part of it out", "stack sortable", "Alternative", "Proposed by", "All targets hold", "Changes", "Guards", "Changes in words");
        var isChosenKnown = false;
        var shown = 0;
        foreach (var alternative in view.Alternatives.Take(Page.RowsMax))
        {
            if (html.IsFull)
            {
                break;
            }
            shown++;
            var actions = alternative.Objects("actions");
            var isChosen = !isChosenKnown && AreSame(actions, view.Actions);
            isChosenKnown |= isChosen;
            table.BeginRow();
            table.OpenHead();
            html.Text(shown.ToString(CultureInfo.InvariantCulture));
            if (isChosen)
            {
                html.Text(" ");
                TemporalSections.Chip(html, Standing.Good, "chosen");
            }
            html.Close();
            table.Cell(1, Words.Cut(SourceName(alternative.Text("source")), CognitionSections.NameMax));
            DecisionSections.Share(html, table, 2, alternative.Number("p_all_targets"));
            table.Cell(3, actions.Count.ToString(CultureInfo.InvariantCulture), "number", actions.Count);
            var vetoes = OptimizationSections.Names(alternative, "vetoes");
            table.Cell(4, vetoes.Count == 0 ? "none" : Words.Cut(string.Join(", ", vetoes), 300));
            table.OpenCell(5);
            SettingTables.Listed(html, actions, "do nothing");
            Metrics(html, LoopReplySections.Members(alternative.Member("expected")));
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(view.Alternatives.Count, shown, "alternatives");
        html.CloseLine();
    }

    private static void Metrics(HtmlWriter html, List<JsonProperty> metrics)
    {
        if (metrics.Count == 0)
        {
            return;
        }
        html.Open("details", "more").Element("summary", "Expected").Open("ul", "plain");
        foreach (var metric in metrics.Take(MetricsMax))
        {
            html.Open("li").BreakableText(Words.Cut(metric.SafeName(), CognitionSections.NameMax)).Text(" " + Text(metric.Value)).Close();
        }
        if (metrics.Count > MetricsMax)
        {
            html.Element("li", $"and {Words.Count(metrics.Count - MetricsMax, "other metric")}", "note");
        }
        html.Close().Close();
    }

    private static void Quantiles(HtmlWriter html, HtmlTable table, int column, JsonElement expected, double low, double high)
    {
        table.OpenCell(column, "number measured", expected.Number("p50"));
        html.Text(Text(expected) + " ");
        if (double.IsFinite(expected.Number("p50")) && PlainPlot.IsDrawable(low) && PlainPlot.IsDrawable(high))
        {
            Bars.Range(html, expected.Number("p50"), expected.Number("p10"), expected.Number("p90"), low, high);
        }
        html.Close();
    }

    private static string Text(JsonElement expected)
    {
        double low = expected.Number("p10"), middle = expected.Number("p50"), high = expected.Number("p90");
        return double.IsNaN(middle) ? "not known" : double.IsNaN(low) || double.IsNaN(high) ? Words.Number(middle) : $"{Words.NumberWithin(middle, high - low)} ({Words.Interval(low, high)})";
    }

    /// <summary>The smaller one; where one is not a number the other.</summary>
    private static double Least(double one, double other) => double.IsNaN(one) ? other : double.IsNaN(other) ? one : Math.Min(one, other);

    private static bool AreSame(List<JsonElement> one, List<JsonElement> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }
        for (var i = 0; i < one.Count; i++)
        {
            if (one[i].Text("managedObject") != other[i].Text("managedObject") || one[i].Text("attribute") != other[i].Text("attribute") || one[i].Text("after") != other[i].Text("after"))
            {
                return false;
            }
        }
        return true;
    }

    private static string SourceName(string source) => source switch
    {
        "" => Words.None,
        "nothing" => "doing nothing",
        "given" => "the question",
        "mro" => "handover tuning",
        "mlb" => "load balancing",
        "network" => "the network model",
        "memory" => "the memory",
        _ => source,
    };
}
