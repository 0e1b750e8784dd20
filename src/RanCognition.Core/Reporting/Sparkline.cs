using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>The course of a problem's first metric as a line the size of a word: the latest history, then the forecast. Drawn without a script.</summary>
internal static class Sparkline
{
    private const int Width = 120, Height = 28, HistoryPoints = 48, ForecastPoints = 24;

    public static void Write(HtmlWriter html, JsonElement result)
    {
        var series = result.Objects("series").Find(candidate => candidate.Count("values") > 1);
        if (series.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        var forecast = series.Member("forecast").Numbers("mean");
        var values = series.Numbers("values");
        var past = values.AsSpan(Math.Max(0, values.Length - Math.Max(48, 3 * forecast.Length)));
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in (ReadOnlySpan<double>)[.. past, .. forecast])
        {
            if (Math.Abs(value) < 1e300)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }
        if (!(low <= high))
        {
            return;
        }
        var text = new StringBuilder(700);
        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"spark\" viewBox=\"0 -2 {Width} {Height + 4}\" width=\"{Width}\" height=\"{Height + 4}\" aria-hidden=\"true\" focusable=\"false\">");
        var total = past.Length + forecast.Length;
        Line(text, "past", past, 0, total, HistoryPoints, low, high);
        Line(text, "ahead", forecast, past.Length, total, ForecastPoints, low, high);
        html.Raw(text.Append("</svg>").ToString());
    }

    private static void Line(StringBuilder text, string cssClass, ReadOnlySpan<double> values, int from, int total, int room, double low, double high)
    {
        var path = new StringBuilder(400);
        var isPenUp = true;
        foreach (var index in Thinning.Keep(values, room, 0, []))
        {
            var value = values[index];
            if (!(Math.Abs(value) < 1e300))
            {
                isPenUp = true;
                continue;
            }
            double x = (double)(from + index) * Width / Math.Max(1, total - 1), y = high > low ? Height * (1 - (value - low) / (high - low)) : Height / 2.0;
            path.Append(isPenUp ? 'M' : 'L').Append(x.ToString("0.#", CultureInfo.InvariantCulture)).Append(' ').Append(y.ToString("0.#", CultureInfo.InvariantCulture));
            isPenUp = false;
        }
        if (path.Length > 0)
        {
            text.Append("<path class=\"").Append(cssClass).Append("\" d=\"").Append(path).Append("\"/>");
        }
    }
}
