using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The reliability diagram: how often all targets held, against the confidence that they would.</summary>
internal static class ReliabilitySections
{
    private const int BinsMax = 100;

    public static void Write(Page page, JsonElement calibration)
    {
        var bins = calibration.Objects("bins");
        List<PlotPoint> points = [];
        double outcomes = 0;
        foreach (var bin in bins.Take(BinsMax))
        {
            double confidence = bin.Number("confidence"), held = bin.Number("held");
            if (bin.Number("count") > 0 && confidence is >= 0 and <= 1 && held is >= 0 and <= 1)
            {
                points.Add(new PlotPoint(confidence, held));
                outcomes += bin.Number("count");
            }
        }
        if (points.Count == 0)
        {
            return;
        }
        var html = page.Html;
        page.Section("calibration", "How far confidences can be believed");
        html.Open("div", "reliability").Raw("\n");
        var plot = new PlainPlot(0, 1, 0, 1);
        plot.Line("bound", [new PlotPoint(0, 0), new PlotPoint(1, 1)]);
        plot.Line("line", points);
        plot.Points("points", points);
        plot.Write(html, "How often all targets held (upwards) against the confidence (across); on the dashed line both are equal, below it the confidence was too high",
            $"{Words.Count(points.Count, "bin")} with decisions, {Words.Number(outcomes)} outcomes; the farthest from equal: {Farthest(points)}.", ("0\u00A0%", "100\u00A0%", "0\u00A0%", "100\u00A0%"));
        html.Open("div");
        new DataTable { Many = "bins", Own = (_, bin, title) => Cell(html, bin, title == "Held") }.Write(page, "Each bin of confidence; the bar is how often all targets held, its mark the mean confidence",
            "Confidence: own; Decisions: number count; Mean: percent confidence; Held: own held", bins);
        html.CloseLine();
        html.CloseLine();
        html.CloseLine();
    }

    private static void Cell(HtmlWriter html, JsonElement bin, bool isHeld)
    {
        var held = bin.Number("held");
        html.Text(isHeld ? Words.Percent(held) + " " : $"{Words.Percent(bin.Number("lower"))} to {Words.Percent(bin.Number("upper"))}");
        if (isHeld && double.IsFinite(held))
        {
            Bars.Range(html, bin.Number("confidence"), 0, held, 0, 1);
        }
    }

    private static string Farthest(List<PlotPoint> points)
    {
        var farthest = points[0];
        foreach (var point in points)
        {
            farthest = Math.Abs(point.Y - point.X) > Math.Abs(farthest.Y - farthest.X) ? point : farthest;
        }
        return $"confidence {Words.Percent(farthest.X)}, held {Words.Percent(farthest.Y)}";
    }
}
