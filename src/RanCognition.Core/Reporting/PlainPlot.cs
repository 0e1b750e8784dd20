using System.Globalization;
using System.Text;

namespace RanCognition.Reporting;

/// <summary>A picture of numbers on two axes, drawn without a script: it is stretched to the width of the page, its lines and points keep their size, and its numbers stand around it as text.</summary>
internal sealed class PlainPlot
{
    private const double Width = 1000, Height = 400, Edge = 12;

    private readonly double _left, _right, _low, _high;
    private readonly StringBuilder _paths = new(4096);

    /// <summary>With the smallest and largest number of each axis; none may be infinite. An axis of one number has it in its middle.</summary>
    public PlainPlot(double left, double right, double low, double high) => (_left, _right, _low, _high) = (left, right, low, high);

    /// <summary>What is drawn must be below this, so that no difference overflows.</summary>
    public static bool IsDrawable(double value) => Math.Abs(value) < 1e300;

    /// <summary>A value that stays until the next one.</summary>
    public void Steps(string cssClass, List<PlotPoint> points)
    {
        Begin(cssClass);
        for (var i = 0; i < points.Count; i++)
        {
            _paths.Append(i == 0 ? "M" : "H").Append(X(points[i].X)).Append(i == 0 ? " " : "V").Append(Y(points[i].Y));
        }
        if (points.Count == 1)
        {
            _paths.Append("h0");
        }
        _paths.Append("\"/>");
    }

    /// <summary>A line from point to point; one whose height is not a number is a gap.</summary>
    public void Line(string cssClass, List<PlotPoint> points)
    {
        Begin(cssClass);
        var isDown = false;
        for (var i = 0; i < points.Count; i++)
        {
            if (double.IsNaN(points[i].Y))
            {
                isDown = false;
                continue;
            }
            _paths.Append(isDown ? "L" : "M").Append(X(points[i].X)).Append(' ').Append(Y(points[i].Y));
            if (!isDown && (i + 1 == points.Count || double.IsNaN(points[i + 1].Y)))
            {
                _paths.Append("h0"); // a point between two gaps is seen too
            }
            isDown = true;
        }
        _paths.Append("\"/>");
    }

    public void Points(string cssClass, List<PlotPoint> points)
    {
        Begin(cssClass);
        foreach (var point in points)
        {
            _paths.Append('M').Append(X(point.X)).Append(' ').Append(Y(point.Y)).Append("h0"); // a line without a length, whose round ends are a point
        }
        _paths.Append("\"/>");
    }

    /// <summary>A line over the whole width.</summary>
    public void Level(string cssClass, double y)
    {
        Begin(cssClass);
        _paths.Append("M0 ").Append(Y(y)).Append('H').Append(Short(Width)).Append("\"/>");
    }

    /// <summary>The labels are those of the ends of the axes.</summary>
    public void Write(HtmlWriter html, string caption, string description, (string Left, string Right, string Low, string High) labels)
    {
        html.Open("figure", "plotted").Element("figcaption", caption).Open("div", "axes");
        html.Element("span", labels.High, "high").Element("span", labels.Low, "low");
        html.Open("svg", null, ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}")), ("preserveAspectRatio", "none"), ("role", "img"), ("aria-label", description));
        html.Raw(_paths.ToString()).Close();
        html.Element("span", labels.Left, "left").Element("span", labels.Right, "right").Close().CloseLine();
    }

    private void Begin(string cssClass) => _paths.Append("<path class=\"").Append(cssClass).Append("\" d=\"");

    private string X(double x) => Short(Edge + (Width - 2 * Edge) * At(x, _left, _right));

    private string Y(double y) => Short(Height - Edge - (Height - 2 * Edge) * At(y, _low, _high));

    private static double At(double value, double from, double to) => to > from ? Math.Clamp((value - from) / (to - from), 0, 1) : 0.5;

    private static string Short(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
