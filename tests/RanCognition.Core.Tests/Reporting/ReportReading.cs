using System.Globalization;
using System.Xml.Linq;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

/// <summary>Finds the parts of a page that was read back: its sentence, tables, bars and drawings.</summary>
internal static class ReportReading
{
    public static readonly IEqualityComparer<double> Near = EqualityComparer<double>.Create((one, other) => Math.Abs(one - other) < 0.02, _ => 0);

    public static readonly IEqualityComparer<(double X, double Y)> Close = EqualityComparer<(double X, double Y)>.Create((one, other) => Math.Abs(one.X - other.X) < 0.02 && Math.Abs(one.Y - other.Y) < 0.02, _ => 0);

    public static string Lead(XElement page) => page.Descendants("p").First(p => (string?)p.Attribute("class") == "lead").Value;

    public static string Chip(XElement page) => page.Descendants("span").First(span => ((string?)span.Attribute("class"))?.StartsWith("chip", StringComparison.Ordinal) == true).Value;

    public static string? Id(XElement element) => (string?)element.Attribute("id");

    public static XElement Table(XElement within, string caption) => within.Descendants("table").First(table => table.Element("caption")?.Value.Contains(caption, StringComparison.Ordinal) == true);

    public static List<string> Rows(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join("|", row.Elements().Select(cell => cell.Value)))];

    public static List<string> Heads(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => row.Element("th")!.Value)];

    public static IEnumerable<double> Widths(XElement table, string cssClass) =>
        table.Descendants("rect").Where(rect => (string?)rect.Attribute("class") == cssClass).Select(rect => double.Parse((string)rect.Attribute("width")!, CultureInfo.InvariantCulture));

    public static XElement Figure(string json) => Assert.Single(Parse(Render(json)).Descendants("figure"));

    public static string Labels(XElement figure) => TextOf(figure, "span");

    public static string Path(XElement figure, string cssClass) => (string)figure.Descendants("path").Single(path => (string?)path.Attribute("class") == cssClass).Attribute("d")!;

    public static IEnumerable<(double X, double Y)> Points(XElement figure, string cssClass) =>
        Path(figure, cssClass).Split(['M', 'h'], StringSplitOptions.RemoveEmptyEntries).Where(part => part != "0").Select(part => part.Split(' ')).Select(part => (double.Parse(part[0], CultureInfo.InvariantCulture), double.Parse(part[1], CultureInfo.InvariantCulture)));
}
