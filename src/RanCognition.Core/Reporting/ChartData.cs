using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The numbers of one chart, thinned and rounded, as the JSON that the page's script reads.</summary>
/// <remarks>
/// Times are seconds from the first sample (<c>t0</c> is that sample, seconds since 1970, when <c>utc</c> is true), so that
/// nanosecond steps survive double precision. Values have six significant digits: finer than a screen; those above 1e30 are not drawn. The text has digits, fixed member names
/// and escaped labels only, so it can stand in the page as it is.
/// </remarks>
internal sealed class ChartData
{
    /// <summary>Markers of one kind in one chart; more would hide the line.</summary>
    public const int MarkersMax = 200;

    private const int LimitsMax = 20;

    /// <summary>End of the year 9999.</summary>
    private const double CalendarEndNs = 2.5e20;

    /// <summary>No measured quantity is larger; an axis that reached beyond could have no ticks.</summary>
    private const double DrawableMax = 1e30;
    private readonly StringBuilder _json = new();

    /// <summary>The moment at 0 of an axis that counts from the first sample; null when the axis has dates.</summary>
    public ulong? ZeroNs { get; private set; }

    public bool HasHistory { get; private set; }
    public bool HasForecast { get; private set; }
    public bool HasInnerBand { get; private set; }
    public double InnerShare { get; private set; }
    public int Anomalies { get; private set; }
    public int ChangePoints { get; private set; }
    public int Limits { get; private set; }

    public static ChartData Build(MetricView metric, ChartRoom room)
    {
        var chart = new ChartData();
        chart.Write(metric, room);
        return chart;
    }

    public string Json => _json.ToString();

    private void Write(MetricView metric, ChartRoom room)
    {
        var series = metric.Series;
        var values = series.Numbers("values");
        var forecast = series.Member("forecast");
        var mean = forecast.Numbers("mean");
        var start = series.Nanoseconds("start_ns") ?? forecast.Nanoseconds("start_ns") ?? 0;
        var step = series.Nanoseconds("step_ns") ?? (values.Length == 0 ? forecast.Nanoseconds("step_ns") : null) ?? 0;
        var seconds = step > 0 ? step / 1e9 : 1;
        // Below a millisecond a step would drown in the digits of the date; past the calendar's end there is no date.
        var utc = step >= 1_000_000 && start >= Words.CalendarFromNs && start + (double)step * (values.Length + mean.Length) < CalendarEndNs;
        ZeroNs = !utc && step > 0 && start > 0 ? start : null;
        HasHistory = values.Length > 0;
        _json.Append("{\"utc\":").Append(utc ? "true" : "false").Append(",\"timed\":").Append(step > 0 ? "true" : "false")
            .Append(",\"t0\":").Append(utc ? Exact(start / 1e9) : "0");

        var marks = Marks(series, values);
        var recent = Recent(series, values.Length, mean.Length);
        var kept = Thinning.Keep(values, room.HistoryPoints, recent, marks);
        WriteDeltas(kept, values.Length, seconds);
        WriteNumbers("v", kept, values);
        if (values.Length > recent + recent / 2 && mean.Length > 0)
        {
            _json.Append(",\"recent\":").Append(Exact((values.Length - recent) * seconds));
        }
        WriteForecast(forecast, mean, room, start, step, values.Length, seconds);
        WriteAnomalies(series, values, seconds);
        WriteChangePoints(series, values.Length, seconds);
        WriteLimits(series);
        _json.Append('}');
    }

    /// <summary>Points that the chart shows first: four windows, or up to eight when that brings the last change of level into view.</summary>
    private static int Recent(JsonElement series, int length, int horizon)
    {
        var recent = Math.Max(4 * horizon, 96);
        var change = MetricView.LastingChanges(series).Select(entry => Index(entry, length)).DefaultIfEmpty(-1).Max();
        var since = change < 0 ? 0 : length - change + recent / 8;
        return since > recent && since <= 2 * recent ? since : recent;
    }

    private static List<int> Marks(JsonElement series, double[] values)
    {
        var marks = new List<int>();
        foreach (var anomaly in series.Objects("anomalies").Take(MarkersMax))
        {
            marks.Add(Index(anomaly, values.Length));
        }
        return marks;
    }

    private static int Index(JsonElement entry, int length)
    {
        var index = entry.Number("index");
        return index >= 0 && index < length ? (int)index : -1;
    }

    private void WriteDeltas(int[] kept, int length, double seconds)
    {
        _json.Append(",\"step\":").Append(Exact(seconds));
        if (kept.Length == length)
        {
            return; // every point is there: the script counts for itself
        }
        _json.Append(",\"d\":[");
        var previous = 0;
        for (var i = 0; i < kept.Length; i++)
        {
            _json.Append(i == 0 ? "" : ",").Append((kept[i] - previous).ToString(CultureInfo.InvariantCulture));
            previous = kept[i];
        }
        _json.Append(']');
    }

