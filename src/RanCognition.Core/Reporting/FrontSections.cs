using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The points of which none is better in all objectives: a picture for each pair of objectives, and a table.</summary>
internal static class FrontSections
{
    private const int DrawnMax = 5000, ObjectivesDrawnMax = 3, ObjectivesMax = 8, VariablesMax = 6, NameMax = 60;

    public static void Write(Page page, JsonElement result, string[] names)
    {
        var front = result.Objects("pareto");
        if (front.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("front", "Trade-offs");
        html.Element("p", $"Of {Words.Count(front.Count, "point")} none is better than another in all objectives: which one to take is a choice.");
        string[] titles = [.. names.Take(ObjectivesMax).Select(name => Words.Cut(OptimizationSections.InSentence(name), NameMax))];
        var values = front.Take(DrawnMax).Select(point => point.Numbers("f")).ToList();
        html.Open("div", "pair");
        for (var one = 0; one < Math.Min(titles.Length, ObjectivesDrawnMax); one++)
        {
            for (var other = one + 1; other < Math.Min(titles.Length, ObjectivesDrawnMax); other++)
            {
                Pair(html, values, result.Member("best").Numbers("f"), (one, titles[one]), (other, titles[other]));
            }
        }
        html.CloseLine();
        Table(page, result, front, titles);
        html.CloseLine();
    }

    private static void Pair(HtmlWriter html, List<double[]> front, double[] best, (int Index, string Title) across, (int Index, string Title) up)
    {
        List<PlotPoint> points = [];
        foreach (var point in front)
        {
            if (Math.Max(across.Index, up.Index) < point.Length && PlainPlot.IsDrawable(point[across.Index]) && PlainPlot.IsDrawable(point[up.Index]))
            {
                points.Add(new PlotPoint(point[across.Index], point[up.Index]));
            }
        }
        if (points.Count == 0)
        {
            return;
        }
        double left = points.Min(point => point.X), right = points.Max(point => point.X), low = points.Min(point => point.Y), high = points.Max(point => point.Y);
        var plot = new PlainPlot(left, right, low, high);
        plot.Points("points", points);
        var hasBest = best.Length > Math.Max(across.Index, up.Index) && points.Exists(point => point.X == best[across.Index] && point.Y == best[up.Index]);
        if (hasBest)
        {
            plot.Points("chosen", [new PlotPoint(best[across.Index], best[up.Index])]);
        }
        plot.Write(html, $"Upwards {up.Title}, across {across.Title}" + (hasBest ? "; the large point is the one shown as best" : ""),
            $"{Words.Count(points.Count, "point")}: {across.Title} from {Words.Number(left)} to {Words.Number(right)}, {up.Title} from {Words.Number(low)} to {Words.Number(high)}.",
            (Words.NumberWithin(left, right - left), Words.NumberWithin(right, right - left), Words.NumberWithin(low, high - low), Words.NumberWithin(high, high - low)));
    }

    private static void Table(Page page, JsonElement result, List<JsonElement> front, string[] titles)
    {
        var html = page.Html;
        List<string> variables = [];
        if (result.Member("sensitivity").ValueKind == JsonValueKind.Object)
        {
            variables = [.. result.Member("sensitivity").EnumerateObject().Take(VariablesMax).Select(variable => Words.Cut(variable.SafeName(), NameMax))];
        }
        html.Open("details", "more").Element("summary", "The points as numbers").Open("div", "scroll", ("tabindex", "0"), ("role", "group"), ("aria-label", "Points of the front"));
        var table = new HtmlTable(html, variables.Count == VariablesMax ? "Objectives and the first variables of each point" : "Objectives and variables of each point", "records sortable",
            ["#", .. titles, .. variables]);
        var shown = 0;
        foreach (var point in front.Take(Page.RowsMax))
        {
            double[] objectives = point.Numbers("f"), x = point.Numbers("x");
            table.BeginRow();
            table.Head((++shown).ToString(CultureInfo.InvariantCulture));
            for (var i = 0; i < titles.Length + variables.Count; i++)
            {
                var value = i < titles.Length ? (i < objectives.Length ? objectives[i] : double.NaN) : i - titles.Length < x.Length ? x[i - titles.Length] : double.NaN;
                table.Cell(i + 1, Words.Number(value), "number", value);
            }
            table.EndRow();
        }
        table.End();
        html.Close();
        page.More(front.Count, shown, "points");
        html.CloseLine();
    }
}
