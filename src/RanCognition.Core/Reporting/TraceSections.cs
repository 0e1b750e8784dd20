using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The best value by evaluations, as a curve and as numbers.</summary>
internal static class TraceSections
{
    /// <summary>Entries drawn; a result has at most about 1000.</summary>
    private const int DrawnMax = 2000;

    /// <summary>The distance to the bound is drawn on a scale of powers of ten when it shrinks by more than this.</summary>
    private const double PowersFrom = 100;

    /// <summary>Beyond so many evaluations the axis is one of powers of ten: most is found at the start.</summary>
    private const double ManyEvaluations = 100;

    public static void Write(Page page, JsonElement result, string objective)
    {
        var entries = result.Objects("trace");
        var points = new List<PlotPoint>();
        foreach (var entry in entries)
        {
            double evaluations = entry.Number("evaluations"), value = entry.Number("f");
            if (evaluations >= 1 && PlainPlot.IsDrawable(evaluations) && PlainPlot.IsDrawable(value))
            {
                points.Add(new PlotPoint(evaluations, value));
            }
        }
        if (points.Count == 0)
        {
            return;
        }
        points.Sort((one, other) => one.X.CompareTo(other.X));
        page.Section("course", "Course of the search");
        Draw(page.Html, Thinned(points, DrawnMax), OptimizationSections.InSentence(objective), result.Member("bound"));
        Numbers(page, points);
        page.Html.CloseLine();
    }

    private static void Draw(HtmlWriter html, List<PlotPoint> points, string objective, JsonElement given)
    {
        var bound = given.Number("value");
        double first = points[0].X, last = points[^1].X;
        var isLongRun = last > ManyEvaluations;
        double Across(double evaluations) => isLongRun ? Math.Log10(evaluations) : evaluations;
        var across = isLongRun ? "evaluations, in powers of ten, across" : "evaluations across";
        var description = $"{objective}: {Words.Number(points[0].Y)} after {Words.Number(first)} evaluations, {Words.Number(points[^1].Y)} after {Words.Number(last)}.";
        double start = Math.Abs(points[0].Y - bound), end = Math.Abs(points[^1].Y - bound), floor = Floor(points, bound);
        if (given.Text("kind") == "proven" && double.IsFinite(start) && start > PowersFrom * end && points.TrueForAll(point => Math.Sign(point.Y - bound) is var side && (side == 0 || side == Math.Sign(points[0].Y - bound))))
        {
            List<PlotPoint> distances = [.. points.Select(point => new PlotPoint(Across(point.X), Math.Log10(Math.Max(Math.Abs(point.Y - bound), floor))))];
            double low = Math.Log10(Math.Max(end, floor)), high = Math.Log10(start);
            var plot = new PlainPlot(Across(first), Across(last), low, high);
            plot.Steps("line", distances);
            plot.Write(html, $"Distance of the best {objective} to {Words.Number(bound)}, in powers of ten, upwards; {across}", description,
                (Words.Number(first), Words.Number(last), end > 0 ? Words.Number(end) : "0", Words.Number(start)));
            return;
        }
        double least = points.Min(point => point.Y), most = points.Max(point => point.Y), width = most - least;
        var hasBound = PlainPlot.IsDrawable(bound) && width > 0 && bound >= least - width / 2 && bound <= most + width / 2;
        (double lower, double upper) = hasBound ? (Math.Min(least, bound), Math.Max(most, bound)) : (least, most);
        var curve = new PlainPlot(Across(first), Across(last), lower, upper);
        if (hasBound)
        {
            curve.Level("bound", bound);
        }
        curve.Steps("line", [.. points.Select(point => new PlotPoint(Across(point.X), point.Y))]);
        curve.Write(html, $"Best {objective} upwards; {across}" + (hasBound ? $"; the dashed line is at {Words.Number(bound)}, which the score refers to" : ""), description,
            (Words.Number(first), Words.Number(last), Words.NumberWithin(lower, upper - lower), Words.NumberWithin(upper, upper - lower)));
    }

    /// <summary>Where a distance of none is drawn: a tenth of the smallest there is.</summary>
    private static double Floor(List<PlotPoint> points, double bound) =>
        points.Min(point => Math.Abs(point.Y - bound) is > 0 and var distance ? distance : double.MaxValue) / 10;

    private static void Numbers(Page page, List<PlotPoint> points)
    {
        var html = page.Html;
        var shown = Thinned(points, Page.RowsMax);
        html.Open("details", "more").Element("summary", "Numbers of the curve");
        var table = new HtmlTable(html, "Best value after so many evaluations", "records", "Evaluations", "Best value");
        foreach (var point in shown)
        {
            table.BeginRow();
            table.Head(Words.Number(point.X));
            table.Cell(1, point.Y.ToString("R", CultureInfo.InvariantCulture), "number");
            table.EndRow();
        }
        table.End();
        page.More(points.Count, shown.Count, "entries between these");
        html.CloseLine();
    }

    /// <summary>Evenly chosen entries, the first and the last among them.</summary>
    private static List<PlotPoint> Thinned(List<PlotPoint> points, int room)
    {
        if (points.Count <= room)
        {
            return points;
        }
        var kept = new List<PlotPoint>(room);
        for (var i = 0; i < room; i++)
        {
            kept.Add(points[(int)((long)i * (points.Count - 1) / (room - 1))]);
        }
        return kept;
    }
}
