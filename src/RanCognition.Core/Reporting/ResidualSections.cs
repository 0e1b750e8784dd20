using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The residual of a search for a fixed point, step by step: as a curve in powers of ten, and as numbers.</summary>
internal static class ResidualSections
{
    /// <summary>Residuals drawn; a result has at most 1000.</summary>
    private const int DrawnMax = 2000;

    public static void Write(Page page, JsonElement result)
    {
        var history = result.Numbers("history");
        if (history.Length < 2)
        {
            return; // a start without a step is no course
        }
        var html = page.Html;
        page.Section("course", "Course of the search");
        Draw(html, history, result.Number("iterations"));
        Numbers(page, history, result.Number("iterations"));
        html.CloseLine();
    }

    private static void Draw(HtmlWriter html, double[] history, double steps)
    {
        double least = double.MaxValue, most = 0;
        foreach (var residual in history)
        {
            if (residual > 0)
            {
                (least, most) = (Math.Min(least, residual), Math.Max(most, residual));
            }
        }
        if (most == 0)
        {
            return; // nothing that has a logarithm
        }
        var floor = HasNone(history) ? least / 10 : least; // a residual of none is drawn below the smallest
        var points = new List<PlotPoint>();
        var count = Math.Min(history.Length, DrawnMax);
        for (var i = 0; i < count; i++)
        {
            var at = count == history.Length ? i : (int)((long)i * (history.Length - 1) / (count - 1));
            points.Add(new PlotPoint(at, history[at] >= 0 ? Math.Log10(Math.Max(history[at], floor)) : double.NaN));
        }
        var last = Words.Number(StepOf(history.Length - 1, history.Length, steps));
        var plot = new PlainPlot(0, history.Length - 1, Math.Log10(floor), Math.Log10(most));
        plot.Line("line", points);
        plot.Write(html, "Residual in powers of ten, upwards; steps across" + (HasGap(history) ? "; where there is no line it was not finite" : ""),
            $"Residual: {Or(history[0])} at the start, {Or(history[^1])} after {last} steps; the smallest is {(HasNone(history) ? "0" : Words.Number(least))}, the largest {Words.Number(most)}.",
            ("0", last, HasNone(history) ? "0" : Words.Number(least), Words.Number(most)));
    }

    private static void Numbers(Page page, double[] history, double steps)
    {
        var html = page.Html;
        var shown = Math.Min(history.Length, Page.RowsMax);
        html.Open("details", "more").Element("summary", "Numbers of the curve");
        var table = new HtmlTable(html, steps > history.Length - 1 ? "Residual after about so many steps: the history of a long search is thinned evenly" : "Residual after so many steps", "records", "Step", "Residual");
        for (var row = 0; row < shown; row++)
        {
            var at = shown == history.Length ? row : (int)((long)row * (history.Length - 1) / (shown - 1));
            table.BeginRow();
            table.Head(Words.Number(StepOf(at, history.Length, steps)));
            table.Cell(1, double.IsNaN(history[at]) ? "not finite" : history[at].ToString("R", CultureInfo.InvariantCulture), "number");
            table.EndRow();
        }
        table.End();
        page.More(history.Length, shown, "entries between these");
        html.CloseLine();
    }

    /// <summary>The step that an entry is of: that of a long search is thinned evenly, from its start to its last step.</summary>
    private static double StepOf(int entry, int entries, double steps) => steps > entries - 1 ? Math.Round(entry / (entries - 1.0) * steps) : entry;

    private static string Or(double residual) => double.IsNaN(residual) ? "not finite" : Words.Number(residual);

    private static bool HasNone(double[] history) => Array.Exists(history, residual => residual == 0);

    private static bool HasGap(double[] history) => Array.Exists(history, double.IsNaN);
}
