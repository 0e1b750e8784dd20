using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What came of all hits together: per metric of their outcomes, and of their rewards, the median and where the middle half and all of them lie.</summary>
internal static class OutcomeSections
{
    public static void Write(Page page, List<JsonElement> hits)
    {
        var values = Gather(hits);
        if (values.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("followed", "What came of it");
        var table = new HtmlTable(html, $"Outcomes of the {Words.Count(hits.Count, "hit")}, each counting the same; the bar reaches from the lowest to the highest", "stack", "Metric", "Hits with it", "Median", "Middle half", "Lowest to highest");
        foreach (var (name, list) in values.Take(Page.RowsMax))
        {
            list.Sort();
            double low = list[0], high = list[^1], middle = Quantile(list, 0.5), from = Quantile(list, 0.25), to = Quantile(list, 0.75);
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(name, 200)).Close();
            table.Cell(1, list.Count.ToString(CultureInfo.InvariantCulture), "number");
            table.Cell(2, Words.Number(middle), "number");
            table.OpenCell(3, "number measured");
            html.Text($"{Words.Number(from)} to {Words.Number(to)} ");
            Bars.Range(html, middle, from, to, low, high);
            html.Close();
            table.Cell(4, $"{Words.Number(low)} to {Words.Number(high)}", "number");
            table.EndRow();
        }
        table.End();
        page.More(values.Count, Page.RowsMax, "metrics");
        html.Element("p", "This is what was observed after these situations, not a promise of what follows the one looked for.", "note");
        html.CloseLine();
    }

    /// <summary>Values by metric, metrics in the order in which they are met; the reward is the last.</summary>
    private static List<(string Name, List<double> Values)> Gather(List<JsonElement> hits)
    {
        var found = new List<(string Name, List<double> Values)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rewards = new List<double>();
        foreach (var hit in hits)
        {
            var episode = hit.Member("episode");
            foreach (var (name, value) in EpisodeCard.NumbersOf(episode, "outcome"))
            {
                if (!places.TryGetValue(name, out var place))
                {
                    places.Add(name, place = found.Count);
                    found.Add((name, []));
                }
                found[place].Values.Add(value);
            }
            if (double.IsFinite(episode.Number("reward")))
            {
                rewards.Add(episode.Number("reward"));
            }
        }
        if (rewards.Count > 0)
        {
            found.Add(("Reward", rewards));
        }
        return found;
    }

    /// <summary>Between the two nearest of the sorted values, in proportion.</summary>
    private static double Quantile(List<double> sorted, double p)
    {
        double at = p * (sorted.Count - 1);
        int below = (int)at;
        double part = at - below;
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }
}
