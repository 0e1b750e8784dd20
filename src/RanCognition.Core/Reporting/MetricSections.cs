using System.Globalization;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>One section per metric: a sentence, the chart, the numbers.</summary>
internal static class MetricSections
{
    private const int MetricsMax = 300;
    private const int PredictionRows = 48;
    private const int AnomalyRows = 20;

    /// <summary>A name so long that it would leave no room for the words behind it is cut in them.</summary>
    private const int LabelNameMax = 200;

    public static void Write(Page page, List<MetricView> metrics)
    {
        // A metric that is only listed among the histories has its row in the table of them.
        metrics.RemoveAll(metric => metric.Predictions.Count == 0 && !metric.HasChart);
        if (metrics.Count == 0)
        {
            return;
        }
        page.Section("forecasts", metrics.Count == 1 ? "Forecast" : "Forecasts");
        var written = 0;
        foreach (var metric in metrics.Take(MetricsMax))
        {
            if (page.Html.IsFull)
            {
                break;
            }
            One(page, metric);
            written++;
        }
        page.More(metrics.Count, written, "metrics");
        page.Html.CloseLine();
    }

    public static string Seasons(JsonElement info)
    {
        var step = info.Number("step_ns");
        var steps = info.Numbers("season_steps").Where(season => season > 0).Take(8);
        var seasons = step > 0 ? steps.Select(season => Words.Length(season * step)) : steps.Select(season => Words.Number(season) + " samples");
        return string.Join(" and ", seasons);
    }

    private static void One(Page page, MetricView metric)
    {
        var html = page.Html;
        html.Open("article", "metric").Open(page.H(1), "name").BreakableText(metric.Title).Close();
        var summary = Summary(metric);
        html.Element("p", summary).Raw("\n");
        if (metric.HasChart)
        {
            Chart(page, metric, summary);
        }
        if (!page.IsBrief)
        {
            Predictions(html, metric);
            Anomalies(html, metric);
            Changes(html, metric);
        }
        if (!page.IsBrief && Basis(metric.Info) is { Length: > 0 } basis)
        {
            html.Element("p", basis, "note");
        }
        html.CloseLine();
    }

    /// <summary>What the chart shows, in words: for those who do not see it, and above it for those who do.</summary>
    private static string Summary(MetricView metric)
    {
        var parts = new List<string>();
        var values = metric.Series.Numbers("values");
        var last = Array.FindLastIndex(values, value => !double.IsNaN(value));
        if (last >= 0)
        {
            var time = metric.SampleTime(last);
            double low = values.Where(value => !double.IsNaN(value)).Min(), high = values.Where(value => !double.IsNaN(value)).Max();
            parts.Add($"Last value {Words.Number(values[last])}" + (time is null ? "" : $" at {Words.Time(time)}") +
                (low == high ? "; it has not changed." : $"; between {Words.Number(low)} and {Words.Number(high)} so far."));
        }
        if (metric.Predictions.Count > 0)
        {
            parts.Add(Outlook.PredictionSentence(metric.Predictions.MaxBy(prediction => prediction.Nanoseconds("time_horizon") ?? 0), "It is"));
        }
        else if (metric.Series.Member("forecast").Numbers("mean") is { Length: > 0 } mean)
        {
            parts.Add($"The forecast has {Words.Count(mean.Length, "step")} and ends at {Words.Number(mean[^1])}.");
        }
        var anomalies = metric.Series.Objects("anomalies");
        if (anomalies.Count > 0)
        {
            var strongest = anomalies.MaxBy(anomaly => anomaly.Number("likelihood") is var p && double.IsNaN(p) ? -1 : p);
            var time = AnomalyTime(metric, strongest);
            parts.Add(Words.Count(anomalies.Count, "anomaly", "anomalies") + (time is null ? "." : $", the strongest at {Words.Time(time)}."));
        }
        var changes = MetricView.LastingChanges(metric.Series);
        if (changes.Count > 0)
        {
            var newest = changes[^1];
            var time = metric.SampleTime((long)Math.Max(-1, Finite(newest.Number("index"))));
            parts.Add(Words.Count(changes.Count, "change of level", "changes of level") +
                $", the last from {Words.Number(newest.Number("before"))} to {Words.Number(newest.Number("after"))}" + (time is null ? "." : $" at {Words.Time(time)}."));
        }
        return parts.Count > 0 ? string.Join(" ", parts) : "No numbers for this metric.";
    }

