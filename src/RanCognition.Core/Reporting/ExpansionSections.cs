using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>How many simulated futures a timeline needs: the recommendation and the curve it was read from.</summary>
internal static class ExpansionSections
{
    /// <summary>Members that the section shows.</summary>
    public static readonly string[] Known = ["curve", "error_target", "optimization_score", "reason", "bound"];

    public static bool Recognises(JsonElement result) => result.Count("curve") > 0 && result.Objects("curve").Exists(point => point.Has("expansion_factor"));

    public static string Answer(JsonElement result)
    {
        var chosen = result.Number("expansion_factor");
        var point = result.Objects("curve").Find(candidate => candidate.Number("expansion_factor") == chosen);
        double error = point.Number("error"), target = result.Number("error_target");
        var text = $"{Words.Number(chosen)} simulated futures are recommended";
        if (double.IsNaN(error) || double.IsNaN(target))
        {
            return text + ".";
        }
        return text + (error <= target
            ? $": the fewest measured whose quantiles are off by at most {Words.Percent(target)} of the interval's width."
            : $", the most that were measured: their quantiles are still off by {Words.Percent(error)} of the interval's width, more than the {Words.Percent(target)} aimed at.");
    }

    public static void Write(Page page, JsonElement result)
    {
        var html = page.Html;
        var chosen = result.Number("expansion_factor");
        page.Section("futures", "Error against the number of futures");
        var table = new HtmlTable(html, "Measured: error of the scenario quantiles as a share of the interval's width, and the time it took", "stack", "Futures", "Error", "Time", "");
        foreach (var point in result.Objects("curve").Take(Page.RowsMax))
        {
            table.BeginRow();
            table.Head(Words.Number(point.Number("expansion_factor")));
            table.Cell(1, Words.Percent(point.Number("error")), "number");
            table.Cell(2, Words.Duration(point.Number("execution_time")), "number");
            table.OpenCell(3);
            if (point.Number("expansion_factor") == chosen)
            {
                TemporalSections.Chip(html, Standing.Good, "recommended");
            }
            html.Close();
            table.EndRow();
        }
        table.End();
        page.More(result.Count("curve"), Page.RowsMax, "points");
        if (Note(result) is { Length: > 0 } note)
        {
            html.Element("p", note, "note");
        }
        html.CloseLine();
    }

    private static string Note(JsonElement result)
    {
        if (result.Text("reason") is { Length: > 0 } reason)
        {
            return "No score: " + reason + ".";
        }
        var score = result.Number("optimization_score");
        var bound = result.Member("bound");
        return double.IsNaN(score) ? "" : $"Score {Words.Number(score)}: the share of the first point's error that is gone, 1 being its bound of {Words.Number(bound.Number("value"))} ({bound.Text("kind").Replace('_', ' ')}).";
    }
}
