using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What is expected of a decision beside doing nothing, and everything that was weighed.</summary>
internal static class AlternativeSections
{
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
        new DataTable { Many = "metrics", Own = (name, expected, title) => Quantiles(html, view, isCompared, name, expected, title[0]) }.Write(page,
            "Median, and from the tenth to the ninetieth percentile (p10 to p90); the bars of a row have one scale",
            isCompared ? "Metric: own; Nothing done: own; With the changes: own; Difference: own" : "Metric: own; Expected: own", view.Decision.Member("expected"));
        html.CloseLine();
    }

    public static void Write(Page page, DecisionView view)
    {
        if (view.Alternatives.Count == 0)
        {
            return;
        }
        var html = page.Html;
        var isChosenKnown = false;
        page.Section("alternatives", "What it was weighed against");
        new DataTable
        {
            Many = "alternatives",
            Own = (number, alternative, title) =>
            {
                var actions = alternative.Objects("actions");
                switch (title)
                {
                    case "Alternative":
                        html.Text(number);
                        if (!isChosenKnown && AreSame(actions, view.Actions))
                        {
                            isChosenKnown = true;
                            html.Text(" ");
                            TemporalSections.Chip(html, Standing.Good, "chosen");
                        }
                        break;
                    case "Proposed by":
                        html.Text(Words.Cut(SourceName(alternative.Text("source")), CognitionSections.NameMax));
                        break;
                    case "Guards":
                        html.Text(OptimizationSections.Names(alternative, "vetoes") is { Count: > 0 } vetoes ? Words.Cut(string.Join(", ", vetoes), 300) : "none");
                        break;
                    default:
                        SettingTables.Listed(html, actions, "do nothing");
                        if (LoopReplySections.Members(alternative.Member("expected")).Count > 0)
                        {
                            html.Open("details", "more").Element("summary", "Expected");
                            DataTable.Numbers(html, alternative.Member("expected"), Text);
                            html.Close();
                        }
                        break;
                }
            },
        }.Write(page, "Every alternative, with how likely all targets hold; guards that are named took it or a part of it out",
            "Alternative: own; Proposed by: own; All targets hold: share p_all_targets; Guards: own; Changes: own", view.Alternatives);
        html.CloseLine();
    }

    /// <summary>One cell of what is expected, by the first letter of its column.</summary>
    private static void Quantiles(HtmlWriter html, DecisionView view, bool isCompared, string name, JsonElement expected, char column)
    {
        var nothing = isCompared ? view.Nothing.Member("expected").Member(name) : default;
        if (column == 'M')
        {
            html.BreakableText(Words.Cut(name, 200));
            return;
        }
        if (column == 'D')
        {
            var difference = expected.Number("p50") - nothing.Number("p50");
            html.Text(difference == 0 ? "none" : EpisodeCard.Signed(difference));
            return;
        }
        double low = Least(expected.Number("p10"), nothing.Number("p10")), high = -Least(-expected.Number("p90"), -nothing.Number("p90")), edge = (high - low) / 10;
        expected = column == 'N' ? nothing : expected;
        html.Text(Text(expected) + " ");
        if (double.IsFinite(expected.Number("p50")) && PlainPlot.IsDrawable(low) && PlainPlot.IsDrawable(high))
        {
            Bars.Range(html, expected.Number("p50"), expected.Number("p10"), expected.Number("p90"), low - edge, high + edge);
        }
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
