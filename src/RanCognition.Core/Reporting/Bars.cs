using System.Globalization;
using System.Text;

namespace RanCognition.Reporting;

/// <summary>Numbers as bars, drawn without a script. They are only a picture of the text beside them, so readers of the screen pass them over.</summary>
internal static class Bars
{
    private const double Width = 96;
    private const int Height = 10;
    private const double TickWidth = 2;

    /// <summary>A share in 0..1 of the whole bar; nothing when it is not known.</summary>
    public static void Share(HtmlWriter html, double share)
    {
        if (double.IsFinite(share))
        {
            var text = Begin();
            Rectangle(text, "part", 0, Math.Clamp(share, 0, 1));
            End(html, text);
        }
    }

    /// <summary>An interval and a value within it, on a bar from <paramref name="low"/> to <paramref name="high"/>; <paramref name="zero"/> marks zero on it.</summary>
    public static void Range(HtmlWriter html, double value, double from, double to, double low, double high, bool zero = false)
    {
        // As numbers between 0 and 1; divided before they are subtracted, for the widest bar is wider than the largest number.
        double size = Math.Max(Math.Abs(low), Math.Abs(high)), width = high / size - low / size;
        if (!(width > 0) || !double.IsFinite(width))
        {
            return;
        }
        double At(double x) => Math.Clamp((x / size - low / size) / width, 0, 1);
        var text = Begin();
        if (double.IsFinite(from) && double.IsFinite(to) && from <= to)
        {
            Rectangle(text, "span", At(from), At(to));
        }
        if (zero && low <= 0 && high >= 0)
        {
            Tick(text, "zero", At(0));
        }
        if (double.IsFinite(value))
        {
            Tick(text, "part", At(value));
        }
        End(html, text);
    }

    private static StringBuilder Begin() => new StringBuilder(300).Append(CultureInfo.InvariantCulture,
        $"<svg class=\"measure\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"ground\" width=\"{Width}\" height=\"{Height}\"/>");

    private static void End(HtmlWriter html, StringBuilder text) => html.Raw(text.Append("</svg>").ToString());

    private static void Rectangle(StringBuilder text, string cssClass, double from, double to) => Draw(text, cssClass, from * Width, Math.Max(0, to - from) * Width);

    private static void Tick(StringBuilder text, string cssClass, double at) => Draw(text, cssClass, at * (Width - TickWidth), TickWidth);

    private static void Draw(StringBuilder text, string cssClass, double x, double width) => text.Append(CultureInfo.InvariantCulture,
        $"<rect class=\"{cssClass}\" x=\"{x.ToString("0.##", CultureInfo.InvariantCulture)}\" width=\"{width.ToString("0.##", CultureInfo.InvariantCulture)}\" height=\"{Height}\"/>");
}