    private void WriteForecast(JsonElement forecast, double[] mean, ChartRoom room, ulong start, ulong step, int history, double seconds)
    {
        if (mean.Length == 0)
        {
            return;
        }
        HasForecast = true;
        var ownStep = forecast.Nanoseconds("step_ns") is > 0 and var given ? given / 1e9 : seconds;
        var begins = step > 0 && forecast.Nanoseconds("start_ns") is { } at && at >= start ? (at - start) / 1e9 : history * seconds;
        var kept = Thinning.Keep(mean, room.ForecastPoints, 0, []);
        _json.Append(",\"f\":{\"from\":").Append(Exact(begins)).Append(",\"x\":[");
        for (var i = 0; i < kept.Length; i++)
        {
            _json.Append(i == 0 ? "" : ",").Append(Exact(begins + kept[i] * ownStep));
        }
        _json.Append(']');
        WriteNumbers("mean", kept, mean);
        WriteBand("lo", kept, forecast.Numbers("lower"), Math.Min);
        WriteBand("hi", kept, forecast.Numbers("upper"), Math.Max);
        WriteQuantiles(forecast, kept);
        _json.Append('}');
    }

    private void WriteQuantiles(JsonElement forecast, int[] kept)
    {
        JsonElement inner = default, outer = default, middle = default;
        double innerP = double.NaN, outerP = double.NaN;
        foreach (var quantile in forecast.Objects("quantiles"))
        {
            var p = quantile.Number("p");
            if (p is >= 0.1 and < 0.5 && !(Math.Abs(p - 0.25) >= Math.Abs(innerP - 0.25)))
            {
                (inner, innerP) = (quantile, p);
            }
            else if (p is > 0.5 and <= 0.9 && !(Math.Abs(p - 0.75) >= Math.Abs(outerP - 0.75)))
            {
                (outer, outerP) = (quantile, p);
            }
            else if (p == 0.5)
            {
                middle = quantile;
            }
        }
        if (middle.Count("values") > 0)
        {
            WriteNumbers("median", kept, middle.Numbers("values"));
        }
        if (inner.Count("values") > 0 && outer.Count("values") > 0)
        {
            HasInnerBand = true;
            InnerShare = Math.Round(outerP - innerP, 6);
            WriteBand("qlo", kept, inner.Numbers("values"), Math.Min);
            WriteBand("qhi", kept, outer.Numbers("values"), Math.Max);
        }
    }

    private void WriteAnomalies(JsonElement series, double[] values, double seconds)
    {
        var points = new List<(double At, double Value)>();
        foreach (var anomaly in series.Objects("anomalies").Take(MarkersMax))
        {
            var index = Index(anomaly, values.Length);
            if (index >= 0)
            {
                var value = anomaly.Number("value");
                points.Add((index * seconds, double.IsNaN(value) ? values[index] : value));
            }
        }
        points.RemoveAll(point => double.IsNaN(point.Value));
        points.Sort();
        Anomalies = points.Count;
        _json.Append(",\"a\":[");
        for (var i = 0; i < points.Count; i++)
        {
            _json.Append(i == 0 ? "[" : ",[").Append(Exact(points[i].At)).Append(',').Append(Short(points[i].Value)).Append(']');
        }
        _json.Append(']');
    }

    private void WriteChangePoints(JsonElement series, int length, double seconds)
    {
        _json.Append(",\"c\":[");
        foreach (var change in MetricView.LastingChanges(series).Take(MarkersMax))
        {
            var index = Index(change, length);
            if (index >= 0)
            {
                _json.Append(ChangePoints++ == 0 ? "" : ",").Append(Exact(index * seconds));
            }
        }
        _json.Append(']');
    }

    private void WriteLimits(JsonElement series)
    {
        _json.Append(",\"l\":[");
        foreach (var limit in series.Objects("limits").Take(LimitsMax))
        {
            var value = limit.Number("value");
            if (!double.IsNaN(value))
            {
                var kind = limit.Text("kind");
                var label = (kind.Length is > 0 and < 12 ? kind : "limit") + " " + Words.Number(value);
                _json.Append(Limits++ == 0 ? "{\"v\":" : ",{\"v\":").Append(Short(value)).Append(",\"n\":\"")
                    .Append(JsonEncodedText.Encode(label).Value).Append("\"}");
            }
        }
        _json.Append(']');
    }

    // A band keeps its widest place between two kept points, so that a thinned fan is never narrower than the forecast.
    private void WriteBand(string name, int[] kept, double[] values, Func<double, double, double> widest)
    {
        if (values.Length == 0)
        {
            return;
        }
        var chosen = new double[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            var end = i + 1 < kept.Length ? kept[i + 1] : kept[i] + 1;
            var best = double.NaN;
            for (var j = kept[i]; j < end && j < values.Length; j++)
            {
                best = double.IsNaN(best) ? values[j] : double.IsNaN(values[j]) ? best : widest(best, values[j]);
            }
            chosen[i] = best;
        }
        WriteNumbers(name, null, chosen);
    }

    private void WriteNumbers(string name, int[]? kept, double[] values)
    {
        _json.Append(",\"").Append(name).Append("\":[");
        var count = kept?.Length ?? values.Length;
        for (var i = 0; i < count; i++)
        {
            var index = kept?[i] ?? i;
            _json.Append(i == 0 ? "" : ",").Append(index < values.Length ? Short(values[index]) : "null");
        }
        _json.Append(']');
    }

    private static string Short(double value) => Math.Abs(value) <= DrawableMax ? value.ToString("G6", CultureInfo.InvariantCulture) : "null";

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
