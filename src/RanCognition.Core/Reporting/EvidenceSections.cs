using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>What a decision rests on beside the causes: similar cases and what came of them, and what the result depends on.</summary>
internal static class EvidenceSections
{
    private const int MetricsMax = 8;

    public static void Write(Page page, JsonElement evidence)
    {
        Similar(page, evidence.Objects("similar"));
        Sensitivities(page, EpisodeCard.NumbersOf(evidence, "sensitivities"));
    }

    private static void Similar(Page page, List<JsonElement> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("similar", "Similar cases");
        var table = new HtmlTable(html, "Earlier cases, the most similar first, whether what was done in them helped, and what came of it", "stack sortable", "Episode", "Distance", "What was done", "Changes", "Came of it");
        foreach (var one in cases.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Cut(one.Text("id"), CognitionSections.NameMax));
            table.Cell(1, Words.Number(one.Number("distance")), "number", one.Number("distance"));
            table.OpenCell(2);
            var success = one.Member("success").ValueKind;
            TemporalSections.Chip(html, success == JsonValueKind.True ? Standing.Good : success == JsonValueKind.False ? Standing.Bad : Standing.Unknown,
                success == JsonValueKind.True ? "helped" : success == JsonValueKind.False ? "did not help" : "not known");
            html.Close();
            table.OpenCell(3);
            SettingTables.Listed(html, one.Objects("action"), "nothing");
            html.Close();
            table.OpenCell(4);
            Outcome(html, EpisodeCard.NumbersOf(one, "outcome"));
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(cases.Count, Page.RowsMax, "cases");
        html.CloseLine();
    }

    private static void Outcome(HtmlWriter html, List<(string Name, double Value)> outcome)
    {
        if (outcome.Count == 0)
        {
            html.Text("not known");
            return;
        }
        html.Open("ul", "plain");
        foreach (var (name, value) in outcome.Take(MetricsMax))
        {
            html.Open("li").BreakableText(Words.Cut(name, CognitionSections.NameMax)).Text(" " + Words.Number(value)).Close();
        }
        if (outcome.Count > MetricsMax)
        {
            html.Element("li", $"and {Words.Count(outcome.Count - MetricsMax, "other metric")}", "note");
        }
        html.Close();
    }

    private static void Sensitivities(Page page, List<(string Name, double Value)> values)
    {
        if (values.Count == 0)
        {
            return;
        }
        double far = 0;
        foreach (var (_, value) in values)
        {
            far = Math.Max(far, Math.Abs(value));
        }
        var html = page.Html;
        page.Section("sensitivities", "What it depends on");
        var table = new HtmlTable(html, "Change of the probability of all targets when this change alone is left out; below 0 it helps", "stack sortable", "Setting", "Sensitivity");
        foreach (var (name, value) in values.Take(Page.RowsMax))
        {
            table.BeginRow();
            table.OpenHead();
            html.BreakableText(Words.Cut(name, 200)).Close();
            table.OpenCell(1, "number measured", value);
            html.Text(EpisodeCard.Signed(value) + " ");
            if (PlainPlot.IsDrawable(far))
            {
                Bars.Range(html, value, Math.Min(0, value), Math.Max(0, value), -1.1 * far, 1.1 * far, zero: true);
            }
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(values.Count, Page.RowsMax, "settings");
        html.CloseLine();
    }
}
