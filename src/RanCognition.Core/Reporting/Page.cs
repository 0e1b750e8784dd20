using System.Globalization;

namespace RanCognition.Reporting;

/// <summary>Where sections write: the markup, the room left for charts, the heading level they start at, whether a heading above has said how things stand,
/// and whether there are so many results on the page that only the essentials of each are told.</summary>
internal sealed record Page(HtmlWriter Html, ChartRoom Room, int Level = 2, bool IsInner = false, bool IsBrief = false)
{
    public string H(int below = 0) => "h" + Math.Min(6, Level + below).ToString(CultureInfo.InvariantCulture);

    /// <summary>Sections of the page by id and title, in their order; those inside a problem are not among them.</summary>
    public List<(string Id, string Title)> Sections { get; } = [];

    /// <summary>Opens a section that the page's own list of sections leads to.</summary>
    public void Section(string id, string title)
    {
        if (IsInner)
        {
            Html.Open("section");
        }
        else
        {
            Html.Open("section", null, ("id", id));
            Sections.Add((id, title));
        }
        Html.Element(H(), title).Raw("\n");
    }

    /// <summary>Rows of one table; what is cut is counted below it.</summary>
    public const int RowsMax = 200;

    public void More(int total, int shown, string what)
    {
        if (total > shown)
        {
            Html.Element("p", $"{(total - shown).ToString(CultureInfo.InvariantCulture)} more {what} are in the result, not on this page.", "note").Raw("\n");
        }
    }
}
