using System.Globalization;

namespace RanCognition.Reporting;

/// <summary>One table with a caption. On a narrow screen the style sheet stacks its cells, so each repeats its column's name;
/// the roles keep it a table for screen readers then.</summary>
internal readonly ref struct HtmlTable
{
    private readonly HtmlWriter _html;
    private readonly string[] _columns;

    public HtmlTable(HtmlWriter html, string caption, string cssClass, params string[] columns)
    {
        _html = html;
        _columns = columns;
        html.Open("table", cssClass, ("role", "table")).Element("caption", caption).Open("thead", null, ("role", "rowgroup")).Open("tr", null, ("role", "row"));
        foreach (var column in columns)
        {
            html.Element("th", column, null, ("scope", "col"), ("role", "columnheader"));
        }
        html.Close().Close().Open("tbody", null, ("role", "rowgroup")).Raw("\n");
    }

    public void BeginRow(string? cssClass = null) => _html.Open("tr", cssClass, ("role", "row"));

    public void EndRow() => _html.CloseLine();

    /// <summary>The cell that names its row.</summary>
    public void Head(string text) => _html.Element("th", text, null, ("scope", "row"), ("role", "rowheader"));

    public void OpenHead() => _html.Open("th", null, ("scope", "row"), ("role", "rowheader"));

    public void Cell(int column, string text, string? cssClass = null) =>
        _html.Element("td", text, cssClass, ("role", "cell"), ("data-label", _columns[column]));

    public void OpenCell(int column, string? cssClass = null) => _html.Open("td", cssClass, ("role", "cell"), ("data-label", _columns[column]));

    /// <summary>A cell of a table of class sortable whose text does not sort as its value does; what is not known sorts last.</summary>
    public void OpenCell(int column, string? cssClass, double sort) =>
        OpenCell(column, cssClass, double.IsFinite(sort) ? sort.ToString("R", CultureInfo.InvariantCulture) : "");

    /// <summary>The same for a whole number with more digits than a double holds.</summary>
    public void OpenCell(int column, string? cssClass, string sort) => _html.Open("td", cssClass, ("role", "cell"), ("data-label", _columns[column]), ("data-sort", sort));

    public void Cell(int column, string text, string? cssClass, double sort)
    {
        OpenCell(column, cssClass, sort);
        _html.Text(text).Close();
    }

    public void End() => _html.Close().CloseLine();
}
