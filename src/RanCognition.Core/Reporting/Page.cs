using System.Globalization;

namespace RanCognition.Reporting;

/// <summary>Where sections write: the markup, the room left for charts, the heading level they start at, and whether a heading above has said how things stand.</summary>
internal sealed record Page(HtmlWriter Html, ChartRoom Room, int Level = 2, bool IsInner = false)
{
    public string H(int below = 0) => "h" + Math.Min(6, Level + below).ToString(CultureInfo.InvariantCulture);

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