    private static double Finite(double index) => index is >= 0 and < 1e12 ? index : -1;

    private static ulong? AnomalyTime(MetricView metric, JsonElement anomaly) => metric.SampleTime((long)Finite(anomaly.Number("index")));

    private static void Chart(Page page, MetricView metric, string summary)
    {
        var html = page.Html;
        var number = page.Room.Take();
        if (number == 0)
        {
            html.Element("p", "No chart: this page has as many as it can hold.", "note");
            return;
        }
        var data = ChartData.Build(metric, page.Room);
        html.Open("figure", "chart").Open("div", "bar script-only").Close();
        html.Open("div", "plot", ("role", "img"), ("aria-label", $"Chart of {Words.Cut(metric.Title, LabelNameMax)}. {summary}")).Close();
        html.Open("figcaption").Open("ul", "key");
        Key(html, data.HasHistory ? 1 : 0, "History", "k-history");
        if (data.HasForecast)
        {
            html.Element("li", "Forecast", "k-median");
            if (data.HasInnerBand)
            {
                html.Element("li", Words.Percent(data.InnerShare) + " band", "k-inner");
            }
            var coverage = metric.Predictions.Count > 0 ? metric.Predictions[0].Number("coverage") : double.NaN;
            html.Element("li", Words.Percent(coverage is > 0 and < 1 ? coverage : 0.95) + " band", "k-outer");
        }
        Key(html, data.Anomalies, "Anomaly", "k-anomaly");
        Key(html, data.ChangePoints, "Change of level", "k-change");
        Key(html, data.Limits, "Limit", "k-limit");
        Key(html, data.ZeroNs is null ? 0 : 1, "Axis counts from " + Words.Time(data.ZeroNs), "k-none");
        html.Close().Close();
        html.Open("details", "more data-table script-only").Element("summary", "Data of the chart").Close();
        html.Open("script", "data", ("type", "application/json")).Raw(data.Json).Close().CloseLine();
    }

    private static void Key(HtmlWriter html, int count, string text, string cssClass)
    {
        if (count > 0)
        {
            html.Element("li", text, cssClass);
        }
    }

    private static void Predictions(HtmlWriter html, MetricView metric)
    {
        if (metric.Predictions.Count == 0)
        {
            return;
        }
        var coverage = metric.Predictions[0].Number("coverage");
        var interval = double.IsNaN(coverage) ? "Interval" : Words.Percent(coverage) + " interval";
        var table = new HtmlTable(html, "Forecast of " + metric.Title, "stack", "Ahead", "At", "Expected", interval, "Confidence", "Model");
        foreach (var prediction in metric.Predictions.OrderBy(prediction => prediction.Nanoseconds("time_horizon") ?? 0).Take(PredictionRows))
        {
            double lower = prediction.Number("lower"), upper = prediction.Number("upper"), tolerance = prediction.Number("tolerance");
            var horizon = prediction.Nanoseconds("time_horizon");
            table.BeginRow();
            table.Head(horizon is null ? Words.None : Words.Duration(horizon.Value));
            table.Cell(1, Words.Time(metric.EndNs is { } end && horizon is { } ahead && ahead <= ulong.MaxValue - end ? end + ahead : null), "time");
            table.Cell(2, Words.NumberWithin(prediction.Number("predicted_value"), upper - lower), "number strong");
            table.Cell(3, Words.Interval(lower, upper), "number");
            table.Cell(4, Words.Percent(prediction.Number("confidence")) + (double.IsNaN(tolerance) ? "" : " within ±" + Words.NumberWithin(tolerance, 2 * tolerance)), "number");
            table.Cell(5, Words.Name(prediction.Text("model")));
            table.EndRow();
        }
        Peak(table, metric);
        table.End();
    }

