using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Eigenvalues in the complex plane with the unit circle, drawn without a script.</summary>
internal static class EigenvalueDrawing
{
    private const double Half = 100, Edge = 8;
    private const int DrawnMax = 400;

    /// <summary>Below 1 by rounding only is on the circle.</summary>
    private const double Inside = 1 - 1e-12;

    /// <summary>The eigenvalues of a result, each a real and an imaginary part; what is not a pair of numbers is left out.</summary>
    public static List<PlotPoint> Read(JsonElement result)
    {
        List<PlotPoint> values = [];
        if (result.Member("eigenvalues").ValueKind == JsonValueKind.Array)
        {
            foreach (var pair in result.Member("eigenvalues").EnumerateArray())
            {
                if (pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && PlainPlot.IsDrawable(pair[0].AsNumber()) && PlainPlot.IsDrawable(pair[1].AsNumber()))
                {
                    values.Add(new PlotPoint(pair[0].AsNumber(), pair[1].AsNumber()));
                }
            }
        }
        return values;
    }

    public static double SizeOf(PlotPoint value) => double.Hypot(value.X, value.Y);

    /// <summary>Largest size of the eigenvalues once every change is multiplied by the factor: those of (1 - d) I + d L. NaN when there are none, or no factor.</summary>
    public static double DampedRadius(List<PlotPoint> values, double damping)
    {
        var radius = double.NaN;
        foreach (var value in values)
        {
            var size = SizeOf(Damped(value, damping));
            radius = size > radius || double.IsNaN(radius) ? size : radius;
        }
        return radius;
    }

    /// <summary>With a factor that is a number the eigenvalues are drawn with it too.</summary>
    public static void Write(HtmlWriter html, List<PlotPoint> values, double damping)
    {
        if (values.Count == 0)
        {
            return;
        }
        var isDamped = !double.IsNaN(damping);
        double reach = 1;
        var outside = 0;
        foreach (var value in values)
        {
            reach = Math.Max(reach, SizeOf(value));
            outside += SizeOf(value) >= Inside ? 1 : 0;
        }
        var inside = values.Count - outside;
        html.Open("figure", "plotted circle").Element("figcaption", "Eigenvalues and the unit circle, real parts across, imaginary parts upwards; those on or outside it are large"
            + (isDamped ? "; the small ones are what becomes of them with the damping" : ""));
        html.Open("svg", null, ("viewBox", "-100 -100 200 200"), ("role", "img"),
            ("aria-label", $"{Words.Count(values.Count, "eigenvalue")}: {inside.ToString(CultureInfo.InvariantCulture)} inside the unit circle, {outside.ToString(CultureInfo.InvariantCulture)} on or outside it; the largest has size {Words.Number(Largest(values))}."));
        var unit = (Half - Edge) / reach;
        var text = new StringBuilder(2048);
        text.Append("<path class=\"axis\" d=\"M-100 0H100M0 -100V100\"/>");
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"unit\" d=\"M{Short(-unit)} 0A{Short(unit)} {Short(unit)} 0 1 1 {Short(unit)} 0A{Short(unit)} {Short(unit)} 0 1 1 {Short(-unit)} 0Z\"/>");
        if (isDamped)
        {
            Points(text, "damped", values, unit, value => Damped(value, damping), _ => true);
        }
        Points(text, "points", values, unit, value => value, value => SizeOf(value) < Inside);
        Points(text, "chosen", values, unit, value => value, value => SizeOf(value) >= Inside);
        html.Raw(text.ToString()).Close().CloseLine();
    }

    private static PlotPoint Damped(PlotPoint value, double damping) => new(1 - damping + damping * value.X, damping * value.Y);

    private static double Largest(List<PlotPoint> values)
    {
        double largest = 0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, SizeOf(value));
        }
        return largest;
    }

    private static void Points(StringBuilder text, string cssClass, List<PlotPoint> values, double unit, Func<PlotPoint, PlotPoint> place, Func<PlotPoint, bool> fits)
    {
        text.Append("<path class=\"").Append(cssClass).Append("\" d=\"");
        var drawn = 0;
        foreach (var value in values)
        {
            if (fits(value) && drawn++ < DrawnMax)
            {
                var at = place(value);
                // A line without a length, whose round ends are a point.
                text.Append('M').Append(Short(at.X * unit)).Append(' ').Append(Short(-at.Y * unit)).Append("h0");
            }
        }
        text.Append("\"/>");
    }

    private static string Short(double value) => Math.Clamp(value, -Half + Edge / 2, Half - Edge / 2).ToString("0.##", CultureInfo.InvariantCulture);
}