    /// <summary>The highest point of the path: the fixed distances may all miss the busy hour.</summary>
    private static void Peak(HtmlTable table, MetricView metric)
    {
        var forecast = metric.Series.Member("forecast");
        double[] mean = forecast.Numbers("mean"), lower = forecast.Numbers("lower"), upper = forecast.Numbers("upper");
        var peak = 0;
        for (var i = 1; i < mean.Length; i++)
        {
            peak = mean[i] > mean[peak] ? i : peak;
        }
        if (mean.Length == 0 || peak >= lower.Length || peak >= upper.Length || !(mean[peak] > mean.Min()) || forecast.Nanoseconds("start_ns") is not { } start
            || forecast.Nanoseconds("step_ns") is not (> 0 and var step) || (UInt128)start + (UInt128)step * (UInt128)mean.Length > ulong.MaxValue)
        {
            return;
        }
        table.BeginRow();
        table.Head(Words.Duration((peak + 1.0) * step) + ", highest");
        table.Cell(1, Words.Time(start + (ulong)peak * step), "time");
        table.Cell(2, Words.NumberWithin(mean[peak], upper[peak] - lower[peak]), "number strong");
        table.Cell(3, Words.Interval(lower[peak], upper[peak]), "number");
        table.Cell(4, "");
        table.Cell(5, "");
        table.EndRow();
    }

    private static void Anomalies(HtmlWriter html, MetricView metric)
    {
        var anomalies = metric.Series.Objects("anomalies");
        if (anomalies.Count == 0)
        {
            return;
        }
        html.Open("details", "more").Element("summary", $"Anomalies ({anomalies.Count.ToString(CultureInfo.InvariantCulture)})");
        var table = new HtmlTable(html, "Strongest anomalies of " + metric.Title, "stack", "Time", "Kind", "Value", "Expected", "Rarity");
        foreach (var anomaly in anomalies.OrderByDescending(anomaly => anomaly.Number("likelihood")).Take(AnomalyRows))
        {
            var time = AnomalyTime(metric, anomaly);
            table.BeginRow();
            table.Head(time is null ? "sample " + Words.Number(anomaly.Number("index")) : Words.Time(time));
            table.Cell(1, Words.Name(anomaly.Text("kind")));
            table.Cell(2, Words.Number(anomaly.Number("value")), "number");
            table.Cell(3, Words.Number(anomaly.Number("expected")), "number");
            table.Cell(4, Words.OneIn(anomaly.Number("likelihood")), "number");
            table.EndRow();
        }
        table.End();
        html.CloseLine();
    }

    /// <summary>"88 % at first, 16 % at the end of the window"; empty when unknown.</summary>
    public static string Explained(JsonElement info)
    {
        double first = info.Number("explained_variance_first"), last = info.Number("explained_variance_last");
        return double.IsNaN(first) || double.IsNaN(last) ? "" : $"{Words.Percent(first)} at the first step and {Words.Percent(last)} at the end of the window";
    }

    private static void Changes(HtmlWriter html, MetricView metric)
    {
        var changes = metric.Series.Objects("change_points");
        if (changes.Count == 0)
        {
            return;
        }
        html.Open("details", "more").Element("summary", $"Changes of level, with candidates ({changes.Count.ToString(CultureInfo.InvariantCulture)})");
        var table = new HtmlTable(html, "Where the level of " + metric.Title + " may have changed for good", "stack", "Time", "Before", "Since", "p-value");
        foreach (var change in changes.Take(AnomalyRows))
        {
            var time = AnomalyTime(metric, change);
            table.BeginRow();
            table.Head(time is null ? "sample " + Words.Number(change.Number("index")) : Words.Time(time));
            table.Cell(1, Words.Number(change.Number("before")), "number");
            table.Cell(2, Words.Number(change.Number("after")), "number");
            table.Cell(3, Words.PValue(change.Number("p_value")), "number");
            table.EndRow();
        }
        table.End();
        html.CloseLine();
    }

    private static string Basis(JsonElement info)
    {
        if (info.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        var parts = new List<string>();
        if (info.Has("samples"))
        {
            var missing = info.Number("missing");
            parts.Add($"{Words.Number(info.Number("samples"))} {(info.Number("samples") == 1 ? "sample" : "samples")}" + (missing > 0 ? $" ({Words.Number(missing)} missing)" : "") +
                (info.Number("step_ns") > 0 ? $", one every {Words.Duration(info.Number("step_ns"))}" : ""));
        }
        if (Seasons(info) is { Length: > 0 } seasons)
        {
            parts.Add("season " + seasons);
        }
        if (Explained(info) is { Length: > 0 } explained)
        {
            parts.Add(explained + " of the variance explained");
        }
        return parts.Count > 0 ? "Based on " + string.Join("; ", parts) + "." : "";
    }
}
